/** Letters and digits of any script, with . _ - between them: 张三, zhangsan, 320104. */
const USERNAME = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?$/u
const LONGEST = 40

/** Can an account be called this? */
export function isUsername(text: string): boolean {
  return [...text].length <= LONGEST && USERNAME.test(text.normalize('NFKC'))
}

/** The name as it is compared: full-width and half-width, capital and small are one. Two regions in one database may have the same names. */
export function signInName(region: string, username: string): string {
  return `${region}/${username.normalize('NFKC').toLowerCase()}`
}
