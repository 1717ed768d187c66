import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { TABLES } from './backup.ts'
import { test } from 'node:test'

// Read off the migrations, so that a new table cannot be forgotten.
const made = fs
  .readdirSync(path.join(import.meta.dirname, 'migrations'))
  .flatMap((file) => [
    ...fs.readFileSync(path.join(import.meta.dirname, 'migrations', file), 'utf8').matchAll(/^create table (\w+) \(([^;]*?)^\);/gms),
  ])
  .map(([, name, body]) => ({ name: name!, body: body! }))

test('every primary key begins with the region', () => {
  const wrong = made.filter(({ body }) => /^ {2}region /m.test(body) && !/primary key \(region, /.test(body))
  assert.deepEqual(
    wrong.map(({ name }) => name),
    [],
  )
})

test('a backup takes every table of a region with it', () => {
  const ofRegions = made.filter(({ body }) => /^ {2}region /m.test(body)).map(({ name }) => name)
  assert.ok(ofRegions.length > 15)
  assert.deepEqual(
    ofRegions.filter((name) => !(name in TABLES)),
    [],
  )
})
