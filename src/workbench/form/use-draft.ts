import { get, put, Refused, remove } from '../api.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { DraftJson } from '../../server/api/drafts.ts'
import type { Values } from './values.ts'

/** So long after the last key a draft is kept. */
const QUIET_MS = 1000
const RETRY_MS = 5000

/** `over`: the session has ended, and what was typed waits for the next one. */
export type DraftState = 'none' | 'keeping' | 'kept' | 'lost' | 'over'

/** What was typed here and is not known to be kept, by person and draft: it outlives its form, not the page. */
const typed = new Map<string, Values>()

/** The draft of a form on the server: read once, kept a second after the last key, again and again until it is there. */
export function useDraft(
  person: string,
  path: string,
): {
  /** What there was to begin with; `undefined` while that is being read. */
  readonly before: { readonly values: Values; readonly at: string | null } | undefined
  readonly error: unknown
  readonly state: DraftState
  /** When it was kept last. */
  readonly at: string | null
  keep(values: Values): void
  /** Waits until nothing is on its way: a draft must not arrive after the step that it was of. */
  pause(): Promise<void>
  /** Throws the draft away: the step was taken, or the form is to be empty. */
  discard(onServer: boolean): Promise<void>
} {
  const key = `${person} ${path}`
  const [state, setState] = useState<DraftState>('none')
  const [at, setAt] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { data, error } = useQuery({
    queryKey: ['draft', key],
    queryFn: ({ signal }) => get<DraftJson | null>(path, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const [before, setBefore] = useState<{ values: Values; at: string | null }>()
  if (before === undefined && (data !== undefined || typed.has(key)))
    setBefore({ values: typed.get(key) ?? data?.input ?? {}, at: data?.at ?? null })

  const onItsWay = useRef<Promise<unknown>>(undefined)

  const send = useCallback(async (): Promise<void> => {
    const values = typed.get(key)
    if (values === undefined) return
    setState((now) => (now === 'over' ? now : 'keeping'))
    try {
      const sending = put<DraftJson>(path, { input: values })
      onItsWay.current = sending
      const kept = await sending
      if (typed.get(key) === values) typed.delete(key)
      setAt(kept.at)
      setState('kept')
    } catch (failure) {
      setState(failure instanceof Refused && failure.status === 401 ? 'over' : 'lost')
      // What was refused for good would be refused again; a lost line and an ended session come back.
      if (!(failure instanceof Refused) || failure.status === 401 || failure.status >= 500)
        timer.current = setTimeout(() => void send(), RETRY_MS)
    }
  }, [key, path])

  const keep = useCallback(
    (values: Values): void => {
      typed.set(key, values)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void send(), QUIET_MS)
    },
    [key, send],
  )

  const pause = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current)
    await onItsWay.current?.catch(() => {}) // whether it was kept does not matter any more
  }, [])

  const discard = useCallback(
    async (onServer: boolean): Promise<void> => {
      clearTimeout(timer.current)
      typed.delete(key)
      setState('none')
      if (onServer) await remove(path)
    },
    [key, path],
  )

  // A lid that closes, a tab that goes, a session begun anew in another tab: not a second is waited for.
  useEffect(() => {
    const flush = (): void => {
      const values = typed.get(key)
      if (values === undefined) return
      void fetch(`/api/v1${path}`, {
        method: 'PUT',
        keepalive: true,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ input: values }),
      }).catch(() => {}) // it stays typed, and is sent again while the page lives
    }
    const back = (): void => void send()
    window.addEventListener('pagehide', flush)
    window.addEventListener('focus', back)
    return () => {
      window.removeEventListener('pagehide', flush)
      window.removeEventListener('focus', back)
      clearTimeout(timer.current)
      flush()
    }
  }, [key, path, send])

  return { before, error, state, at, keep, pause, discard }
}
