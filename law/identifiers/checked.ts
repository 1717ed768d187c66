/**
 * What a check answers: the canonical form and the parts that were read, or the code of the first test that failed.
 *
 * `warning` marks a value that is accepted but looks odd; `suggest` a form that would be accepted, to be offered and never taken silently.
 */
export type Checked<Parts = object> = ({ readonly valid: true; readonly normalized: string; readonly warning?: string } & Parts) | Refused

export interface Refused {
  readonly valid: false
  readonly reason: string
  readonly suggest?: string
}

/** A check is pure: `today` (`YYYY-MM-DD`) decides what is a future date or a coming year. */
export type Check = (value: string, today: string) => Checked

export function refused(reason: string, suggest?: string): Refused {
  return suggest === undefined ? { valid: false, reason } : { valid: false, reason, suggest }
}

/**
 * What every check does first: outer white space goes, full-width digits, letters, `／`, `－` and `＋` become half-width.
 * Brackets stay as they are, because in a document number they are part of what is checked.
 */
export function halfWidth(value: string): string {
  return value.trim().replace(/[０-９Ａ-Ｚａ-ｚ／－＋]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}
