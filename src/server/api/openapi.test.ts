import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exampleOffice } from '../../../tools/e2e/example-office.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'

let own: ExampleOffice
before(async () => {
  own = await exampleOffice()
})
after(() => own.close())

interface Described {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Record<string, any>>>
  readonly components: { readonly schemas: Record<string, any> }
}

const described = async (language = 'zh') =>
  (await own.as(undefined, 'GET', '/api/v1/openapi.json', undefined, { 'accept-language': language })).json() as Described

test('every route is in the description by being there, and says what it is for', async () => {
  const { openapi, paths } = await described()
  assert.equal(openapi, '3.1.0')
  for (const path of [
    '/cases',
    '/cases/{id}',
    '/cases/{id}/steps',
    '/files',
    '/files/{id}',
    '/drafts/{target}/{step}',
    '/clients',
    '/webhooks',
  ])
    assert.ok(paths[path], path)
  const silent = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { summary }]) => (summary ? [] : [`${method} ${path}`])),
  )
  assert.deepEqual(silent, [], 'a route says what it is for in `schema.summary`, see described.ts')
  assert.deepEqual(Object.keys(paths['/files/{id}']!).sort(), ['delete', 'get', 'head', 'patch'])
})

test('a step’s form is read off its definition; what is referred to exists', async () => {
  const document = await described('en')
  const { schemas } = document.components
  const decide = schemas['example.2020-01-01.decide']
  assert.deepEqual(decide.required, ['decidedOn', 'reason', 'officer'])
  assert.equal(decide.properties.reason.title, 'Reason')
  assert.deepEqual(
    decide['x-refusals'].map(({ code }: { code: string }) => code),
    ['reason-too-short', 'officer-not-in-force'],
  )
  const openings = document.paths['/cases']!['post']!['requestBody'].content['application/json'].schema.oneOf
  assert.deepEqual(
    openings.map((one: any) => [one.properties.procedure.const, one.properties.step.const, one.properties.input.$ref]),
    [['example', 'receive', '#/components/schemas/example.2020-01-01.receive']],
  )
  for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    assert.ok(schemas[name!], `${name} is referred to`)
  const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId as string))
  assert.equal(new Set(ids).size, ids.length)
})

test('the readable page says the same, in both languages, without a script', async () => {
  for (const [language, word] of [
    ['zh', '办理一步'],
    ['en', 'Take a step'],
  ] as const) {
    const answer = await own.as(undefined, 'GET', '/api/v1/', undefined, { 'accept-language': language })
    assert.equal(answer.statusCode, 200)
    assert.ok(answer.body.includes(word))
    assert.match(answer.body, /example\.2020-01-01\.suspend/)
    assert.match(answer.body, /reason-too-short/)
    assert.doesNotMatch(answer.body, /<script| style="/)
    assert.match(String(answer.headers['content-security-policy']), /^default-src 'none'/)
  }
})
