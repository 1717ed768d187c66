import { randomInt } from 'node:crypto'

/** Without signs that are taken for one another when somebody copies them from paper. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP = 5

/** A password to begin with, `k3wpa-…`: twenty signs, about 99 bits; longer where the place asks for longer ones. */
export function initialPassword(least: number): string {
  const groups = Math.max(GROUPS, Math.ceil((least + 1) / (GROUP + 1)))
  const group = (): string => Array.from({ length: GROUP }, () => SIGNS[randomInt(SIGNS.length)]).join('')
  return Array.from({ length: groups }, group).join('-')
}
