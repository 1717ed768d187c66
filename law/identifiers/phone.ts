import { areaCodes } from './area-codes.ts'
import { halfWidth, refused } from './checked.ts'
import type { Checked } from './checked.ts'

/**
 * 电话号码: mobile, landline `0527-80000000` with an optional `转123`, or a service number (110, 12345 …).
 * A leading +86 or 0086 is dropped. A service number says `organOnly`: it can be an organ's phone, not a person's.
 *
 * Reasons in order: `charset`, `area`, `length`, `prefix`.
 */
export function checkPhone(
  value: string,
): Checked<{ readonly form: 'mobile' | 'landline' | 'service'; readonly area?: string; readonly organOnly?: true }> {
  const phone = halfWidth(value).replace(/^(\+|00)86/, '')
  if (phone.startsWith('0')) return checkLandline(phone)
  if (/^(110|119|120|122|12\d{3})$/.test(phone)) return { valid: true, normalized: phone, form: 'service', organOnly: true }

  if (!/^\d*$/.test(phone)) return refused('charset')
  if (phone.length !== 11) return refused('length')
  if (!/^1[3-9]/.test(phone)) return refused('prefix')
  return { valid: true, normalized: phone, form: 'mobile' }
}

/** The hyphen is required: without it nobody can tell where the area code of an unknown number ends. */
function checkLandline(phone: string): ReturnType<typeof checkPhone> {
  const [shaped, area, local] = /^(0\d*)-(\d*)(?:转\d{1,6})?$/.exec(phone) ?? []
  if (!shaped || area === undefined || local === undefined) return refused('charset')
  if (!areaCodes.has(area)) return refused('area')
  // 宿迁 has had eight-digit numbers throughout; elsewhere seven are left.
  if (local.length !== 8 && (local.length !== 7 || area === '0527')) return refused('length')
  if (!/^[2-8]/.test(local)) return refused('prefix')
  return { valid: true, normalized: phone, form: 'landline', area }
}

/** `130****0000`, `0527-****0000`: what staff see who need not call. A private person's number is never public. */
export function maskPhone(phone: string): string {
  return phone.replace(/\d{3,4}(?=\d{4}(转\d*)?$)/, '****')
}
