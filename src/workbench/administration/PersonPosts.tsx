import { CardTable } from '../CardTable.tsx'
import { Link, useParams } from '@tanstack/react-router'
import { Moment } from '../Moment.tsx'
import { Resource } from '../Resource.tsx'
import { useSay } from '../language.tsx'
import { Validity } from '../Validity.tsx'
import { words } from '../words.ts'
import type { PersonPostsJson } from '../../server/api/person-posts.ts'

/** 历任岗位: what somebody has held, and holds. */
export function PersonPosts() {
  const say = useSay()
  const { person } = useParams({ strict: false }) as { person: string }
  return (
    <>
      <h1>
        {person} · {say(words.postsOfPerson)}
      </h1>
      <p className="row">
        <Link to="/administration/posts">{say(words.posts)}</Link>
      </p>
      <Resource<PersonPostsJson> path={`/people/${encodeURIComponent(person)}/posts`}>
        {({ held }) =>
          held.length === 0 ? (
            <p role="status">{say(words.holdsNothing)}</p>
          ) : (
            <CardTable
              caption={say(words.postsOfPerson)}
              rows={held}
              keyOf={({ key, version }) => `${key}/${version}`}
              columns={[
                { name: say(words.post), cell: ({ shown }) => shown['name'] },
                { name: say(words.inOrgan), cell: ({ shown }) => shown['organ'] },
                {
                  name: say(words.heldAs),
                  cell: ({ shown }) =>
                    shown['standsFor'] === undefined ? (shown['as'] ?? '') : say(words.heldFor(shown['as'] ?? '', shown['standsFor'])),
                },
                { name: say(words.validity), cell: (entry) => <Validity {...entry} /> },
                {
                  name: say(words.history),
                  cell: ({ key, version, at }) => (
                    <>
                      <Link
                        to="/registers/$id/entries/$key"
                        params={{ id: 'posts', key }}
                        aria-label={`${say(words.version(version))} ${key}`}
                      >
                        {say(words.version(version))}
                      </Link>{' '}
                      <Moment at={at} />
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Resource>
    </>
  )
}
