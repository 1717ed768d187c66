const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_DIGITS = '10X98765432'

/** A citizen's identity number with its check digit. @see GB 11643—1999: weights, remainder of 11 */
export function isIdentityNumber(text: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false
  const sum = ID_WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return ID_DIGITS[sum % 11] === text[17]
}

// Neither I, O, S, V nor Z.
const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** A unified social credit code with its check character. @see GB 32100—2015: weights are the powers of 3, remainder of 31 */
export function isCreditCode(text: string): boolean {
  const values = [...text].map((one) => CODE_CHARACTERS.indexOf(one))
  if (values.length !== 18 || values.includes(-1)) return false
  let weight = 1
  let sum = 0
  for (const value of values.slice(0, 17)) {
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return (31 - (sum % 31)) % 31 === values[17]
}
