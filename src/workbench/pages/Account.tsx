import { SessionContext } from '../session.ts'
import { use } from 'react'

export function Account() {
  return <h1>{use(SessionContext)?.person}</h1>
}
