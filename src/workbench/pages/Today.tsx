import { Resource } from '../Resource.tsx'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { SessionJson } from '../../server/api/session.ts'

/** 今日: what this person must do. */
export function Today() {
  const say = useSay()
  return (
    <>
      <h1>{say(words.today)}</h1>
      <Resource<SessionJson> path="/session">{(session) => <p>{session.today}</p>}</Resource>
    </>
  )
}
