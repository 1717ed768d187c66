/** How many persons: a list counts its entries, a number is itself, a single name is one, nothing is none. */
export function howMany(value: unknown): number {
  if (Array.isArray(value)) return value.length
  if (typeof value === 'number') return value
  return value === undefined || value === null || value === '' ? 0 : 1
}
