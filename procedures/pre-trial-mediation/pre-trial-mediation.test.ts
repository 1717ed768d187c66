import assert from 'node:assert/strict'
import { applyStep, countingOf, firstRefusal } from '#engine/apply-step.ts'
import { fieldsNamed } from '#documents/fill.ts'
import { isPersonal } from '#engine/field.ts'
import { preTrialMediation } from './definition.ts'
import { preTrialMediationUntil2021 } from './definition.until-2021-12-31.ts'
import { publishedCalendar as calendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import { runsOf } from '#engine/clocks.ts'
import { system } from './system.ts'
import { test } from 'node:test'
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'

type Input = Readonly<Record<string, unknown>>

// ——— Every refusal code, on bare facts: what it refuses, and what it lets pass.

const decisions: readonly (readonly [step: string, code: string, refused: Input, allowed: Input])[] = [
  ['intake', 'not-suitable', { suitable: false }, { suitable: true }],
  [
    'consent',
    'consent-missing',
    { plaintiffConsentedOn: '2024-05-06', defendantConsentedOn: null },
    { plaintiffConsentedOn: '2024-05-06', defendantConsentedOn: '2024-05-07' },
  ],
  ['choose-mediator', 'mediator-not-in-force', { mediatorInForce: false }, { mediatorInForce: true }],
  ['choose-mediator', 'mediator-recused', { relation: 'relative' }, { relation: 'relative', partiesWaiveRecusal: true }],
  ['extend', 'both-must-consent', { consents: ['plaintiff'] }, { consents: ['defendant', 'plaintiff'] }],
  [
    'extend',
    'extension-after-limit',
    { agreedExtensionOn: '2024-06-08', mediationDue: '2024-06-07' },
    { agreedExtensionOn: '2024-06-07', mediationDue: '2024-06-07' },
  ],
  ['agree', 'mediator-barred', { mediatorLaterRole: 'juror' }, { mediatorLaterRole: 'none' }],
  ['to-filing', 'mediator-barred', { mediatorLaterRole: 'witness' }, { mediatorLaterRole: null }],
  ['agree', 'agreement-missing', { agreement: null }, { agreement: { name: '协议.pdf' } }],
  [
    'agree',
    'agreement-before-acceptance',
    { agreedOn: '2024-05-07', acceptedOn: '2024-05-08' },
    { agreedOn: '2024-05-08', acceptedOn: '2024-05-08' },
  ],
  [
    'agree',
    'organisation-seal-missing',
    { byOrganisation: true, organisationSealed: false },
    { byOrganisation: false, organisationSealed: false },
  ],
  ['agree', 'means-of-one-missing', { withoutMeans: ['defendant'] }, { withoutMeans: [] }],
  [
    'agree',
    'electronic-without-consent',
    { services: [{ served: 'plaintiff', means: 'electronic' }] },
    { services: [{ served: 'plaintiff', means: 'electronic', consented: true }] },
  ],
  [
    'agree',
    'left-without-record',
    { services: [{ served: 'plaintiff', means: 'left' }] },
    { services: [{ served: 'plaintiff', means: 'left', recordedBy: 'recording' }] },
  ],
  [
    'agree',
    'go-between-missing',
    { services: [{ served: 'defendant', means: 'entrusted' }] },
    { services: [{ served: 'defendant', means: 'passed-on', through: '（演示）监所' }] },
  ],
  ['agree', 'proof-of-service-missing', { withoutProof: ['plaintiff'] }, { withoutProof: [] }],
  ['agree', 'service-day-differs', { serviceDeemedOn: '2024-05-25', serviceStatedOn: '2024-05-24' }, { serviceDeemedOn: null }],
  ['apply-confirmation', 'both-must-apply', { appliedBy: ['defendant'] }, { appliedBy: ['plaintiff', 'defendant'] }],
  ['apply-confirmation', 'not-before-filing', { beforeFiling: false }, { beforeFiling: true }],
  [
    'apply-confirmation',
    'confirmation-out-of-time',
    { confirmationAppliedOn: '2024-06-25', confirmDue: '2024-06-24' },
    { confirmationAppliedOn: '2024-06-24', confirmDue: '2024-06-24' },
  ],
]

for (const [step, code, refusedFacts, allowedFacts] of decisions) {
  test(`${step}: ${code} ${JSON.stringify(refusedFacts)}`, () => {
    for (const definition of system.definitions) {
      const verdict = (facts: Input): string | undefined =>
        firstRefusal(definition, definition.steps[step]!.guards!, facts, countingOf(definition, calendar), true)?.code
      assert.equal(verdict(refusedFacts), code)
      assert.notEqual(verdict(allowedFacts), code)
    }
  })
}

test('每一拒绝代码都有一例；每一文书所列栏目与正文一致', () => {
  const tried = new Set(decisions.map(([, code]) => code))
  for (const definition of system.definitions) {
    for (const code of Object.values(definition.steps).flatMap(({ guards }) => guards ?? [])) assert.ok(tried.has(code), code)
    for (const template of Object.values(definition.parts.documents))
      assert.deepEqual([...template.fields].sort(), fieldsNamed(template).sort(), template.id)
  }
})

test('特邀调解规定第一条、第二条：纠纷事实与协议内容不公开，与个人信息一同存放，也没有公开事项', () => {
  for (const { steps, publicity } of system.definitions) {
    assert.ok(isPersonal(steps['intake']!.input!['claim']!) && isPersonal(steps['agree']!.input!['terms']!))
    assert.equal(publicity, undefined)
  }
})

// ——— Cases, taken step by step.

const around = { calendar, entryOn: () => ({ name: '虚构调解员' }), stateOf: () => undefined }
const opening = { region: '321302', id: '0190aaaa-0000-7000-8000-000000000077', number: '宿城诉前调〔2024〕1号', hash: 'h' }

function take(definition: Definition, theCase: Case | undefined, step: string, on: string, input: Input = {}): Case {
  const rule = definition.steps[step]!
  const dated = { [rule.on!]: rule.input![rule.on!]!.kind === 'instant' ? `${on}T15:00+08:00` : on }
  const by = { post: [rule.by].flat()[0] as string, person: '虚构官', organ: 'court' }
  return applyStep(definition, theCase ?? opening, { step, input: { ...dated, ...input }, by, at: `${on}T16:00+08:00` }, around)
}

type Line = readonly [step: string, on: string, input?: Input]

const walk = (definition: Definition, lines: readonly Line[], from?: Case): Case =>
  lines.reduce<Case | undefined>((theCase, [step, on, input]) => take(definition, theCase, step, on, input), from)!

const intake = {
  plaintiff: { name: '虚构甲' },
  defendant: { name: '虚构乙' },
  dispute: 'loan',
  claim: '（演示）请求还款',
  suitable: true,
  beforeFiling: true,
}
const chosen = { mediator: 'TYTJ0001', mediatorName: '虚构丙', chosenBy: 'court', relation: 'none' }
const agreement = {
  terms: '（演示）分期还款',
  agreement: { name: '协议.pdf', sha256: '0', bytes: 1 },
  byOrganisation: false,
  organisationSealed: false,
  mediatorLaterRole: 'none',
}
const dueOf = (definition: Definition, theCase: Case, clock: string): string | undefined =>
  runsOf(definition, theCase, clock, calendar).at(-1)?.deadline?.due
const refusedWith =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof Refusal && error.code === code

function consented(online: boolean, particulars: Input = {}): Case {
  const consent = { plaintiffConsentedOn: '2024-05-06', defendantConsentedOn: '2024-05-06', online }
  return walk(preTrialMediation, [
    ['intake', '2024-05-06', { ...intake, ...particulars }],
    ['consent', '2024-05-06', consent],
  ])
}
const mediating = (online: boolean, particulars: Input = {}): Case =>
  walk(
    preTrialMediation,
    [
      ['choose-mediator', '2024-05-07', chosen],
      ['accept-assignment', '2024-05-08'],
    ],
    consented(online, particulars),
  )

test('在线调解规则第十条：两个工作日内协商选定；选不定的请求法院指定，自收到请求起三个工作日', () => {
  const waiting = consented(true)
  assert.deepEqual([dueOf(preTrialMediation, waiting, 'choose'), dueOf(preTrialMediation, waiting, 'assign')], ['2024-05-08', undefined])
  const requested = take(preTrialMediation, waiting, 'request-appointment', '2024-05-08')
  assert.deepEqual(
    [runsOf(preTrialMediation, requested, 'choose', calendar)[0]!.state, dueOf(preTrialMediation, requested, 'assign')],
    ['stopped', '2024-05-11'], // a make-up Saturday
  )
  assert.equal(dueOf(preTrialMediation, consented(false), 'choose'), undefined)
})

test('在线调解规则第二十六条：诉前鉴定期间不计入，只限在线调解', () => {
  const appraised = (online: boolean): Case =>
    walk(
      preTrialMediation,
      [
        ['begin-appraisal', '2024-05-20', { matter: '（演示）笔迹' }],
        ['end-appraisal', '2024-06-03'],
      ],
      mediating(online),
    )
  assert.deepEqual(
    [true, false].map((online) => dueOf(preTrialMediation, appraised(online), 'mediate')),
    ['2024-06-21', '2024-06-07'],
  )
})

test('第二十七条：双方同意的延长合为一个期限；期限届满之后同意的无效', () => {
  const both = { newDays: 15, consents: ['plaintiff', 'defendant'] }
  const extended = take(preTrialMediation, mediating(false), 'extend', '2024-06-07', both)
  assert.equal(dueOf(preTrialMediation, extended, 'mediate'), '2024-06-24')
  assert.throws(() => take(preTrialMediation, mediating(false), 'extend', '2024-06-08', both), refusedWith('extension-after-limit'))
  const entrusted = mediating(false, { beforeFiling: false, trialProcedure: 'summary' })
  assert.equal(dueOf(preTrialMediation, entrusted, 'mediate-entrusted'), '2024-05-15')
  assert.throws(() => take(preTrialMediation, entrusted, 'extend', '2024-05-16', both), refusedWith('extension-after-limit'))
})

test('人民调解法第三十三条：自协议生效之日起三十日内共同申请司法确认；委托调解的不适用', () => {
  const agreed = take(preTrialMediation, mediating(false), 'agree', '2024-05-24', {
    ...agreement,
    deliveredOn: '2024-05-24',
    filedWithCourtOn: '2024-05-24',
  })
  assert.equal(dueOf(preTrialMediation, agreed, 'confirm'), '2024-06-24')
  const both = { appliedBy: ['plaintiff', 'defendant'] }
  const applied = take(preTrialMediation, agreed, 'apply-confirmation', '2024-06-24', both)
  assert.deepEqual([applied.state, runsOf(preTrialMediation, applied, 'confirm', calendar)[0]!.state], ['succeeded', 'stopped'])
  assert.throws(() => take(preTrialMediation, agreed, 'apply-confirmation', '2024-06-25', both), refusedWith('confirmation-out-of-time'))
  assert.throws(
    () => take(preTrialMediation, agreed, 'apply-confirmation', '2024-06-03', { appliedBy: ['plaintiff'] }),
    refusedWith('both-must-apply'),
  )
})

test('民事诉讼法：2021年底以前的案件引第一百二十二条（2017年文本，待核实），其后引第一百二十五条', () => {
  const article = (definition: Definition): unknown[] =>
    [definition.steps['intake']!.article].flat().map((one) => [one.law, one.version, one.article, one.standing])
  assert.deepEqual(article(preTrialMediationUntil2021)[0], ['民事诉讼法', '2017-06-27', '122', 'unverified'])
  assert.deepEqual(article(preTrialMediation)[0], ['民事诉讼法', '2023-09-01', '125', undefined])
})
