import { Button, Input } from 'antd'
import { Labelled } from '../Labelled.tsx'
import { Link } from '@tanstack/react-router'
import { PagedTable } from '../PagedTable.tsx'
import { PostProposals } from './PostProposals.tsx'
import { SessionContext } from '../session.ts'
import { use, useState } from 'react'
import { useSay } from '../language.tsx'
import { Validity } from '../Validity.tsx'
import { words } from '../words.ts'
import type { EntriesJson, EntryJson } from '../../server/api/registers.ts'

/** 岗位: who holds what where, from when until when; and changes that wait for a decision. */
export function Posts() {
  const say = useSay()
  const session = use(SessionContext)
  const [query, setQuery] = useState({ q: '', on: '' })
  const proposes = session?.administrator === 'system'
  return (
    <>
      <h1>{say(words.posts)}</h1>
      <p className="quiet">{say(words.postsAre)}</p>
      {proposes ? (
        <p className="row">
          <Link to="/administration/posts/propose">{say(words.newPost)}</Link>
        </p>
      ) : null}
      <PostProposals />
      <h2>{say(words.postsHeld)}</h2>
      <form
        className="controls"
        role="search"
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          setQuery({ q: String(form.get('q')).trim(), on: String(form.get('on')) })
        }}
      >
        <Labelled label={say(words.searchPosts)}>
          <Input name="q" maxLength={100} />
        </Labelled>
        <Labelled label={say(words.onDay)}>
          <input type="date" name="on" min="1990-01-01" max="2079-12-31" defaultValue={session?.today} />
        </Labelled>
        <Button htmlType="submit">{say(words.show)}</Button>
      </form>
      <PagedTable<EntriesJson, EntryJson>
        path="/registers/posts"
        query={query}
        rowsOf={({ entries }) => entries}
        keyOf={({ key }) => key}
        caption={say(words.postsHeld)}
        empty={say(words.noPosts)}
        columns={[
          { name: say(words.person), cell: ({ shown, value }) => <PersonLink person={String(value['person'])} shown={shown['person']} /> },
          { name: say(words.post), cell: ({ shown }) => shown['name'] },
          { name: say(words.inOrgan), cell: ({ shown }) => shown['organ'] },
          {
            name: say(words.heldAs),
            cell: ({ shown }) =>
              shown['standsFor'] === undefined ? (shown['as'] ?? '') : say(words.heldFor(shown['as'] ?? '', shown['standsFor'])),
          },
          { name: say(words.validity), cell: (entry) => <Validity {...entry} /> },
          ...(proposes
            ? [{ name: say(words.action), cell: ({ key, shown }: EntryJson) => <Changes of={key} about={shown['person'] ?? key} /> }]
            : []),
        ]}
      />
    </>
  )
}

function PersonLink({ person, shown }: { readonly person: string; readonly shown: string | undefined }) {
  if (shown === undefined) return null
  return (
    <Link to="/administration/people/$person" params={{ person }}>
      {shown}
    </Link>
  )
}

/** What may be proposed about a post that somebody holds. */
function Changes({ of, about }: { readonly of: string; readonly about: string }) {
  const say = useSay()
  return (
    <span className="row">
      {(['stand-in', 'holder', 'end'] as const).map((change) => (
        <Link
          key={change}
          to="/administration/posts/propose"
          search={{ like: of, change } as never}
          aria-label={`${say(words.postChanges[change])}：${about}`}
        >
          {say(words.postChanges[change])}
        </Link>
      ))}
    </span>
  )
}
