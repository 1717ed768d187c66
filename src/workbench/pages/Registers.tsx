import { Link } from '@tanstack/react-router'
import { Resource } from '../Resource.tsx'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { RegisterJson } from '../../server/api/registers.ts'

/** 名册: the lists that procedures rest on. */
export function Registers() {
  const say = useSay()
  return (
    <>
      <h1>{say(words.registers)}</h1>
      <p className="quiet">{say(words.registersAre)}</p>
      <Resource<{ registers: readonly RegisterJson[] }> path="/registers">
        {({ registers }) => (
          <ul>
            {registers.map(({ id, name }) => (
              <li key={id}>
                <Link to="/registers/$id" params={{ id }}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Resource>
    </>
  )
}
