import assert from 'node:assert/strict'
import { test } from 'node:test'
import { viewerFrom } from './identify.ts'
import type { SessionRead } from '#store/sessions.ts'

const session: SessionRead = {
  id: 's',
  account: 'a',
  username: 'u',
  person: '虚构甲',
  administrator: null,
  secondFactor: false,
  passwordMustChange: false,
  means: 'password',
  startedAt: '2026-03-02T08:00+08:00',
  seenAt: '2026-03-02T08:00+08:00',
  posts: [{ key: 'k', value: { post: 'handler', organ: 'justice', procedures: ['reconsideration'], person: '虚构甲' } }],
  secondFactorOrgans: ['civil'],
}
const owed = (more: Partial<SessionRead>, demonstration = false) => viewerFrom({ ...session, ...more }, { demonstration }).owes

test('what is owed: first a password of one’s own, then the second factor; nothing where a provider saw to it, or in a demonstration', () => {
  assert.equal(owed({}), undefined)
  assert.equal(owed({ passwordMustChange: true, administrator: 'system' }), 'password')
  assert.equal(owed({ administrator: 'system' }), 'second-factor')
  assert.equal(owed({ administrator: 'system', secondFactor: true }), undefined)
  assert.equal(owed({ secondFactorOrgans: ['justice'] }), 'second-factor')
  assert.equal(owed({ secondFactorOrgans: ['justice'], secondFactor: true }), undefined)
  assert.equal(owed({ secondFactorOrgans: ['justice'], passwordMustChange: true, means: 'provider' }), undefined)
  assert.equal(owed({ administrator: 'audit', passwordMustChange: true }, true), undefined)
})

test('an administrator holds no post, whatever a register says', () => {
  assert.equal(viewerFrom(session, { demonstration: false }).holdings.length, 1)
  assert.deepEqual(viewerFrom({ ...session, administrator: 'security' }, { demonstration: false }).holdings, [])
})

test('a post is regular unless its entry says otherwise', () => {
  const holding = (more: object) =>
    viewerFrom({ ...session, posts: [{ key: 'k', value: { ...session.posts[0]!.value, ...more } }] }, { demonstration: false }).holdings[0]!
  assert.equal(holding({}).as, 'regular')
  assert.equal(holding({ as: 'acting', standsFor: '虚构乙' }).standsFor, '虚构乙')
  assert.equal(holding({ as: 'anything' }).as, 'regular')
  assert.equal(holding({ supervises: true }).supervises, true)
  assert.equal('supervises' in holding({ supervises: 'yes' }), false)
})
