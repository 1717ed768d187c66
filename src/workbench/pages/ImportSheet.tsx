import { Alert, Button, Input } from 'antd'
import { base64Of } from '../base64.ts'
import { ChangeTable } from '../ChangeTable.tsx'
import { Labelled } from '../Labelled.tsx'
import { Link, useParams } from '@tanstack/react-router'
import { post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { RowErrors } from '../RowErrors.tsx'
import { useMutation } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { EntriesJson, RegisterJson } from '../../server/api/registers.ts'
import type { ImportJson } from '../../server/api/proposals.ts'

/** A sheet into a register: first what would come of it, then one proposal. */
export function ImportSheet() {
  const { id } = useParams({ strict: false }) as { id: string }
  return <Resource<EntriesJson> path={`/registers/${encodeURIComponent(id)}`}>{({ register }) => <Import register={register} />}</Resource>
}

function Import({ register }: { readonly register: RegisterJson }) {
  const say = useSay()
  const api = `/registers/${encodeURIComponent(register.id)}`
  const [file, setFile] = useState<{ readonly text: string; readonly key: string }>()
  const preview = useMutation({
    mutationFn: async (chosen: File) => {
      const text = await base64Of(chosen)
      const read = await post<ImportJson>(`${api}/previews`, { file: text })
      setFile({ text, key: crypto.randomUUID() })
      return read
    },
  })
  const propose = useMutation({ mutationFn: (reason: string) => post(`${api}/imports`, { file: file!.text, reason }, file!.key) })
  const read = preview.data
  return (
    <>
      <h1>
        {register.name} · {say(words.importSheet)}
      </h1>
      <p>{say(words.importIs)}</p>
      <p className="row">
        <Button href={`/api/v1${api}/template.xlsx`} download>
          {say(words.template)}
        </Button>
        <Button href={`/api/v1${api}/template.xlsx?filled=yes`} download>
          {say(words.templateFilled)}
        </Button>
      </p>
      <Labelled label={say(words.sheetFile)}>
        <input
          type="file"
          accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          // A file that was corrected has the same name, and a browser tells only of another one.
          onClick={({ currentTarget }) => {
            currentTarget.value = ''
          }}
          onChange={({ target }) => {
            const chosen = target.files?.[0]
            setFile(undefined)
            propose.reset()
            if (chosen) preview.mutate(chosen)
            else preview.reset()
          }}
        />
      </Labelled>
      {preview.isPending ? <p role="status">{say(words.reading)}</p> : null}
      {preview.error ? <Problem error={preview.error} /> : null}
      {read && !preview.isPending ? (
        <>
          <p role="status">
            <strong>{say(words.importSums(read.added, read.changed, read.unchanged))}</strong>{' '}
            {read.errors.length === 0 ? say(words.noErrors) : say(words.importErrors(read.errors.length))}
          </p>
          {read.errors.length > 0 ? <RowErrors errors={read.errors} /> : null}
          {read.changes.length > 0 ? <ChangeTable changes={read.changes} of={read.added + read.changed} /> : null}
          {propose.isSuccess ? (
            <>
              <Alert type="success" role="status" showIcon title={say(words.proposed)} />
              <p>
                <Link to="/proposals">{say(words.proposals)}</Link>
              </p>
            </>
          ) : read.errors.length === 0 && read.added + read.changed > 0 ? (
            <form
              className="controls"
              onSubmit={(event) => {
                event.preventDefault()
                propose.mutate(String(new FormData(event.currentTarget).get('reason')).trim())
              }}
            >
              <Labelled label={say(words.reason)} wide>
                <Input name="reason" required maxLength={500} />
              </Labelled>
              <Button htmlType="submit" type="primary" loading={propose.isPending}>
                {say(words.submitProposal)}
              </Button>
            </form>
          ) : null}
          {propose.error ? <Problem error={propose.error} /> : null}
        </>
      ) : null}
    </>
  )
}
