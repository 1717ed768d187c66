import { useSay } from '../language.tsx'
import { words } from '../words.ts'

export function SignIn() {
  return <h1>{useSay()(words.signIn)}</h1>
}
