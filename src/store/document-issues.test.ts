import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { documentDigests, documentKey } from './document-digests.ts'
import { documentIssues } from './document-issues.ts'
import { example, exampleSystem } from '#engine/example.ts'
import { loadRegisters } from './registers.ts'
import { openCase, takeStep } from './take-step.ts'
import { openStore } from './store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { registers } from '#registers/registers.ts'
import { SYSTEM } from '#engine/apply-step.ts'
import { system as documentIssue } from '#procedures/document-issue/system.ts'
import type { Office } from './take-step.ts'
import type { Reader } from './scope.ts'
import type { Store } from './store.ts'
import type { System } from '#engine/system.ts'

const { suspend, resume } = example.steps
const telling: System = {
  ...exampleSystem,
  definitions: [
    {
      ...example,
      steps: { ...example.steps, suspend: { ...suspend!, produces: ['notice'] }, resume: { ...resume!, produces: ['notice'] } },
    },
  ],
}
const everything: Reader = {
  scopes: ['example', 'document-issue'].map((procedure) => ({ procedure, organ: null })),
  person: '',
}
const at = '2024-03-08T10:00+08:00'
let root: string
let store: Store

before(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'yifa-issues-'))
  fs.chmodSync(root, 0o755) // the database's user must reach it
  store = await openStore({ folder: path.join(root, 'data'), region: '321302', as: 'own' })
  await loadRegisters(store, registers, SYSTEM, '2019-01-02T09:00+08:00')
})

after(async () => {
  await store?.close()
  fs.rmSync(root, { recursive: true, force: true })
})

test('a document that two steps of a case make is two documents: each is approved for itself', async () => {
  const office: Office = { store, catalogue: [telling, documentIssue], calendar: publishedCalendar }
  const clerk = { post: 'clerk', person: '虚构甲', organ: 'justice' }
  const receive = { step: 'receive', input: { receivedOn: '2024-03-05', applicant: { name: '虚构某甲' } }, by: clerk }
  const { theCase } = await openCase(office, 'example', { ...receive, at: '2024-03-05T10:00+08:00' })
  await takeStep(office, theCase.id, { step: 'suspend', input: { since: '2024-03-06', reason: '等待鉴定意见' }, by: clerk, at })
  await takeStep(office, theCase.id, { step: 'resume', input: { until: '2024-03-07' }, by: clerk, at })

  const digests = await documentDigests(office, theCase.id)
  assert.deepEqual([...digests.keys()].sort(), [documentKey(2, 'notice'), documentKey(3, 'notice')])
  const drafter = { post: 'drafter', person: '虚构甲', organ: 'justice' }
  const submitted = await Promise.all(
    [2, 3].map((seq) =>
      openCase(office, 'document-issue', {
        step: 'submit',
        input: {
          submittedOn: '2024-03-08',
          issuedCase: theCase.id,
          caseNumber: theCase.number,
          documentSeq: seq,
          documentId: 'notice',
          documentName: '通知书',
          documentSha256: digests.get(documentKey(seq, 'notice'))!,
          issuingOrgan: 'justice',
        },
        by: drafter,
        at,
      }),
    ),
  )
  const by = { post: 'approver', person: '虚构乙', organ: 'justice' }
  const back = { step: 'return', input: { returnedOn: '2024-03-08', returnReason: '请补充依据' }, by, at }
  await takeStep(office, submitted[0]!.theCase.id, back)
  const issues = await documentIssues(store, theCase.id, everything)
  assert.deepEqual(
    issues.map(({ seq, document, state }) => [seq, document, state]),
    [
      [2, 'notice', 'returned'],
      [3, 'notice', 'submitted'],
    ],
  )
})
