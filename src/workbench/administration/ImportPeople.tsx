import { Button } from 'antd'
import { CardTable } from '../CardTable.tsx'
import { Labelled } from '../Labelled.tsx'
import { Link } from '@tanstack/react-router'
import { postFile } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { RowErrors } from '../RowErrors.tsx'
import { Secret } from '../Secret.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { AccountImportJson } from '../../server/api/account-imports.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** 人员导入: accounts for the people of a sheet, all of them or none. */
export function ImportPeople() {
  const say = useSay()
  const queries = useQueryClient()
  const [file, setFile] = useState<File>()
  const preview = useMutation({ mutationFn: (chosen: File) => postFile<AccountImportJson>('/account-imports', chosen, XLSX) })
  const apply = useMutation({
    mutationFn: () => postFile<AccountImportJson>('/account-imports?apply=true', file!, XLSX),
    onSuccess: () => queries.invalidateQueries(),
  })
  // Who else made accounts meanwhile makes this sheet wrong: then its rows are told anew.
  const read = apply.data ?? preview.data
  return (
    <>
      <h1>{say(words.importPeople)}</h1>
      <p>{say(words.importPeopleIs)}</p>
      <p className="row">
        <Button href="/api/v1/account-imports/template" download>
          {say(words.template)}
        </Button>
        <Link to="/administration/accounts">{say(words.accounts)}</Link>
      </p>
      <Labelled label={say(words.peopleFile)}>
        <input
          type="file"
          accept={`.xlsx,${XLSX}`}
          // A file that was corrected has the same name, and a browser tells only of another one.
          onClick={({ currentTarget }) => {
            currentTarget.value = ''
          }}
          onChange={({ target }) => {
            const chosen = target.files?.[0]
            setFile(chosen)
            apply.reset()
            if (chosen) preview.mutate(chosen)
            else preview.reset()
          }}
        />
      </Labelled>
      {preview.isPending ? <p role="status">{say(words.reading)}</p> : null}
      {preview.error || apply.error ? <Problem error={preview.error ?? apply.error} /> : null}
      {read && !preview.isPending ? <Read read={read} isApplying={apply.isPending} onApply={() => apply.mutate()} /> : null}
    </>
  )
}

function Read({
  read,
  isApplying,
  onApply,
}: {
  readonly read: AccountImportJson
  readonly isApplying: boolean
  readonly onApply: () => void
}) {
  const say = useSay()
  const [isNoted, setNoted] = useState(false)
  const { rows, problems, wouldMake, made } = read
  if (problems.length > 0)
    return (
      <>
        <p role="status">{say(words.peopleWrong(rows))}</p>
        <RowErrors errors={problems.map(({ row, column, says }) => ({ row, column, message: says }))} />
      </>
    )
  if (made.length > 0)
    return (
      <>
        <p role="status">
          <strong>{say(words.peopleMade(made.length))}</strong>
        </p>
        {isNoted ? null : (
          <Secret
            title={say(words.initialPasswords)}
            value={made.map(({ username, initialPassword }) => `${username}\t${initialPassword}`).join('\n')}
            onClose={() => setNoted(true)}
          />
        )}
      </>
    )
  if (wouldMake.length === 0) return <p role="status">{say(words.sheetEmpty)}</p>
  return (
    <>
      <p role="status">
        <strong>{say(words.peopleWould(wouldMake.length))}</strong> {say(words.noErrors)}
      </p>
      <Button type="primary" loading={isApplying} onClick={onApply}>
        {say(words.makeAccounts(wouldMake.length))}
      </Button>
      <CardTable
        caption={say(words.accounts)}
        rows={wouldMake}
        keyOf={({ username }) => username}
        columns={[
          { name: say(words.username), cell: ({ username }) => username },
          { name: say(words.person), cell: ({ person }) => person },
        ]}
      />
    </>
  )
}
