/** One or several, as several: `Array.isArray` alone does not tell a readonly array from one value. */
export function arrayOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T]
}
