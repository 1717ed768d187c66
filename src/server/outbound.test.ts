import assert from 'node:assert/strict'
import { isInner, post, unreachable } from './outbound.ts'
import { test } from 'node:test'

test('which addresses are inside', () => {
  for (const inner of [
    '10.1.1.1',
    '127.0.0.2',
    '192.168.1.1',
    '172.31.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '64:ff9b::a00:1',
  ])
    assert.equal(isInner(inner), true, inner)
  for (const outer of ['1.1.1.1', '172.32.0.1', '2400:3200::1']) assert.equal(isInner(outer), false, outer)
})

test('https outside, or this machine itself; inside only what the operator allows', () => {
  assert.equal(unreachable('https://example.com/a', []), undefined)
  assert.equal(unreachable('http://localhost:9/a', []), undefined)
  assert.equal(unreachable('http://example.com', []), 'not-https')
  assert.equal(unreachable('https://10.0.0.1/', []), 'inner')
  assert.equal(unreachable('https://10.0.0.1/', ['10.0.0.1']), undefined)
  assert.equal(unreachable('https://127.1/', []), undefined, 'another spelling of the loopback is the loopback')
})

test('a name outside that leads inside is not followed', async () => {
  const sending = { url: 'https://localhost.localdomain/', body: '{}', headers: {}, allowed: [], timeoutMs: 3000 }
  await assert.rejects(post(sending), /inner|ENOTFOUND|EAI_AGAIN/)
})
