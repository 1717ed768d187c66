import assert from 'node:assert/strict'
import { checkPassword } from './password-rule.ts'
import { commonPasswords } from './common-passwords.ts'
import { defaultPolicy } from './account-policy.ts'
import { initialPassword } from './initial-password.ts'
import { isSessionOver } from './session-limit.ts'
import { isUsername, signInName } from './username.ts'
import { Refusal } from '#engine/refusal.ts'
import { test } from 'node:test'

const chooser = { username: 'zhang3', person: '虚构张三', place: ['宿城区', '宿城', 'Sucheng'] }
const eight = { password: { least: 8, most: 64 } }
const codeFor = (password: string, policy: Pick<typeof defaultPolicy, 'password'> = defaultPolicy): string | undefined => {
  try {
    checkPassword(password, policy, chooser)
    return undefined
  } catch (error) {
    assert.ok(error instanceof Refusal)
    return error.code
  }
}

test('the length counts characters, as a person does', () => {
  assert.equal(codeFor('绿色的马在雨里慢慢走'), 'password.length')
  assert.equal(codeFor('绿色的马在雨里慢慢走着呢'), undefined)
  assert.equal(codeFor('𠮷𠮷𠮷𠮷𠮷'), 'password.length')
  assert.equal(codeFor('x'.repeat(129)), 'password.length')
})

test('every listed password is refused, also with signs around it, digits after it, or twice', () => {
  for (const common of commonPasswords) {
    if ([...common].length < 8) continue
    assert.equal(codeFor(common, eight), 'password.too-common', common)
    assert.equal(codeFor(common.toUpperCase(), eight), 'password.too-common', common)
    if (/^[a-z0-9]+$/.test(common)) assert.equal(codeFor(`!!${common}!!`, eight), 'password.too-common', common)
  }
  for (const simple of [
    'Password2026',
    'woaini1314520',
    'qwertyqwerty',
    'admin123456789',
    '１２３４５６７８９０１２',
    'aaaaaaaaaaaaaaaa',
    '121212121212121',
  ])
    assert.equal(codeFor(simple), 'password.too-common', simple)
})

test('names that anybody knows are no part of a password; short ones that stand in every word are', () => {
  for (const named of [
    'zhang3 kisses the moon',
    'ZHANG3-moonlight',
    '我是虚构张三的好朋友不错',
    'I love Sucheng so much',
    '宿城人民最勤劳也最最勇敢呀',
  ])
    assert.equal(codeFor(named), 'password.names-you', named)
  assert.doesNotThrow(() => checkPassword('lantern river copper', defaultPolicy, { ...chooser, username: 'li' }))
})

test('an initial password is long enough wherever it is asked for, and passes the rule', () => {
  for (const least of [8, 12, 20, 64]) {
    const password = initialPassword(least)
    assert.ok(password.length >= least)
    assert.equal(codeFor(password, { password: { least, most: 128 } }), undefined)
  }
  assert.notEqual(initialPassword(12), initialPassword(12))
})

test('user names: of any script, with signs between; capitals, width and regions', () => {
  for (const name of ['张三', 'zhang3', '320104', '𠮷田', 'a', 'zhang.san', '张-三_2', 'é']) assert.equal(isUsername(name), true, name)
  for (const name of ['', ' ', 'a b', '-a', 'a.', '<b>', 'a@b', '=1', 'a\u202eb', '😀', 'x'.repeat(41)])
    assert.equal(isUsername(name), false, name)
  assert.equal(signInName('321302', 'ＺＨＡＮＧ３'), signInName('321302', 'zhang3'))
  assert.notEqual(signInName('321302', 'zhang3'), signInName('320102', 'zhang3'))
})

test('a session is over after half an hour without a request, and after twelve hours', () => {
  const over = (startedAt: string, seenAt: string) => isSessionOver({ startedAt, seenAt }, '2026-03-02T20:00+08:00', defaultPolicy)
  assert.equal(over('2026-03-02T08:00+08:00', '2026-03-02T19:30+08:00'), false)
  assert.equal(over('2026-03-02T08:00+08:00', '2026-03-02T19:29:59+08:00'), true)
  assert.equal(over('2026-03-02T07:59:59+08:00', '2026-03-02T20:00+08:00'), true)
})
