import { createContext } from 'react'
import type { SessionJson } from '../server/api/session.ts'

/** Who is signed in; absent while that is not known, or nobody is. */
export const SessionContext = createContext<SessionJson | undefined>(undefined)
