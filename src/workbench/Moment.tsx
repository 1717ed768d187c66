/** A day or an instant as it is read, with the machine's form beside: `2024-03-05`, `2024-03-05 10:15`. */
export function Moment({ at }: { readonly at: string }) {
  return <time dateTime={at}>{momentWords(at)}</time>
}

/** The server writes instants in Beijing time: they are shown as they are written. */
export function momentWords(at: string): string {
  return at.slice(0, 16).replace('T', ' ')
}
