import { Link, useParams } from '@tanstack/react-router'
import { Resource } from '../Resource.tsx'
import { useSay } from '../language.tsx'
import { Validity } from '../Validity.tsx'
import { words } from '../words.ts'
import type { EntryHistoryJson } from '../../server/api/registers.ts'

/** What became of an entry: every version, the newest first, with its place in the ledger. */
export function EntryPage() {
  const say = useSay()
  const { id, key } = useParams({ strict: false }) as { id: string; key: string }
  return (
    <Resource<EntryHistoryJson> path={`/registers/${encodeURIComponent(id)}/entries/${encodeURIComponent(key)}`}>
      {({ register, versions, ledger }) => (
        <>
          <h1>
            {register.name} · {key}
          </h1>
          <p className="row">
            <Link to="/registers/$id" params={{ id }}>
              {register.name}
            </Link>
            {register.proposes ? (
              <Link to="/registers/$id/propose" params={{ id }} search={{ key } as never}>
                {say(words.proposeChange)}
              </Link>
            ) : null}
          </p>
          <h2>{say(words.history)}</h2>
          {versions.map((entry) => {
            const leaf = ledger.find(({ seq }) => seq === entry.version)
            return (
              <section key={entry.version} aria-label={say(words.version(entry.version))}>
                <h3>
                  {say(words.version(entry.version))} · <Validity {...entry} />
                </h3>
                <dl className="facts">
                  {register.fields
                    .filter((field) => !field.isShown || entry.shown[field.id] !== undefined)
                    .map((field) => [
                      <dt key={field.id}>{field.name}</dt>,
                      <dd key={`${field.id} is`}>{field.isShown ? entry.shown[field.id] : say(words.hidden)}</dd>,
                    ])}
                  {leaf ? (
                    <>
                      <dt>{say(words.recorded)}</dt>
                      <dd>
                        <code title={leaf.hash}>{leaf.hash.slice(0, 16)}…</code>{' '}
                        {leaf.checkpoint === null ? say(words.notSealed) : say(words.sealedIn(leaf.checkpoint))}
                      </dd>
                    </>
                  ) : null}
                </dl>
              </section>
            )
          })}
        </>
      )}
    </Resource>
  )
}
