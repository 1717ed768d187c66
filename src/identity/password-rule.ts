import { commonPasswords } from './common-passwords.ts'
import { Refusal } from '#engine/refusal.ts'
import type { AccountPolicy } from './account-policy.ts'

/** What is known of who chooses a password: none of it belongs in one. */
export interface Chooser {
  readonly username: string
  readonly person: string
  /** Names of the place. */
  readonly place: readonly string[]
}

/** Shorter names stand in too many good passwords by chance: two signs of Chinese, four of Latin letters and digits. */
const SHORTEST_NAME = /[^ -~]{2}|.{4}/

/**
 * Refuses a password that is too short, among the commonest, or made of names that anybody knows. No rule about kinds of characters: they
 * make passwords that are written down.
 *
 * @throws Refusal `password.length` · `password.too-common` · `password.names-you`
 */
export function checkPassword(password: string, { password: { least, most } }: Pick<AccountPolicy, 'password'>, chooser: Chooser): void {
  const length = [...password].length
  if (length < least || length > most) throw wrongLength(length, least, most)
  const folded = fold(password)
  if (isCommon(folded)) throw tooCommon()
  const names = [chooser.username, chooser.person, ...chooser.place].map(fold).filter((name) => SHORTEST_NAME.test(name))
  if (names.some((name) => folded.includes(name))) throw namesYou()
}

/** Common by itself, with a few signs around it, or the same few signs over and over. */
function isCommon(folded: string): boolean {
  if (new Set(folded).size < 5) return true
  const core = folded.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  if (commonPasswords.has(folded) || commonPasswords.has(core) || commonPasswords.has(core.replace(/\d{1,4}$/, ''))) return true
  // Two common ones in a row are no better than one.
  for (let at = 4; at <= core.length - 4; at += 1)
    if (commonPasswords.has(core.slice(0, at)) && commonPasswords.has(core.slice(at))) return true
  return false
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
}

function wrongLength(length: number, least: number, most: number): Refusal {
  return new Refusal({
    code: 'password.length',
    exit: 2,
    message: [
      `密码为 ${length} 个字符，应为 ${least} 至 ${most} 个。`,
      `The password has ${length} characters; it must have ${least} to ${most}.`,
    ],
    basis: [
      '长度是密码强度的主要来源；不要求混用各类字符。',
      'Length is what makes a password strong; no mixture of characters is asked for.',
    ],
    remedy: ['请用几个不相干的词组成较长的密码。', 'Make a long one of a few words that have nothing to do with each other.'],
  })
}

function tooCommon(): Refusal {
  return new Refusal({
    code: 'password.too-common',
    exit: 2,
    message: ['该密码属于最常用的密码，容易被猜中。', 'The password is among the commonest and would be guessed.'],
    basis: ['最常用的密码及其简单变化最先被试。', 'The commonest, and simple changes of them, are tried first.'],
    remedy: ['请换一个。', 'Choose another.'],
  })
}

function namesYou(): Refusal {
  return new Refusal({
    code: 'password.names-you',
    exit: 2,
    message: ['密码中含有您的用户名、姓名或本地地名。', 'The password contains your user name, your name or the name of the place.'],
    basis: ['他人知道的名称不宜作为密码的一部分。', 'What others know about you is no part of a password.'],
    remedy: ['请换一个。', 'Choose another.'],
  })
}
