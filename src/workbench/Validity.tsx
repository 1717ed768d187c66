import { useSay } from './language.tsx'
import { words } from './words.ts'

/** First and last day in force; without the last, still in force. */
export function Validity({ validFrom, validUntil }: { readonly validFrom: string; readonly validUntil: string | null }) {
  const say = useSay()
  if (validUntil === null) return <time dateTime={validFrom}>{say(words.from(validFrom))}</time>
  return (
    <>
      <time dateTime={validFrom}>{validFrom}</time> – <time dateTime={validUntil}>{validUntil}</time>
    </>
  )
}
