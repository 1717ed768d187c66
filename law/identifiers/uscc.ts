import { halfWidth, refused } from './checked.ts'
import type { Checked } from './checked.ts'

// No I, O, S, V, Z: they are too easily taken for 1, 0, 5, U and 2. For the same reason O and I are never guessed to be digits.
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** Registering departments: 1 staffing office, 5 civil affairs, 9 market regulation, Y other … */
const DEPARTMENTS = '159Y234678AN'

/** Weights of the organisation code in positions 9–16, GB 11714. */
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/**
 * 统一社会信用代码, GB 32100-2015: 1 registering department, 1 kind, 6 division of registration, 9 organisation code, 1 check.
 *
 * Reasons in order: `length`, `charset`, `department`, `check`. A wrong check inside the organisation code is only the
 * warning `inner`.
 */
export function checkUscc(
  value: string,
): Checked<{ readonly department: string; readonly kindCode: string; readonly region: string; readonly warning?: 'inner' }> {
  const written = halfWidth(value)
  if ([...written].length !== 18) return refused('length')
  const code = written.toUpperCase()
  if ([...code].some((character) => !ALPHABET.includes(character))) return refused('charset')
  if (!DEPARTMENTS.includes(code[0]!)) return refused('department')
  if (code[17] !== usccCheckCharacter(code)) return refused('check')

  const parts = { valid: true, normalized: code, department: code[0]!, kindCode: code.slice(0, 2), region: code.slice(2, 8) } as const
  return code[16] === organisationCheckCharacter(code.slice(8, 16)) ? parts : { ...parts, warning: 'inner' }
}

/** The 18th character that belongs to the first 17. */
export function usccCheckCharacter(code: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * ALPHABET.indexOf(code[at]!), 0)
  return ALPHABET[(31 - (sum % 31)) % 31]!
}

/** The ninth character that belongs to the first eight of an organisation code; letters count A = 10 … Z = 35. */
export function organisationCheckCharacter(code: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, at) => total + weight * Number.parseInt(code[at]!, 36), 0)
  return '0123456789X'[(11 - (sum % 11)) % 11]!
}
