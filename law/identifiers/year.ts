/** A year in four digits, from 1949 to `last`; anything else is no year of an official number. */
export function yearOf(text: string, last: number): number | undefined {
  const year = Number(text)
  return text.length === 4 && year >= 1949 && year <= last ? year : undefined
}
