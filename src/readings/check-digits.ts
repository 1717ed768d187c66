import { checkResidentId } from '#law/identifiers/resident-id.ts'
import { checkUscc } from '#law/identifiers/uscc.ts'

/** A birth to come is for the office to see: here it is the digits that are checked. */
const LATEST_BIRTH = '9999-12-31'

/** A citizen's identity number whose check digit is right. */
export function isIdentityNumber(text: string): boolean {
  return checkResidentId(text, LATEST_BIRTH).valid
}

/** A unified social credit code whose check character is right. */
export function isCreditCode(text: string): boolean {
  return checkUscc(text).valid
}
