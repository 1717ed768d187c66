import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutLocation } from './photo-location.ts'

const segment = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}
/** EXIF of one entry, orientation 6, with a place behind it. */
const exif = (order: 'II' | 'MM'): Buffer => {
  const tiff = Buffer.alloc(26)
  tiff.write(order)
  const little = order === 'II'
  const short = (at: number, value: number) => (little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at))
  short(2, 42)
  if (little) tiff.writeUInt32LE(8, 4)
  else tiff.writeUInt32BE(8, 4)
  short(8, 1)
  short(10, 0x0112)
  short(12, 3)
  short(18, 6)
  return Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from('GPS 33.96N 118.25E')])
}
const start = Buffer.from([0xff, 0xd8])
const jfif = segment(0xe0, Buffer.from('JFIF\0'))
const scan = Buffer.concat([segment(0xda, Buffer.from([1])), Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd9])])

for (const order of ['II', 'MM'] as const)
  test(`a photograph loses its place and keeps which way up it is (${order})`, () => {
    const photo = Buffer.concat([
      start,
      jfif,
      segment(0xe1, exif(order)),
      segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0GPS')),
      scan,
    ])
    const clean = withoutLocation(photo)
    assert.equal(clean.includes('GPS'), false)
    assert.deepEqual(clean.subarray(0, 2 + jfif.length), Buffer.concat([start, jfif]))
    assert.deepEqual(clean.subarray(-scan.length), scan)
    // Cleaned again it says the same: what was written is readable as it was read.
    assert.deepEqual(withoutLocation(clean), clean)
    assert.equal(clean.length, 2 + jfif.length + 36 + scan.length)
  })

test('what has nothing to remove, or cannot be followed, stays as it is', () => {
  const plain = Buffer.concat([start, jfif, scan])
  assert.deepEqual(withoutLocation(plain), plain)
  assert.deepEqual(withoutLocation(Buffer.from([0xff, 0xd8, 1, 2, 3])), Buffer.from([0xff, 0xd8, 1, 2, 3]))
})
