import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { attachingSystem, exampleOffice, people } from './example-office.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { randomOf } from '#readings/random.ts'
import type { ExampleOffice } from './example-office.ts'
import type { InjectOptions } from 'fastify'
import type { JsonSchema } from '#readings/api-schema.ts'
import type { Viewer } from '#identity/viewer.ts'
import type { Random } from '#readings/random.ts'

// From the description of the API alone: what it says can be sent, and everything that it does not. Whoever breaks it finds the request in the
// message; the seed makes it come again.

const REQUESTS = Number(process.env['YIFA_FUZZ_REQUESTS'] ?? 20_000)
const SEED = Number(process.env['YIFA_FUZZ_SEED'] ?? 1)
const AT_ONCE = 12

/** Everything personal that stands in the place. Only who handles the cases may ever be shown any of it. */
const SECRETS = ['虚构秘密人', '13900000077']
/** Who may not read them, whatever they send. */
const OUTSIDERS = ['supervisor', 'elsewhere', 'system', 'audit', 'nobody'] as const
const SENDERS = [...OUTSIDERS, 'clerk', 'colleague', 'head', 'everywhere'] as const

/** The example, of which cases are there, and every system, so that every form and condition is met. */
const everything = [attachingSystem, ...catalogue]
const senders: Readonly<Record<string, Viewer>> = {
  ...people,
  // Holds every post of every system but the example, whose cases are the ones with something to hide.
  everywhere: {
    person: '虚构辛',
    holdings: catalogue.flatMap(({ id, definitions }) =>
      Object.entries(definitions.at(-1)!.posts).map(([post, { organ }]) => ({
        key: `${id}/${post}`,
        post,
        organ: organ ?? 'justice',
        procedures: [id],
        as: 'regular' as const,
      })),
    ),
  },
}

interface Operation {
  readonly method: string
  readonly path: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: JsonSchema }[]
  readonly body: JsonSchema | undefined
}

let own: ExampleOffice
let operations: readonly Operation[]
let schemas: Readonly<Record<string, JsonSchema>>
let cases: readonly string[]

before(async () => {
  const limits = { person: 1e9, client: 1e9, address: 1e9, running: 1e9 }
  own = await exampleOffice({ limits, catalogue: everything, identify: async (headers) => senders[String(headers['x-person'])] })
  cases = await Promise.all(Array.from({ length: 8 }, () => own.opened('虚构秘密人')))
  const phone = { receivedOn: '2024-03-04', applicant: { name: '虚构秘密人', phone: '13900000077' } }
  await own.as('clerk', 'POST', '/api/v1/cases', { procedure: 'example', step: 'receive', input: phone })
  const document = (await own.as(undefined, 'GET', '/api/v1/openapi.json')).json() as {
    paths: Record<string, Record<string, any>>
    components: { schemas: Record<string, JsonSchema> }
  }
  ;({ schemas } = document.components)
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters: parameters as Operation['parameters'],
      body: requestBody?.content['application/json'].schema as JsonSchema | undefined,
    })),
  )
  const others = await openedOfEach()
  assert.ok(others.length >= catalogue.length / 2, `${others.length} cases of other systems`)
  cases = [...cases, ...others]
})
after(() => own.close())

/** One case of each system, opened by what its description says: the first of the generated inputs that no condition refuses. */
async function openedOfEach(): Promise<string[]> {
  const ids: string[] = []
  for (const form of operations.find(({ method, path }) => method === 'POST' && path === '/cases')!.body![
    'oneOf'
  ] as readonly JsonSchema[]) {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const answer = await own.as('everywhere', 'POST', '/api/v1/cases', valueOf(form, randomOf(SEED, 'opening', attempt), false))
      if (answer.statusCode !== 201) continue
      ids.push((answer.json() as { id: string }).id)
      break
    }
  }
  return ids
}

test(
  `${REQUESTS} generated requests: no failure of ours, no stack, nothing personal for who may not see it`,
  { timeout: 900_000 },
  async () => {
    const statuses = new Map<string, number>()
    const problems: string[] = []
    let next = 0
    const sender = async (): Promise<void> => {
      for (let number = next++; number < REQUESTS; number = next++) {
        const { person, ...request } = requestOf(randomOf(SEED, number), number)
        const answer = await own.app.inject(request as InjectOptions)
        const wrong = wrongWith(person, request.method, answer)
        if (wrong.length > 0 && problems.length < 20)
          problems.push(
            `${wrong.join(', ')}: request ${number} of seed ${SEED}, ${JSON.stringify(request).slice(0, 1500)}: ${answer.statusCode} ${answer.body.slice(0, 300)}`,
          )
        const key = `${request.method} ${answer.statusCode}`
        statuses.set(key, (statuses.get(key) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, sender))

    assert.deepEqual(problems, [])
    // Requests that are all refused at the door would prove nothing.
    for (const some of ['GET 200', 'POST 201', 'PUT 200', 'DELETE 204', 'POST 422', 'POST 400', 'GET 404', 'POST 403', 'POST 409'])
      assert.ok((statuses.get(some) ?? 0) >= 10, `${some}: ${statuses.get(some) ?? 0} of ${JSON.stringify([...statuses])}`)
    assert.equal((await own.as(undefined, 'GET', '/ready')).statusCode, 200)
  },
)

/** What an answer must never be, whatever was asked. */
function wrongWith(person: string, method: string, answer: Awaited<ReturnType<ExampleOffice['as']>>): string[] {
  const { statusCode, body, headers } = answer
  const wrong: string[] = []
  if (statusCode >= 500) wrong.push('a failure of ours')
  if (/node:internal|\n\s+at .+:\d+:\d+|\.ts:\d+|syntax error at|pg_|violates /.test(body)) wrong.push('our insides')
  const isOutsider = (OUTSIDERS as readonly string[]).includes(person)
  if (isOutsider && SECRETS.some((secret) => (body + JSON.stringify(headers)).includes(secret))) wrong.push('personal data')
  if (statusCode >= 400 && method !== 'HEAD') {
    const { code, message, basis, remedy } = answer.json() as Record<string, unknown>
    if ([code, message, basis, remedy].some((part) => typeof part !== 'string')) wrong.push('not the shape of a refusal')
  }
  return wrong
}

function requestOf(random: Random, number: number) {
  const operation = random.pick(operations.map((one) => [one, one.body ? 3 : 1]))
  const wild = random.chance(0.5)
  const person = random.pick(SENDERS.map((one) => [one, one === 'clerk' || one === 'everywhere' ? 6 : 1]))
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(pathPart(name, random, wild).toWellFormed()))
  const query = operation.parameters
    .filter((one) => one.in === 'query' && (one.required || random.chance(0.5)))
    .map(({ name, schema }) => `${name}=${encodeURIComponent(queryText(schema, random, wild).toWellFormed())}`)
  const body = operation.body && (random.chance(0.02) ? broken(random) : JSON.stringify(valueOf(operation.body, random, wild)))
  const url = `/api/v1${operation.path === '/' ? '/' : path}${query.length > 0 ? `?${query.join('&')}` : ''}`
  return {
    person,
    method: operation.method,
    url: random.chance(0.01)
      ? `${url}${random.pick([
          ['%', 1],
          ['%00', 1],
          ['/../..', 1],
          ['?a=%ED%A0%80', 1],
        ])}`
      : url,
    headers: {
      'x-person': person,
      ...(operation.method === 'POST' && !random.chance(0.02)
        ? { 'idempotency-key': `fuzz-${SEED}-${random.chance(0.05) ? 7 : number}` }
        : {}),
      ...(body === undefined ? {} : { 'content-type': random.chance(0.02) ? 'text/plain' : 'application/json' }),
      ...(operation.path.startsWith('/files') && random.chance(0.7) ? tusHeaders(operation.method, random) : {}),
      ...(random.chance(0.02) ? { authorization: `Bearer yifa_${textOf(random).replace(/[^\w]/g, '')}` } : {}),
      ...(random.chance(0.02)
        ? {
            range: random.pick([
              ['bytes=0-1', 1],
              ['bytes=9-1', 1],
              ['bytes=-', 1],
              ['lines=1', 1],
            ]),
          }
        : {}),
    },
    ...(body === undefined ? {} : { payload: body }),
  }
}

function tusHeaders(method: string, random: Random): Record<string, string> {
  const name = Buffer.from(
    random.pick([
      ['a.pdf', 3],
      ['𠮷.txt', 1],
      ['x.exe', 1],
      ['../a.pdf', 1],
      ['', 1],
    ]),
  ).toString('base64')
  return {
    'tus-resumable': random.chance(0.95) ? '1.0.0' : '9',
    ...(method === 'POST'
      ? {
          'upload-length': random.pick([
            ['10', 3],
            ['0', 1],
            ['-1', 1],
            ['1000000000000', 1],
            ['x', 1],
          ]),
          'upload-metadata': `filename ${name}`,
        }
      : {}),
    ...(method === 'PATCH' ? { 'upload-offset': String(random.whole(-1, 5)), 'content-type': 'application/offset+octet-stream' } : {}),
  }
}

/** An id that is there, one that is not, one of another kind. */
function pathPart(name: string, random: Random, wild: boolean): string {
  const there = cases[random.whole(0, cases.length - 1)]!
  if (!wild)
    return name === 'step'
      ? random.pick([
          ['accept', 1],
          ['suspend', 1],
          ['receive', 1],
        ])
      : name === 'target' && random.chance(0.3)
        ? 'example'
        : there
  return random.pick<string>([
    [there, 4],
    [there.toUpperCase(), 1],
    ['00000000-0000-4000-8000-000000000000', 2],
    ['------------------------------------', 1],
    ['constructor', 1],
    ['__proto__', 1],
    ['1', 1],
    ["' or 1=1 --", 1],
    [textOf(random), 2],
  ])
}

function queryText(schema: JsonSchema, random: Random, wild: boolean): string {
  const value = valueOf(schema, random, wild)
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** A value of a schema; a wild one is now and then of another. */
function valueOf(schema: JsonSchema, random: Random, wild: boolean, depth = 0): unknown {
  if (wild && random.chance(depth === 0 ? 0.03 : 0.08)) return anything(random)
  const ref = schema['$ref'] as string | undefined
  if (ref !== undefined) return valueOf(schemas[ref.split('/').at(-1)!]!, random, wild, depth)
  const forms = schema['oneOf'] as readonly JsonSchema[] | undefined
  // Of many forms the example's first: there are cases that its steps can be taken in.
  if (forms)
    return valueOf(forms[random.whole(0, random.chance(0.4) ? Math.min(7, forms.length - 1) : forms.length - 1)]!, random, wild, depth)
  if ('const' in schema) return schema['const']
  const choices = schema['enum'] as readonly unknown[] | undefined
  if (choices) return choices[random.whole(0, choices.length - 1)]
  switch (schema['type']) {
    case 'object':
      return recordOf(schema, random, wild, depth)
    case 'array': {
      const length = random.whole(Number(schema['minItems'] ?? 0), Math.min(3, Number(schema['maxItems'] ?? 3)))
      return Array.from({ length }, () => valueOf((schema['items'] ?? {}) as JsonSchema, random, wild, depth + 1))
    }
    case 'integer':
      return random.whole(Number(schema['minimum'] ?? 0), Math.min(Number(schema['maximum'] ?? 5), 5))
    case 'number':
      return random.whole(0, 1000) / 7
    case 'boolean':
      return random.chance(0.5)
    case 'string':
      return stringOf(schema, random, wild)
    default:
      return wild ? anything(random) : {}
  }
}

function recordOf(schema: JsonSchema, random: Random, wild: boolean, depth: number): unknown {
  const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>)
  const required = new Set((schema['required'] ?? []) as readonly string[])
  const given = properties
    .filter(([name]) => (required.has(name) ? !wild || !random.chance(0.04) : random.chance(0.4)))
    .map(([name, one]) => [name, valueOf(one, random, wild, depth + 1)] as const)
  return Object.fromEntries(wild && random.chance(0.05) ? [...given, [textOf(random), anything(random)]] : given)
}

function stringOf({ format, pattern }: JsonSchema, random: Random, wild: boolean): string {
  if (wild && random.chance(0.1)) return textOf(random)
  if (format === 'date') return `2024-0${random.whole(1, 3)}-0${random.whole(1, 9)}`
  if (format === 'date-time') return `2024-03-0${random.whole(1, 4)}T10:00+08:00`
  if (format === 'uuid') return cases[random.whole(0, cases.length - 1)]!
  if (typeof pattern === 'string' && pattern.includes('a-f')) return '0'.repeat(64)
  return random.pick([
    ['（演示）情况复杂', 3],
    ['clerk', 1],
    ['example', 1],
    ['justice', 1],
  ])
}

/** Text that somebody will enter one day: empty, endless, of rare characters, of two directions, of markup, of what no database keeps. */
function textOf(random: Random): string {
  return random.pick<string>([
    ['', 1],
    [' ', 1],
    ['𠮷䶮', 2],
    ['👩‍👩‍👧‍👦', 1],
    ['\u202eevil\u2066', 1],
    ['a\u0000b', 1],
    ['\ud842', 1],
    ['<script>alert(1)</script>', 1],
    ['=cmd|calc', 1],
    ["'; drop table case_file; --", 1],
    ['{{7*7}}', 1],
    ['__proto__', 1],
    ['constructor', 1],
    ['長'.repeat(5000), 1],
    ['2024-02-30', 1],
    ['9999999999', 1],
    ['321303', 1],
  ])
}

function anything(random: Random): unknown {
  return random.pick<unknown>([
    [null, 2],
    [true, 1],
    [-1, 1],
    [1.5, 1],
    [1e308, 1],
    [2 ** 53, 1],
    [textOf(random), 4],
    [[], 1],
    [{}, 1],
    [[[[[]]]], 1],
    [[null], 1],
    [{ name: null }, 1],
    [{ name: '虚构', extra: { deep: [1, '2'] } }, 1],
    [Array.from({ length: 300 }, (_, index) => index), 1],
  ])
}

function broken(random: Random): string {
  return random.pick([
    ['{', 1],
    ['', 1],
    ['null', 1],
    ['[]', 1],
    ['"text"', 1],
    ['{"__proto__":{"x":1}}', 1],
    ['{"constructor":{"prototype":1}}', 1],
    [`${'['.repeat(9000)}${']'.repeat(9000)}`, 1],
    ['{"a":1e999}', 1],
  ])
}
