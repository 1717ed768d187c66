import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { checkUscc } from '#law/identifiers/uscc.ts'
import { inventedPlace, inventedSubject } from './invented.ts'
import { randomOf } from './random.ts'

const DRAWS = 4000

test('an invented subject has a credit code that every check takes, and some firms come again and again', () => {
  const random = randomOf('subjects')
  const drawn = Array.from({ length: DRAWS }, () => inventedSubject(random))
  for (const code of new Set(drawn)) assert.deepEqual({ code, ...pick(checkUscc(code)) }, { code, valid: true, warning: undefined })
  const counts = [...new Set(drawn)].map((code) => drawn.filter((one) => one === code).length)
  assert.ok(Math.max(...counts) > (2 * DRAWS) / counts.length)
})

const pick = (checked: ReturnType<typeof checkUscc>): { valid: boolean; warning: string | undefined } => ({
  valid: checked.valid,
  warning: checked.valid ? checked.warning : undefined,
})

test('an invented place has a community, a point, or both, and every point lies in the district', () => {
  const file = path.join(import.meta.dirname, '../../district/boundary.geojson')
  const { features } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    features: { properties: { adcode: string }; geometry: { coordinates: [number, number][][][] } }[]
  }
  const outline = features.find(({ properties }) => properties.adcode === '321302')!.geometry.coordinates[0]![0]!
  const random = randomOf('places')
  const drawn = Array.from({ length: DRAWS }, () => inventedPlace(random))
  for (const { address, longitude, latitude } of drawn)
    if (longitude !== undefined) assert.ok(isInside(outline, longitude, latitude!), `${address} at ${longitude}, ${latitude}`)
  const kinds = drawn.map(({ community, longitude }) => `${community !== undefined}/${longitude !== undefined}`)
  assert.deepEqual([...new Set(kinds)].sort(), ['false/true', 'true/false', 'true/true'])
})

/** A ray to the east crosses the outline an odd number of times. */
function isInside(outline: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false
  outline.forEach(([x1, y1], index) => {
    const [x2, y2] = outline[(index + 1) % outline.length]!
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  })
  return inside
}
