import { halfWidth, refused } from './checked.ts'
import { provinceCodes } from './province-codes.ts'
import type { Checked } from './checked.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/**
 * 公民身份号码, GB 11643-1999: 6 division of first registration, 8 birth date, 3 sequence, 1 check.
 *
 * Only the province part of the division is tested: people keep the codes of counties abolished long ago (321321 宿豫县).
 * 15 digits are refused by length, as the first-generation card ended on 2013-01-01.
 *
 * Reasons in order: `length`, `charset`, `region`, `date`, `check`.
 */
export function checkResidentId(
  value: string,
  today: string,
): Checked<{ readonly region: string; readonly birth: string; readonly sex: 'male' | 'female' }> {
  const id = halfWidth(value).replace('x', 'X')
  if ([...id].length !== 18) return refused('length')
  if (!/^\d{17}[\dX]$/.test(id)) return refused('charset')

  // 83 is no division: it stands for Taiwan on residence permits, as 81 and 82 stand for Hong Kong and Macao.
  const province = id.slice(0, 2)
  if (!provinceCodes.has(province) && province !== '83') return refused('region')

  const birth = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  if (!exists(birth) || birth < '1850-01-01' || birth > today) return refused('date')

  if (id[17] !== checkCharacter(id)) return refused('check')
  return { valid: true, normalized: id, region: id.slice(0, 6), birth, sex: Number(id[16]) % 2 === 1 ? 'male' : 'female' }
}

/** The 18th character that belongs to the first 17. */
export function checkCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return '10X98765432'[sum % 11]!
}

/** The form staff may see: `321302********0011`. Public pages never show any. */
export function maskResidentId(id: string): string {
  return `${id.slice(0, 6)}********${id.slice(-4)}`
}

function exists(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date)
}
