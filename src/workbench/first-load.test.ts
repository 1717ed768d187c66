import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { workbenchRoutes } from '#server/workbench.ts'
import fastify from 'fastify'

const ROOT = path.join(import.meta.dirname, '..', '..')
const BUILT = path.join(ROOT, 'build', 'workbench')
/** Bytes, compressed: what somebody in a village office waits for before the first page of the day. */
const MOST = 350_000

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

test(`the first page of the day loads less than ${MOST / 1000} kB, compressed`, async (t) => {
  const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'tools', 'build-workbench.mjs')], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const manifest = JSON.parse(fs.readFileSync(path.join(BUILT, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>
  const app = fastify()
  t.after(() => app.close())
  workbenchRoutes(app)
  const sizes: (readonly [string, number])[] = []
  for (const file of filesOf(manifest, ['index.html', 'pages/Today.tsx'])) {
    const answer = await app.inject({ url: `/workbench/${file}`, headers: { 'accept-encoding': 'gzip' } })
    assert.deepEqual([answer.statusCode, answer.headers['content-encoding']], [200, 'gzip'], file)
    assert.match(String(answer.headers['cache-control']), /immutable/)
    sizes.push([file, answer.rawPayload.length])
  }
  const sum = sizes.reduce((before, [, size]) => before + size, 0)
  t.diagnostic(`first load: ${(sum / 1000).toFixed(1)} kB in ${sizes.length} files`)
  assert.ok(sum < MOST, `${sum} bytes: ${sizes.map(([file, size]) => `${file} ${size}`).join(', ')}`)
  const plain = await app.inject({ url: `/workbench/${sizes[0]![0]}` })
  assert.deepEqual([plain.statusCode, plain.headers['content-encoding']], [200, undefined], 'a browser that reads no gzip')
})

/** The files of chunks, of all that these import statically, and their style sheets. */
function filesOf(manifest: Readonly<Record<string, Chunk>>, entries: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const files = new Set<string>()
  const visit = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    const chunk = manifest[name]
    assert.ok(chunk, `${name} is not in the manifest`)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    chunk.imports?.forEach(visit)
  }
  entries.forEach(visit)
  return files
}
