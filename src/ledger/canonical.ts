/**
 * One text per value: canonical JSON after RFC 8785 (JCS), so that equal payloads have equal digests on every machine.
 *
 * Members whose value is `undefined` are left out, as JSON itself does. Everything else that JSON cannot say is refused and not guessed at:
 * `undefined` elsewhere, NaN and infinities, functions, symbols, bigint, lone surrogates, and any object that is not plain (a Date, a Map,
 * a Temporal value: write its text instead).
 *
 * Numbers are IEEE doubles, as in RFC 8785: an integer beyond 2^53 belongs in a string.
 *
 * @throws TypeError naming the place, e.g. `$.fine[2]: NaN is not a JSON number`
 */
export function canonical(value: unknown): string {
  return write(value, undefined)
}

/** Where we are, as a linked list: a path is only spelled out when something is refused, which keeps the common case fast. */
interface Place {
  readonly key: string | number
  readonly within: Place | undefined
}

function write(value: unknown, place: Place | undefined): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, place)
    case 'number':
      if (!Number.isFinite(value)) throw refused(`${value} is not a JSON number`, place)
      // ECMAScript's own Number-to-text is the form RFC 8785 §3.2.2.3 prescribes; it also turns -0 into 0.
      return String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? writeArray(value, place) : writeObject(value, place)
    default:
      throw refused(`${typeof value} has no JSON form`, place)
  }
}

function writeArray(values: readonly unknown[], place: Place | undefined): string {
  let text = '['
  for (let at = 0; at < values.length; at++) {
    if (at > 0) text += ','
    text += write(values[at], { key: at, within: place })
  }
  return text + ']'
}

function writeObject(value: object, place: Place | undefined): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw refused(`${value.constructor?.name ?? 'an object with a prototype'} is not a plain object`, place)
  }
  const members = value as Record<string, unknown>
  let text = '{'
  // The default sort compares UTF-16 code units, which is the order of RFC 8785 §3.2.3.
  for (const key of Object.keys(members).sort()) {
    const member = members[key]
    if (member === undefined) continue
    const here = { key, within: place }
    if (text.length > 1) text += ','
    text += writeString(key, here) + ':' + write(member, here)
  }
  return text + '}'
}

function writeString(value: string, place: Place | undefined): string {
  if (!value.isWellFormed()) throw refused('a lone surrogate has no UTF-8 form', place)
  return JSON.stringify(value)
}

function refused(why: string, place: Place | undefined): TypeError {
  let path = ''
  for (let here = place; here; here = here.within) path = (typeof here.key === 'number' ? `[${here.key}]` : `.${here.key}`) + path
  return new TypeError(`$${path}: ${why}`)
}
