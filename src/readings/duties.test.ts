import assert from 'node:assert/strict'
import { dutiesOf, expectedSteps, statesOfOthers } from './duties.ts'
import { system as reconsideration } from '#procedures/reconsideration/system.ts'
import { test } from 'node:test'

const office = [{ post: 'office', procedures: ['reconsideration'] }]
const definition = reconsideration.definitions.at(-1)!

test('a post has the clocks that bind it, and those of the cases that wait for it', () => {
  const [duties] = dutiesOf([reconsideration], office)
  assert.ok(duties!.clocks.includes('reconsideration/review/received'))
  assert.ok(duties!.clocks.includes('reconsideration/send-copy/awaiting-reply'), 'bound although the case waits for another')
  assert.ok(duties!.states.includes('reconsideration/received'))
  assert.ok(!duties!.states.includes('reconsideration/awaiting-reply'))
})

test('what binds a party, and what is only a time within which something is allowed, is nobody’s duty here', () => {
  const [duties] = dutiesOf([reconsideration], office)
  for (const clock of ['apply', 'apply-bar', 'reply', 'sue'])
    assert.ok(!duties!.clocks.some((one) => one.startsWith(`reconsideration/${clock}/`)), clock)
})

test('a post of another procedure has nothing to do here', () => {
  assert.deepEqual(dutiesOf([reconsideration], [{ post: 'office', procedures: ['hotline-12345'] }]), [
    { post: 'office', clocks: [], states: [] },
  ])
  assert.deepEqual(statesOfOthers([reconsideration], [{ post: 'office', procedures: ['hotline-12345'] }]), [])
})

test('a case waits for others in the states that are with them, never in a final one', () => {
  const states = statesOfOthers([reconsideration], office)
  assert.ok(states.includes('reconsideration/awaiting-reply'))
  assert.ok(!states.includes('reconsideration/received'))
  assert.ok(!states.includes('reconsideration/archived'))
})

test('what is expected are the steps that stop the clock', () => {
  assert.deepEqual(expectedSteps(definition, 'received', ['office'], 'review').sort(), ['accept', 'notify-correction'])
})
