import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clamdDouble } from '../../../tools/e2e/clamd-double.ts'
import { exampleOffice } from '../../../tools/e2e/example-office.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'

let clamd: Awaited<ReturnType<typeof clamdDouble>>
let own: ExampleOffice

before(async () => {
  clamd = await clamdDouble()
  process.env['YIFA_CLAMD'] = clamd.address
  own = await exampleOffice()
})

after(async () => {
  await own.close()
  clamd.close()
})

async function uploaded(content: string) {
  const tus = { 'tus-resumable': '1.0.0' }
  const begun = await own.as('clerk', 'POST', '/api/v1/files', undefined, {
    ...tus,
    'upload-length': String(content.length),
    'upload-metadata': `filename ${Buffer.from('材料.txt').toString('base64')}`,
  })
  const url = String(begun.headers['location'])
  const whole = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
  const answer = await own.as('clerk', 'PATCH', url, Buffer.from(content), whole)
  return { answer, kept: (await own.as('clerk', 'GET', url)).statusCode === 200 }
}

test('an upload is scanned: what holds something, and what could not be looked at, is not kept', async () => {
  const harmless = await uploaded('harmless')
  assert.deepEqual([harmless.answer.statusCode, harmless.kept], [204, true])
  const harmful = await uploaded('..EICAR..')
  assert.deepEqual([harmful.answer.json().code, harmful.kept], ['file.infected', false])
  assert.match(harmful.answer.json().message, /Eicar-Test/)
  clamd.close()
  const unseen = await uploaded('harmless')
  assert.deepEqual([unseen.answer.statusCode, unseen.answer.json().code, unseen.kept], [503, 'file.scanner-unreachable', false])
})
