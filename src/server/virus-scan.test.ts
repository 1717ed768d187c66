import assert from 'node:assert/strict'
import { clamdDouble } from '../../tools/e2e/clamd-double.ts'
import { Readable } from 'node:stream'
import { Refusal } from '#engine/refusal.ts'
import { scanned } from './virus-scan.ts'
import { test } from 'node:test'
import type { TestContext } from 'node:test'

async function clamd(t: TestContext, most?: number): Promise<string> {
  const { address, close } = await clamdDouble(most)
  t.after(close)
  return address
}

const refused = (error: unknown): boolean => error instanceof Refusal && error.code === 'file.scanner-unreachable'

test('a content passes or is named for what is in it, however it is cut', async (t) => {
  const scanner = await clamd(t)
  assert.equal(await scanned(Readable.from([Buffer.alloc(300_000), Buffer.from('harmless')]), scanner), undefined)
  assert.equal(await scanned(Readable.from([Buffer.from('..EI'), Buffer.from('CAR..')]), scanner), 'Eicar-Test')
})

test('what was not looked at is not taken for harmless', async (t) => {
  await assert.rejects(scanned(Readable.from([Buffer.alloc(2000)]), await clamd(t, 1000)), refused)
  await assert.rejects(scanned(Readable.from([Buffer.from('x')]), '127.0.0.1:1'), refused)
  await assert.rejects(scanned(Readable.from([Buffer.from('x')]), '/no/such/socket'), refused)
})
