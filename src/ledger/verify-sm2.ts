/**
 * SM2 signatures, verified: the second file of the independent verifier, written from GB/T 32918 and not by way of the library that signs, so that
 * a fault of that library is found. It imports `node:crypto`, for SM3, and nothing else. Nothing here is secret, so nothing needs constant time.
 */
import { hash } from 'node:crypto'

// The curve y² = x³ + ax + b over the integers mod p, with a point G of prime order n: GB/T 32918.5.
const p = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
const a = 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn
const b = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n
const n = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const G = {
  x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}

/** The user id that the standards give where the parties agreed on none (GB/T 35276). */
const commonUserId = '1234567812345678'

/**
 * What tells whether a signature is of this key.
 *
 * @param publicKey  the point, uncompressed: 0x04 ‖ x ‖ y, 65 bytes
 * @param userId  of the signer; part of what is signed
 * @returns a function of message and signature (r ‖ s, 64 bytes)
 * @throws TypeError when the bytes are no point of the curve
 * @see GB/T 32918.2, section 7
 */
export function sm2Check(publicKey: Uint8Array, userId = commonUserId): (message: Uint8Array, signature: Uint8Array) => boolean {
  const key = pointFrom(publicKey)
  const z = identity(key, Buffer.from(userId, 'utf8'))
  const ofKey = multiplesOf(key)
  const ofG = multiplesOfG()

  return (message, signature) => {
    if (signature.length !== 64) return false
    const r = integer(signature.subarray(0, 32)) // B1
    const s = integer(signature.subarray(32)) // B2
    if (r < 1n || r >= n || s < 1n || s >= n) return false
    const e = integer(sm3(Buffer.concat([z, message]))) // B3, B4
    const t = mod(r + s, n) // B5
    if (t === 0n) return false
    const [X, , Z] = add(times(ofG, s), times(ofKey, t)) // B6: x₁ is X/Z²
    if (Z === 0n) return false
    // B7: r = (e + x₁) mod n. Two x₁ below p can give it; whether it is one of them is asked without dividing by Z².
    const x1 = mod(r - e, n)
    return [x1, x1 + n].some((x) => x < p && mod(x * Z * Z - X, p) === 0n)
  }
}

/** Z_A: what binds the signature to the signer's id, the curve and the key. GB/T 32918.2, section 5.5. */
function identity({ x, y }: Affine, userId: Buffer): Buffer {
  const bits = Buffer.alloc(2)
  bits.writeUInt16BE(userId.length * 8)
  return sm3(Buffer.concat([bits, userId, ...[a, b, G.x, G.y, x, y].map(bytes)]))
}

function sm3(message: Uint8Array): Buffer {
  return hash('sm3', message, 'buffer')
}

function pointFrom(publicKey: Uint8Array): Affine {
  if (publicKey.length !== 65 || publicKey[0] !== 4) throw new TypeError('not an uncompressed point')
  const [x, y] = [integer(publicKey.subarray(1, 33)), integer(publicKey.subarray(33))]
  const onCurve = x < p && y < p && mod(y * y - (x * x * x + a * x + b), p) === 0n
  if (!onCurve) throw new TypeError('not a point of the SM2 curve')
  return { x, y }
}

function integer(big: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(big).toString('hex')}`)
}

function bytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
}

function mod(value: bigint, by: bigint): bigint {
  const rest = value % by
  return rest < 0n ? rest + by : rest
}

// ── Points ───────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Affine {
  readonly x: bigint
  readonly y: bigint
}

/** X, Y, Z for the point (X/Z², Y/Z³), which spares the divisions; Z = 0 is the point at infinity. GB/T 32918.1, annex A. */
type Point = readonly [X: bigint, Y: bigint, Z: bigint]

const infinity: Point = [1n, 1n, 0n]

function add(one: Point, other: Point): Point {
  const [X1, Y1, Z1] = one
  const [X2, Y2, Z2] = other
  if (Z1 === 0n) return other
  if (Z2 === 0n) return one
  const [ZZ1, ZZ2] = [(Z1 * Z1) % p, (Z2 * Z2) % p]
  const [U1, U2] = [(X1 * ZZ2) % p, (X2 * ZZ1) % p]
  const [S1, S2] = [(((Y1 * ZZ2) % p) * Z2) % p, (((Y2 * ZZ1) % p) * Z1) % p]
  if (U1 === U2) return S1 === S2 ? double(one) : infinity
  const [H, R] = [U2 - U1, S2 - S1]
  const HH = (H * H) % p
  const HHH = (H * HH) % p
  const V = (U1 * HH) % p
  const X3 = mod(R * R - HHH - 2n * V, p)
  return [X3, mod(R * (V - X3) - S1 * HHH, p), mod(((Z1 * Z2) % p) * H, p)]
}

function double([X, Y, Z]: Point): Point {
  const YY = (Y * Y) % p
  const ZZ = (Z * Z) % p
  const S = (4n * X * YY) % p
  const M = mod(3n * X * X + a * ((ZZ * ZZ) % p), p)
  const X3 = mod(M * M - 2n * S, p)
  return [X3, mod(M * (S - X3) - 8n * YY * YY, p), (2n * Y * Z) % p]
}

/**
 * For each of the 64 hexadecimal places of a factor, the point times 0 to 15 times 16 to that place: a ledger has thousands of signatures of one key,
 * and each then costs 128 additions instead of some 500 doublings and 250 additions.
 */
function multiplesOf({ x, y }: Affine): readonly (readonly Point[])[] {
  let unit: Point = [x, y, 1n]
  return Array.from({ length: 64 }, () => {
    const row = [infinity]
    for (let factor = 1; factor < 16; factor++) row.push(add(row[factor - 1]!, unit))
    unit = add(row[15]!, unit)
    return row
  })
}

let ofBase: ReturnType<typeof multiplesOf> | undefined
function multiplesOfG(): ReturnType<typeof multiplesOf> {
  return (ofBase ??= multiplesOf(G))
}

function times(multiples: readonly (readonly Point[])[], factor: bigint): Point {
  const digits = factor.toString(16).padStart(64, '0')
  return multiples.reduce((sum, row, place) => add(sum, row[parseInt(digits[63 - place]!, 16)]!), infinity)
}
