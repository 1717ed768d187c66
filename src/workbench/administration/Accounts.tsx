import { Button, Input, Select } from 'antd'
import { Confirmed } from '../Confirmed.tsx'
import { Dialog } from '../Dialog.tsx'
import { FieldOf } from '../FieldOf.tsx'
import { get, post, put, remove } from '../api.ts'
import { Labelled } from '../Labelled.tsx'
import { Link } from '@tanstack/react-router'
import { Moment } from '../Moment.tsx'
import { PagedTable } from '../PagedTable.tsx'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { Secret } from '../Secret.tsx'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Fragment, useId, useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { AccountJson, AccountsJson, MadeAccountJson } from '../../server/api/accounts.ts'
import type { OrganJson } from '../../server/api/organs.ts'

const KINDS = ['system', 'security', 'audit'] as const

/** 账号: who can sign in. */
export function Accounts() {
  const say = useSay()
  const [text, setText] = useState('')
  const [isMaking, setMaking] = useState(false)
  const [told, setTold] = useState<MadeAccountJson>()
  return (
    <>
      <h1>{say(words.accounts)}</h1>
      <p className="quiet">{say(words.accountsAre)}</p>
      <p className="row">
        <Button type="primary" onClick={() => setMaking(true)}>
          {say(words.newAccount)}
        </Button>
        <Link to="/administration/people-import">{say(words.importPeople)}</Link>
      </p>
      {told ? (
        <Secret title={say(words.initialPasswordOf(told.username))} value={told.initialPassword} onClose={() => setTold(undefined)} />
      ) : null}
      <form
        className="controls"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          setText(String(new FormData(event.currentTarget).get('text')).trim())
        }}
      >
        <Labelled label={say(words.searchAccounts)}>
          <Input name="text" maxLength={80} />
        </Labelled>
        <Button htmlType="submit">{say(words.find)}</Button>
      </form>
      <PagedTable<AccountsJson, AccountJson>
        path="/accounts"
        query={{ text }}
        rowsOf={({ accounts }) => accounts}
        keyOf={({ id }) => id}
        caption={say(words.accounts)}
        empty={say(words.noAccounts)}
        columns={[
          { name: say(words.username), cell: ({ username }) => username },
          { name: say(words.person), cell: (account) => <Person {...account} /> },
          { name: say(words.state), cell: (account) => <States {...account} /> },
          { name: say(words.lastSeen), cell: ({ seenAt }) => (seenAt === null ? '—' : <Moment at={seenAt} />) },
          { name: say(words.action), cell: (account) => <Actions account={account} onTold={setTold} /> },
        ]}
      />
      <Administrators />
      <SecondFactorOrgans />
      {isMaking ? (
        <MakeAccount
          onMade={(made) => {
            setMaking(false)
            setTold(made)
          }}
          onClose={() => setMaking(false)}
        />
      ) : null}
    </>
  )
}

function Person({ person, administrator }: AccountJson) {
  const say = useSay()
  if (administrator !== null)
    return (
      <>
        {person} <span className="mark">{say(words.administrators[administrator])}</span>
      </>
    )
  return (
    <Link to="/administration/people/$person" params={{ person }}>
      {person}
    </Link>
  )
}

function States({ disabledAt, passwordMustChange, secondFactor }: AccountJson) {
  const say = useSay()
  return (
    <>
      <span className={disabledAt === null ? 'mark' : 'mark bad'}>
        {say(disabledAt === null ? words.accountOpen : words.accountClosed)}
      </span>{' '}
      {passwordMustChange ? <span className="mark">{say(words.initialPasswordStands)}</span> : null}{' '}
      {secondFactor ? <span className="mark">{say(words.hasSecondFactor)}</span> : null}
    </>
  )
}

function Actions({ account, onTold }: { readonly account: AccountJson; readonly onTold: (made: MadeAccountJson) => void }) {
  const say = useSay()
  const { id, username, administrator, disabledAt, secondFactor } = account
  // Whoever resets a password can use the account: the server refuses it, and here is why.
  if (administrator !== null) return <span className="quiet">{say(words.atTheCommandLine)}</span>
  return (
    <span className="row">
      <Confirmed
        label={say(disabledAt === null ? words.closeAccount : words.openAccount)}
        about={username}
        danger={disabledAt === null}
        act={() => put(`/accounts/${id}/state`, { state: disabledAt === null ? 'closed' : 'open' })}
      >
        {say(disabledAt === null ? words.closeAccountIs : words.openAccountIs)}
      </Confirmed>
      <Confirmed
        label={say(words.newInitialPassword)}
        about={username}
        act={() => post<MadeAccountJson>(`/accounts/${id}/initial-passwords`, {})}
        onDone={onTold}
      >
        {say(words.newInitialPasswordIs)}
      </Confirmed>
      {secondFactor ? (
        <Confirmed label={say(words.resetSecondFactor)} about={username} danger act={() => remove(`/accounts/${id}/second-factor`)}>
          {say(words.resetSecondFactorIs)}
        </Confirmed>
      ) : null}
    </span>
  )
}

function MakeAccount({ onMade, onClose }: { readonly onMade: (made: MadeAccountJson) => void; readonly onClose: () => void }) {
  const say = useSay()
  const queries = useQueryClient()
  const [username, setUsername] = useState('')
  const [person, setPerson] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => post<MadeAccountJson>('/accounts', { username: username.trim(), person: person.trim() }),
    onSuccess: async (made) => {
      onMade(made)
      await queries.invalidateQueries()
    },
  })
  return (
    <Dialog title={say(words.newAccount)} act={say(words.makeIt)} acting={isPending} onAct={() => mutate()} onClose={onClose}>
      <FieldOf
        label={say(words.person)}
        hint={say(words.personHelp)}
        refused={error}
        codes={['account.person-taken', 'administrator.holds-another', 'administrator.holds-post']}
      >
        {(tied) => <Input {...tied} required maxLength={80} value={person} onChange={({ target }) => setPerson(target.value)} />}
      </FieldOf>
      <FieldOf label={say(words.username)} refused={error} codes={['account.username-taken', 'account.username-invalid']}>
        {(tied) => (
          <Input
            {...tied}
            required
            maxLength={40}
            autoComplete="off"
            value={username}
            onChange={({ target }) => setUsername(target.value)}
          />
        )}
      </FieldOf>
      {error ? <Problem error={error} /> : null}
    </Dialog>
  )
}

/** 三员: who is which. */
function Administrators() {
  const say = useSay()
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{say(words.threeAdministrators)}</h2>
      <p className="quiet">{say(words.threeAdministratorsAre)}</p>
      <Resource<AccountsJson> path="/accounts?administrators=true">
        {({ accounts }) => (
          <dl className="facts">
            {KINDS.map((kind) => (
              <Fragment key={kind}>
                <dt>{say(words.administrators[kind])}</dt>
                <dd>
                  {accounts
                    .filter(({ administrator }) => administrator === kind)
                    .map(({ person, username }) => `${person}（${username}）`)
                    .join(say(words.listComma)) || say(words.nobodyIs)}
                </dd>
              </Fragment>
            ))}
          </dl>
        )}
      </Resource>
    </section>
  )
}

/** Organs whose people need a second factor. */
function SecondFactorOrgans() {
  const say = useSay()
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{say(words.secondFactorOrgans)}</h2>
      <p className="quiet">{say(words.secondFactorOrgansAre)}</p>
      <Resource<{ organs: readonly string[] }> path="/second-factor-organs">{({ organs }) => <ChooseOrgans chosen={organs} />}</Resource>
    </section>
  )
}

function ChooseOrgans({ chosen }: { readonly chosen: readonly string[] }) {
  const say = useSay()
  const queries = useQueryClient()
  const [organs, setOrgans] = useState<readonly string[]>(chosen)
  const { data: all = [] } = useQuery({ queryKey: ['/organs'], queryFn: ({ signal }) => get<readonly OrganJson[]>('/organs', signal) })
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => put('/second-factor-organs', { organs }),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <div className="stack">
      <FieldOf label={say(words.organs)}>
        {(tied) => (
          <Select
            {...tied}
            mode="multiple"
            className="medium"
            showSearch={{ optionFilterProp: 'label' }}
            value={[...organs]}
            onChange={(given: string[]) => setOrgans(given)}
            options={all.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </FieldOf>
      {error ? <Problem error={error} /> : null}
      <p className="row">
        <Button onClick={() => mutate()} loading={isPending}>
          {say(words.save)}
        </Button>
        <span role="status">{isSuccess ? say(words.saved) : ''}</span>
      </p>
    </div>
  )
}
