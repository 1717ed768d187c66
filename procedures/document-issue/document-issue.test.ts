import assert from 'node:assert/strict'
import { applyStep } from '#engine/apply-step.ts'
import { documentIssue } from './definition.ts'
import { entryInForce } from '#engine/register.ts'
import { fieldsNamed, fill } from '#documents/fill.ts'
import { guards } from './guards.ts'
import { publishedCalendar as calendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import { registers } from '#registers/registers.ts'
import { runsOf } from '#engine/clocks.ts'
import { test } from 'node:test'
import vectors from './vectors.json' with { type: 'json' }
import type { Case } from '#engine/case.ts'
import type { Definition } from '#engine/definition.ts'

const definition: Definition = documentIssue
const CASE = '0190aaaa-0000-7000-8000-000000000001'
const [first, second] = ['a'.repeat(64), 'b'.repeat(64)]

/** What the file has now: the document of step 5 as submitted, unless a test corrects it. */
let inFile: Readonly<Record<string, string>> = {}
const around = {
  calendar,
  entryOn: (register: string, key: string, day: string) =>
    entryInForce(
      registers.find(({ id }) => id === register)!.entries.filter((entry) => entry.key === key),
      day,
    )?.value,
  stateOf: () => undefined,
  digestOf: (id: string, seq: number, document: string) => (id === CASE ? inFile[`${seq}/${document}`] : undefined),
}
const drafter = { post: 'drafter', organ: 'justice', person: '虚构拟稿' }
const head = { post: 'approver', organ: 'gov', person: '虚构签发' }
const keeper = { post: 'seal-keeper', organ: 'gov', person: '虚构用印' }

function take(before: Case | undefined, step: string, day: string, by: typeof drafter, input: Record<string, unknown>): Case {
  const after = applyStep(
    definition,
    before ?? { region: '321302', id: 'issue', number: '1', hash: '' },
    { step, input: { [definition.steps[step]!.on!]: day, ...input }, by, at: `${day}T10:00+08:00` },
    around,
  )
  for (const id of definition.steps[step]!.produces ?? []) {
    const template = definition.parts.documents[id]!
    assert.deepEqual([...template.fields].sort(), fieldsNamed(template).sort())
    fill(template, after.fields, { issuer: '宿城区人民政府', date: day })
  }
  return after
}

const document = { documentSeq: 5, documentId: 'decision', documentName: '行政复议决定书', documentNumber: '宿区行复决〔2024〕1号' }
function submitted(): Case {
  inFile = { '5/decision': first }
  return take(undefined, 'submit', '2024-03-04', drafter, {
    issuedCase: CASE,
    caseNumber: '宿区行复〔2024〕1号',
    ...document,
    documentSha256: first,
    issuingOrgan: 'gov',
  })
}
const agreed = { opinion: 'agreed' }
const refuses = (code: string, work: () => unknown): void => {
  assert.throws(work, (error) => error instanceof Refusal && error.code === code)
}

test('送审、退回、更正后重新送审、签发、用印', () => {
  const returned = take(submitted(), 'return', '2024-03-05', head, { returnReason: '漏写起诉期限。' })
  assert.equal(returned.state, 'returned')
  // The step is corrected: the document of step 5 is none any more, that of the correcting step is.
  inFile = { '9/decision': second }
  const again = { ...document, answer: '已补写起诉期限。' }
  refuses('document-changed', () => take(returned, 'resubmit', '2024-03-06', drafter, { ...again, documentSha256: first }))
  const resubmitted = take(returned, 'resubmit', '2024-03-06', drafter, { ...again, documentSeq: 9, documentSha256: second })
  const approved = take(resubmitted, 'approve', '2024-03-07', head, agreed)
  assert.equal(runsOf(definition, approved, 'approve', calendar).at(-1)!.late, false)
  assert.equal(take(approved, 'seal', '2024-03-08', keeper, { copies: 3 }).state, 'sealed')
})

test('签发之后文书有变的，不能用印；退回后才能继续', () => {
  const approved = take(submitted(), 'approve', '2024-03-05', head, agreed)
  inFile = { '9/decision': second }
  refuses('document-changed', () => take(approved, 'seal', '2024-03-06', keeper, { copies: 1 }))
  assert.equal(take(approved, 'return', '2024-03-06', keeper, { returnReason: '决定书已更正。' }).state, 'returned')
})

test('送审的不签发，签发的不用印；其他单位的也不', () => {
  refuses('step.not-apart', () => take(submitted(), 'approve', '2024-03-05', { ...head, person: drafter.person }, agreed))
  refuses('not-the-issuing-organ', () => take(submitted(), 'approve', '2024-03-05', { ...head, organ: 'justice' }, agreed))
  const approved = take(submitted(), 'approve', '2024-03-05', head, agreed)
  refuses('step.not-apart', () => take(approved, 'seal', '2024-03-06', { ...keeper, person: head.person }, { copies: 1 }))
  refuses('step.not-apart', () => take(approved, 'seal', '2024-03-06', { ...keeper, person: drafter.person }, { copies: 1 }))
  assert.equal(take(approved, 'withdraw', '2024-03-06', drafter, { withdrawReason: '不再制发。' }).state, 'withdrawn')
})

test('案卷中没有的文书不能送审', () => {
  refuses('document-changed', () =>
    take(undefined, 'submit', '2024-03-04', drafter, {
      issuedCase: CASE,
      caseNumber: '1',
      ...document,
      documentSeq: 6,
      documentSha256: first,
      issuingOrgan: 'gov',
    }),
  )
})

test('每一拒绝代码都有一例', () => {
  for (const code of Object.keys(guards))
    assert.ok(
      vectors.some(({ expect }) => 'reason' in expect && expect.reason === code),
      code,
    )
})
