const MARKER = 0xff
const START_OF_SCAN = 0xda
/** APP1 holds EXIF and XMP, APP13 what press agencies write: each may say where a photograph was taken. */
const TELLING = new Set([0xe1, 0xed])
const ORIENTATION = 0x0112

/**
 * A JPEG without what was written into it beside the picture, but for which way up it is.
 *
 * @param photo content that showed itself to be a JPEG
 * @returns the same picture; the input itself where its segments cannot be followed
 */
export function withoutLocation(photo: Buffer): Buffer {
  const kept = [photo.subarray(0, 2)]
  let at = 2
  while (at + 4 <= photo.length && photo[at] === MARKER && photo[at + 1] !== START_OF_SCAN) {
    const end = at + 2 + photo.readUInt16BE(at + 2)
    const segment = photo.subarray(at, end)
    const isTelling = TELLING.has(photo[at + 1]!)
    const way = isTelling ? orientationOf(segment) : undefined
    if (!isTelling) kept.push(segment)
    else if (way !== undefined && way > 1) kept.push(orientationSegment(way))
    at = end
  }
  return Buffer.concat([...kept, photo.subarray(at)])
}

/** Which way up the picture is, 1 to 8. @see Exif 2.3, tag 274 of IFD0 */
function orientationOf(segment: Buffer): number | undefined {
  const tiff = segment.subarray(10)
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0' || tiff.length < 14) return undefined
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let entry = 0; entry < Math.min(short(first), 64); entry += 1) {
    const at = first + 2 + entry * 12
    if (short(at) === ORIENTATION) return short(at + 8)
  }
  return undefined
}

/** An EXIF segment that says this alone. */
function orientationSegment(way: number): Buffer {
  // APP1, its length, the name, big-endian TIFF, one entry: tag, kind SHORT, one value, the value, no further directory.
  return Buffer.from(
    `ffe10022${Buffer.from('Exif\0\0').toString('hex')}4d4d002a0000000800010112000300000001${way.toString(16).padStart(4, '0')}000000000000`,
    'hex',
  )
}
