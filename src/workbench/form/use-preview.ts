import { post, Refused } from '../api.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PreviewJson } from '../../server/api/previews.ts'

const QUIET_MS = 500

/** What the server says of a form while it is filled in: asked half a second after the last key, the latest answer alone counts. */
export function usePreview(ask: (input: Record<string, unknown>) => Promise<PreviewJson>): {
  readonly preview: PreviewJson | undefined
  look(input: Record<string, unknown>): void
  /** Asks at once. @throws Refused */
  lookNow(input: Record<string, unknown>): Promise<PreviewJson>
} {
  const [preview, setPreview] = useState<PreviewJson>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(0)

  const lookNow = useCallback(
    async (input: Record<string, unknown>): Promise<PreviewJson> => {
      clearTimeout(timer.current)
      const mine = (latest.current += 1)
      const answer = await ask(input)
      if (mine === latest.current) setPreview(answer)
      return answer
    },
    [ask],
  )

  const look = useCallback(
    (input: Record<string, unknown>): void => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        // Help while typing: where it cannot be had, the form goes on without, and sending says what is wrong.
        lookNow(input).catch((error: unknown) => {
          if (error instanceof Refused) setPreview(undefined)
        })
      }, QUIET_MS)
    },
    [lookNow],
  )

  useEffect(() => () => clearTimeout(timer.current), [])
  return { preview, look, lookNow }
}

/** Asks for a preview. */
export function previewAt(path: string, body: object): Promise<PreviewJson> {
  return post<PreviewJson>(path, body)
}
