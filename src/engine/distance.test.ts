import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metresBetween } from './distance.ts'

const here = { longitude: 118.278984, latitude: 33.937726 }

test('one degree of a meridian is 111,195 m; nothing is 0; half round the earth does not overflow', () => {
  assert.equal(Math.round(metresBetween(here, { ...here, latitude: here.latitude + 1 })), 111_195)
  assert.equal(metresBetween(here, here), 0)
  assert.equal(Math.round(metresBetween({ longitude: 0, latitude: 0 }, { longitude: 180, latitude: 0 })), 20_015_114)
})

test('it is the same both ways, and shorter along a parallel than along a meridian', () => {
  const east = { ...here, longitude: here.longitude + 0.005 }
  assert.equal(metresBetween(here, east), metresBetween(east, here))
  // cos 33.937726° = 0.82965
  assert.ok(Math.abs(metresBetween(here, east) - 0.005 * 111_195 * 0.82965) < 0.1)
})
