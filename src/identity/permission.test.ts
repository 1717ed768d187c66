import assert from 'node:assert/strict'
import { applyStep, permittedSteps } from '#engine/apply-step.ts'
import { exampleSystem } from '#engine/example.ts'
import {
  assigningHolding,
  editsReport,
  givesTo,
  handlesFor,
  holdingFor,
  keepsRegister,
  overlooks,
  partyReads,
  partyTakes,
  readsOfficers,
  readsPersonal,
  readsRegisterField,
  recusingHolding,
  scopesOf,
  seesCase,
} from './permission.ts'
import { platform } from '#engine/citation.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import { test } from 'node:test'
import { VISITOR } from './viewer.ts'
import type { Definition } from '#engine/definition.ts'
import type { Concern } from './permission.ts'
import type { Holding, Viewer } from './viewer.ts'

const catalogue = [exampleSystem]
const definition = exampleSystem.definitions.at(-1)!
const concern: Concern = { procedure: 'example', organs: ['justice'], assigned: {}, took: [], recused: [] }
const clerk: Holding = { key: 'k', post: 'clerk', organ: 'justice', procedures: ['example'], as: 'regular' }
const viewer = (...holdings: readonly Holding[]): Viewer => ({ person: '虚构甲', holdings })
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test('whoever holds nothing sees nothing', () => {
  assert.deepEqual(scopesOf(viewer(), catalogue), [])
  assert.equal(seesCase(viewer(), concern, catalogue), false)
  assert.equal(overlooks(viewer()), false)
})

test('a post sees the cases in which its organ takes part, and no others', () => {
  assert.equal(seesCase(viewer(clerk), concern, catalogue), true)
  assert.equal(seesCase(viewer({ ...clerk, organ: 'civil' }), concern, catalogue), false)
  assert.equal(seesCase(viewer({ ...clerk, procedures: ['another'] }), concern, catalogue), false)
})

test('an administrator sees no case, whatever post somebody gave them', () => {
  for (const administrator of ['system', 'security', 'audit'] as const) {
    const admin: Viewer = { ...viewer({ ...clerk, supervises: true }), administrator }
    assert.deepEqual(scopesOf(admin, catalogue), [])
    assert.equal(overlooks(admin), false)
    assert.throws(() => holdingFor(admin, definition, 'accept', concern, exampleSystem), refused('permission.not-your-post'))
  }
})

test('a case that waits for a post is for those who hold it in an organ that takes part, or for the one to whom it was given', () => {
  const handles = (who: Viewer, of: Concern = concern): boolean => handlesFor(who, 'clerk', of, catalogue)
  assert.equal(handles(viewer(clerk)), true)
  assert.equal(handles(viewer({ ...clerk, post: 'head' })), false)
  assert.equal(handles(viewer({ ...clerk, organ: 'civil' })), false)
  assert.equal(handles(viewer({ ...clerk, supervises: true })), false)
  assert.equal(handles(viewer({ ...clerk, readsOnly: true })), false)
  assert.equal(handles({ ...viewer(clerk), administrator: 'system' }), false)
  assert.equal(handles(viewer(clerk), { ...concern, recused: ['虚构甲'] }), false)
  const given = { ...concern, assigned: { clerk: '虚构乙' } }
  assert.equal(handles(viewer(clerk), given), false)
  assert.equal(handles({ ...viewer(clerk), person: '虚构乙' }, given), true)
  assert.equal(handles(viewer({ ...clerk, as: 'delegated', standsFor: '虚构乙' }), given), true)
})

test('who must keep away sees nothing of the case', () => {
  const recused = { ...concern, recused: ['虚构甲'] }
  assert.equal(seesCase(viewer(clerk), recused, catalogue), false)
  assert.equal(readsPersonal(viewer(clerk), recused, catalogue), false)
})

test('personal data: whoever handles the case; a colleague not once it is assigned; a supervisor and a visitor never', () => {
  assert.equal(readsPersonal(viewer(clerk), concern, catalogue), true)
  const assigned = { ...concern, assigned: { clerk: '虚构乙' } }
  assert.equal(readsPersonal(viewer(clerk), assigned, catalogue), false)
  assert.equal(readsPersonal(viewer(clerk), { ...assigned, took: ['虚构甲'] }, catalogue), true)
  assert.equal(readsPersonal(viewer({ ...clerk, as: 'acting', standsFor: '虚构乙' }), assigned, catalogue), true)
  assert.equal(readsPersonal(viewer({ ...clerk, supervises: true }), concern, catalogue), false)
  assert.equal(seesCase(viewer({ ...clerk, supervises: true, organ: 'gov' }), concern, catalogue), true)
  assert.equal(seesCase(VISITOR, concern, catalogue), true)
  assert.equal(readsPersonal(VISITOR, concern, catalogue), false)
})

test('the report is written by who looks over the whole place and holds the post for it; nobody else, no administrator, no visitor', () => {
  const editor: Holding = { ...clerk, post: 'report-editor', supervises: true }
  assert.equal(editsReport(viewer(editor)), editor)
  assert.equal(editsReport(viewer({ ...clerk, supervises: true })), undefined)
  assert.equal(editsReport(viewer({ ...clerk, post: 'report-editor' })), undefined)
  assert.equal(editsReport({ ...viewer(editor), administrator: 'system' }), undefined)
  assert.equal(editsReport(VISITOR), undefined)
})

test('who only reads sees what the post sees, takes no step and reads nobody’s name', () => {
  const reads = viewer({ ...clerk, readsOnly: true })
  assert.deepEqual(scopesOf(reads, catalogue), scopesOf(viewer(clerk), catalogue))
  assert.equal(seesCase(reads, concern, catalogue), true)
  assert.equal(readsPersonal(reads, concern, catalogue), false)
  assert.throws(() => holdingFor(reads, definition, 'accept', concern, exampleSystem), refused('permission.not-your-post'))
})

test('a step is for its post, in an organ that takes part, and for whom the case is assigned to', () => {
  assert.equal(holdingFor(viewer(clerk), definition, 'accept', concern, exampleSystem).post, 'clerk')
  assert.throws(
    () => holdingFor(viewer({ ...clerk, organ: 'civil' }), definition, 'accept', concern, exampleSystem),
    refused('permission.not-your-post'),
  )
  assert.throws(
    () => holdingFor(viewer({ ...clerk, supervises: true }), definition, 'accept', concern, exampleSystem),
    refused('permission.not-your-post'),
  )
  const assigned = { ...concern, assigned: { clerk: '虚构乙' } }
  assert.throws(() => holdingFor(viewer(clerk), definition, 'accept', assigned, exampleSystem), refused('permission.assigned-to-another'))
  assert.equal(
    holdingFor(viewer({ ...clerk, as: 'delegated', standsFor: '虚构乙' }), definition, 'accept', assigned, exampleSystem).holding.standsFor,
    '虚构乙',
  )
})

test('what an outside post does is recorded by whoever works on the case, in its name', () => {
  const withParty: Definition = {
    ...definition,
    posts: { ...definition.posts, party: { name: ['当事人', 'Party'], outside: true } },
    steps: { ...definition.steps, accept: { ...definition.steps['accept']!, by: 'party' } },
  }
  const taken = holdingFor(viewer(clerk), withParty, 'accept', concern, exampleSystem)
  assert.deepEqual([taken.post, taken.holding.post], ['party', 'clerk'])
  assert.throws(
    () => holdingFor(viewer({ ...clerk, organ: 'civil' }), withParty, 'accept', concern, exampleSystem),
    refused('permission.not-your-post'),
  )
})

test('who took a step that another must be kept apart from may not take that other; somebody else may', () => {
  const apart: Definition = {
    ...definition,
    steps: { ...definition.steps, accept: { ...definition.steps['accept']!, apart: { from: ['receive'], article: platform } } },
  }
  const around = { calendar: publishedCalendar, entryOn: () => undefined, stateOf: () => undefined }
  const by = { post: 'clerk', person: '虚构甲', organ: 'justice' }
  const opening = { region: '321302', id: 'x', number: '1', hash: '' }
  const input = { receivedOn: '2024-03-05', applicant: { name: '虚构乙' } }
  const received = applyStep(apart, opening, { step: 'receive', input, by, at: '2024-03-05T10:00+08:00' }, around)
  const accept = (person: string) =>
    applyStep(
      apart,
      received,
      { step: 'accept', input: { acceptedOn: '2024-03-06' }, by: { ...by, person }, at: '2024-03-06T10:00+08:00' },
      around,
    )
  assert.throws(() => accept('虚构甲'), refused('step.not-apart'))
  assert.equal(accept('虚构丙').steps.length, 2)
  assert.equal(permittedSteps(apart, received, 'clerk', '虚构甲').find(({ step }) => step === 'accept')?.refusal?.code, 'step.not-apart')
})

test('a case is given to a holder of the post by the head of their organ; to oneself while it is nobody’s', () => {
  const posts: Definition['posts'] = { ...definition.posts, chief: { name: ['负责人', 'Chief'], head: true } }
  const system = { ...exampleSystem, definitions: [{ ...definition, posts }] }
  const chief = { ...clerk, key: 'c', post: 'chief' }
  const give = (who: Viewer, to: string | null, holdings: readonly Holding[], on = concern) =>
    assigningHolding(who, system, on, 'clerk', to, holdings).post
  const assigned = { ...concern, assigned: { clerk: '虚构乙' } }

  assert.equal(give(viewer(chief), '虚构乙', [clerk]), 'chief')
  assert.equal(give(viewer(chief), null, [clerk], assigned), 'chief')
  assert.equal(give(viewer(clerk), '虚构甲', [clerk]), 'clerk')
  assert.throws(() => give(viewer(clerk), '虚构甲', [clerk], assigned), refused('assignment.not-yours'))
  assert.throws(() => give(viewer(clerk), '虚构乙', [clerk]), refused('assignment.not-yours'))
  assert.throws(() => give(viewer(clerk), null, [clerk], assigned), refused('assignment.not-yours'))
  assert.throws(() => give(viewer(chief), '虚构乙', [{ ...clerk, post: 'another' }]), refused('assignment.not-a-holder'))
  assert.throws(() => give(viewer(chief), '虚构乙', [{ ...clerk, organ: 'civil' }]), refused('assignment.not-a-holder'))
  assert.throws(() => give(viewer(chief), '虚构乙', [clerk], { ...concern, recused: ['虚构乙'] }), refused('assignment.recused'))
  // A head of another organ that takes part has no say over this one's people.
  const both = { ...concern, organs: ['justice', 'civil'] }
  assert.throws(() => give(viewer({ ...chief, organ: 'civil' }), '虚构乙', [clerk], both), refused('assignment.not-yours'))
  assert.throws(() => give({ ...viewer(chief), administrator: 'system' }, '虚构乙', [clerk]), refused('assignment.not-yours'))
  assert.equal(recusingHolding(viewer(chief), system, concern).post, 'chief')
  assert.throws(() => recusingHolding(viewer(clerk), system, concern), refused('assignment.not-yours'))
})

test('who can be given cases is shown to the head of their organ, and to themself', () => {
  const posts = { ...definition.posts, chief: { name: ['负责人', 'Chief'], head: true } as const }
  const system = { ...exampleSystem, definitions: [{ ...definition, posts }] }
  const chief = { ...clerk, key: 'c', post: 'chief' }
  assert.equal(givesTo(viewer(chief), clerk, system), true)
  assert.equal(givesTo(viewer(clerk), clerk, system), true)
  assert.equal(givesTo(viewer(clerk), { ...clerk, key: 'another' }, system), false)
  assert.equal(givesTo(viewer({ ...chief, organ: 'civil' }), clerk, system), false)
  assert.equal(givesTo(viewer(chief), { ...clerk, supervises: true }, system), false)
  assert.equal(givesTo({ ...viewer(chief), administrator: 'system' }, clerk, system), false)
})

test('officers are known by name to whoever works here, and not to a visitor', () => {
  assert.equal(readsOfficers(viewer(clerk)), true)
  assert.equal(readsOfficers(VISITOR), false)
})

test('a register is kept by the posts that it names, in that register alone; what is personal in it is theirs to read', () => {
  const register = {
    id: 'mediators',
    name: ['名册', 'Register'],
    key: ['编号', 'Number'],
    fields: {},
    keeper: { propose: 'registrar', approve: 'approver' },
    entries: [],
  } as const
  const registrar: Holding = { ...clerk, key: 'r', post: 'registrar', procedures: ['register:mediators'] }
  assert.equal(keepsRegister(viewer(registrar), register, 'propose'), registrar)
  assert.equal(keepsRegister(viewer(registrar), register, 'approve'), undefined)
  assert.equal(keepsRegister(viewer({ ...registrar, procedures: ['register:organs'] }), register, 'propose'), undefined)
  assert.equal(keepsRegister(viewer(clerk), register, 'propose'), undefined)
  assert.equal(keepsRegister({ ...viewer(registrar), administrator: 'system' }, register, 'propose'), undefined)
  assert.equal(keepsRegister(viewer(registrar), { ...register, keeper: undefined } as never, 'propose'), undefined)
  const secret = { kind: 'text', personal: true } as const
  assert.equal(readsRegisterField(viewer(registrar), register, secret), true)
  assert.equal(readsRegisterField(viewer(clerk), register, secret), false)
  assert.equal(readsRegisterField(viewer(clerk), register, { kind: 'person' }), true)
  assert.equal(readsRegisterField(VISITOR, register, { kind: 'person' }), false)
  assert.equal(readsRegisterField(VISITOR, register, { kind: 'text' }), true)
})

test('a party by code takes what is their post’s in their own case, and nothing else', () => {
  const withParty: Definition = {
    ...definition,
    posts: { ...definition.posts, applicant: { name: ['申请人', 'Applicant'], outside: true } },
    steps: { ...definition.steps, amend: { ...definition.steps['accept']!, by: ['applicant', 'clerk'] } },
  }
  const party = { caseId: 'one', post: 'applicant' }
  assert.equal(partyTakes(party, withParty, 'amend', 'one'), true)
  assert.equal(partyTakes(party, withParty, 'amend', 'another'), false)
  assert.equal(partyTakes(party, withParty, 'accept', 'one'), false)
  assert.equal(partyTakes(party, withParty, 'none', 'one'), false)
  assert.equal(partyTakes({ ...party, post: undefined }, withParty, 'amend', 'one'), false)
  // A post within government is nobody's by code, whatever a guide says.
  assert.equal(partyTakes({ ...party, post: 'clerk' }, withParty, 'amend', 'one'), false)
})

test('a party by code reads what is addressed to them in their own case, and nothing else', () => {
  const party = { caseId: 'one', post: 'applicant' }
  assert.equal(partyReads(party, { addressee: '{applicant.name}、{respondent}' }, 'one'), true)
  assert.equal(partyReads(party, { to: ['applicant'] }, 'one'), true)
  assert.equal(partyReads(party, { addressee: '{applicant.name}' }, 'another'), false)
  assert.equal(partyReads(party, { addressee: '{respondent}' }, 'one'), false)
  assert.equal(partyReads(party, {}, 'one'), false)
})
