import assert from 'node:assert/strict'
import { canonicalList, checkReveals, commitment, countsOf, draw, hashOf, inspectorOrder, inspectorsSorted, planHash } from './sampling.ts'
import { Refusal } from '#engine/refusal.ts'
import { test } from 'node:test'
import example from './worked-example.json' with { type: 'json' }
import type { Plan, Revealed } from './sampling.ts'

const plan = example as unknown as Plan
const { secrets } = example
const revealed: Revealed = { commitments: example.commitments, secrets, beaconValue: example.beacon.value }
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test('the worked example of the specification, every value on the way', () => {
  assert.equal(hashOf(canonicalList(plan.objects)), example.objectsHash)
  assert.equal(hashOf(canonicalList(plan.inspectors)), example.inspectorsHash)
  assert.deepEqual(countsOf(plan), example.counts)
  assert.equal(planHash(plan), example.planHash)
  for (const [party, secret] of Object.entries(secrets))
    assert.equal(commitment(example.planHash, party, secret), example.commitments[party as keyof typeof secrets])
  const made = draw(plan, revealed)
  assert.equal(made.seed, example.seed)
  assert.deepEqual(made.drawn, example.drawn)
  assert.deepEqual(made.teams, example.teams)
  const seed = Uint8Array.fromHex(made.seed)
  for (const [object, order] of Object.entries(example.orders))
    assert.deepEqual([...inspectorOrder(inspectorsSorted(plan), seed, object)], order, object)
})

test('a secret that is missing, another, or nobody’s makes the draw void', () => {
  const hash = planHash(plan)
  const other = { ...secrets, market: '23'.repeat(32) }
  assert.throws(() => draw(plan, { ...revealed, secrets: other }), refused('reveal-mismatch'))
  assert.throws(() => checkReveals(hash, { ...revealed, secrets: { market: secrets.market } }), refused('reveal-mismatch'))
  assert.throws(() => checkReveals(hash, { ...revealed, secrets: { ...secrets, third: '33'.repeat(32) } }), refused('reveal-mismatch'))
  assert.throws(() => checkReveals(hash, { commitments: { market: revealed.commitments['market']! }, secrets }), refused('too-few-parties'))
})

test('a list that was changed after it was frozen is another plan', () => {
  const changed = { ...plan, objects: plan.objects.slice(1) }
  assert.throws(() => draw(changed, revealed), refused('reveal-mismatch'))
  assert.deepEqual(draw({ ...plan, objects: plan.objects.toReversed() }, revealed), draw(plan, revealed), 'the order of entry is nothing')
})

test('a recused inspector is passed over, and the walk goes on in the same order', () => {
  const [object] = example.drawn as [string]
  const order = example.orders[object as keyof typeof example.orders]
  const { teams } = draw(plan, { ...revealed, recused: { [object]: [order[0]!] } })
  assert.deepEqual(teams[object], ['SC0005', 'SC0003'])
  assert.deepEqual(teams[example.drawn[1]!], example.teams[example.drawn[1] as keyof typeof example.teams])
  assert.throws(() => draw(plan, { ...revealed, recused: { [object]: ['SC0004', 'SC0005'] } }), refused('not-enough-inspectors'))
})

test('bad lists and shares are refused', () => {
  const with_ = (part: Partial<Plan>): Plan => ({ ...plan, ...part })
  for (const objects of [
    [
      ['a', 'A'],
      ['a', 'A'],
    ],
    [['', 'A']],
    [['a\tb', 'A']],
  ] as Plan['objects'][])
    assert.throws(() => planHash(with_({ objects })), refused('sampling-list-invalid'))
  for (const share of [-1, 1001, 0.5, undefined])
    assert.throws(() => planHash(with_({ permille: { ...plan.permille, A: share } as Plan['permille'] })), refused('ratio-invalid'))
  assert.deepEqual(countsOf(with_({ permille: { A: 0, B: 1, C: 1000, D: 1 } })), { A: 0, B: 1, C: 2, D: 1 })
})

test('ids are ordered by their bytes, rare characters included', () => {
  // By UTF-16 𠮷 (D842…) would come before ｚ (FF5A).
  assert.equal(
    canonicalList([
      ['𠮷', 'A'],
      ['ｚ', 'A'],
      ['Z', 'A'],
      ['a', 'A'],
      ['䶮', 'A'],
    ]),
    'Z\tA\na\tA\n䶮\tA\nｚ\tA\n𠮷\tA\n',
  )
})

test('a second implementation, from the specification and Web Crypto alone, agrees on a thousand draws', async () => {
  const random = randomFrom(20200901)
  for (let round = 0; round < 1000; round += 1) {
    const classes = ['A', 'B', 'C', 'D'].slice(0, 1 + random(4))
    const organs = ['fire', 'market', '城管'].slice(0, 1 + random(3))
    const made: Plan = {
      plan: `2020-DR-${round}`,
      objects: Array.from({ length: 1 + random(40) }, (_, i) => [`${'对象x𠮷'[random(4)]}${i}`, classes[random(classes.length)]!] as const),
      inspectors: Array.from({ length: 12 + random(30) }, (_, i) => [`SC${random(9)}${i}`, organs[i % organs.length]!] as const),
      permille: Object.fromEntries(classes.map((one) => [one, random(1001)])),
      team: organs.length + random(2),
      organs,
      drawNotBefore: '2020-09-01T09:00+08:00',
      beacon: { source: 'ssq', reference: '2020088' },
    }
    const own = Object.fromEntries(['justice-bureau', 'market', '监督'].slice(0, 2 + random(2)).map((party) => [party, secretFrom(random)]))
    const hash = planHash(made)
    const { teams, drawn, seed } = draw(made, {
      secrets: own,
      commitments: Object.fromEntries(Object.entries(own).map(([party, secret]) => [party, commitment(hash, party, secret)])),
      beaconValue: `${round}`,
    })
    assert.deepEqual({ seed, drawn, teams }, await secondly(made, own, `${round}`), `draw ${round}`)
  }
})

/** The same from §§1–12 of the protocol, word for word: whole lists are shuffled, nothing is remembered, hashes are the platform's. */
async function secondly(p: Plan, own: Readonly<Record<string, string>>, beacon: string) {
  const utf8 = (text: string) => new TextEncoder().encode(text)
  const hex = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('hex')
  const H = async (text: string) => hex(await crypto.subtle.digest('SHA-256', utf8(text)))
  const bytewise = (a: string, b: string) => Buffer.compare(utf8(a), utf8(b))
  const list = (rows: readonly (readonly [string, string])[]) => rows.toSorted((a, b) => bytewise(a[0], b[0]))
  const lines = (rows: readonly (readonly [string, string])[]) =>
    list(rows)
      .map(([id, other]) => `${id}\t${other}\n`)
      .join('')
  const classes = [...new Set(p.objects.map(([, one]) => one))].sort(bytewise)
  const n = (one: string) => Math.floor((p.objects.filter(([, its]) => its === one).length * p.permille[one]! + 999) / 1000)
  const text =
    `yifa-sampling-v1\nplan:${p.plan}\nobjects:${await H(lines(p.objects))}\ninspectors:${await H(lines(p.inspectors))}\n` +
    `counts:${classes.map((one) => `${one}=${n(one)}`).join(',')}\nteam:${p.team}\norgans:${p.organs.toSorted(bytewise).join(',')}\n` +
    `draw-not-before:${p.drawNotBefore}\nbeacon:${p.beacon.source}:${p.beacon.reference}\n`
  const ordered = Object.keys(own)
    .sort(bytewise)
    .map((party) => `${own[party]}\n`)
  const seed = await crypto.subtle.digest('SHA-256', utf8(`${await H(text)}\n${ordered.join('')}${beacon}\n`))
  const key = await crypto.subtle.importKey('raw', seed, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const first = async (ids: readonly string[], k: number, label: string) => {
    const all = [...ids]
    const numbers: bigint[] = []
    let block = 0
    for (let i = 0; i < k; i += 1) {
      const m = BigInt(all.length - i)
      for (;;) {
        if (numbers.length === 0) {
          const made = Buffer.from(await crypto.subtle.sign('HMAC', key, utf8(`${label}#${block}`)))
          block += 1
          numbers.push(...[0, 8, 16, 24].map((at) => made.readBigUInt64BE(at)))
        }
        const u = numbers.shift()!
        if (u >= 2n ** 64n - (2n ** 64n % m)) continue
        const j = i + Number(u % m)
        ;[all[i], all[j]] = [all[j]!, all[i]!]
        break
      }
    }
    return all.slice(0, k)
  }
  const drawn: string[] = []
  for (const one of classes) {
    const ids = list(p.objects)
      .filter(([, its]) => its === one)
      .map(([id]) => id)
    drawn.push(...(await first(ids, n(one), `objects/${one}`)))
  }
  const teams: Record<string, string[]> = {}
  const people = list(p.inspectors)
  for (const object of drawn) {
    const order = await first(
      people.map(([id]) => id),
      people.length,
      `inspectors/${object}`,
    )
    const team: string[] = []
    const there = () => new Set(team.map((one) => people.find(([id]) => id === one)![1]))
    for (const person of order) {
      if (team.length === p.team) break
      team.push(person)
      if (p.team - team.length < p.organs.filter((organ) => !there().has(organ)).length) team.pop()
    }
    teams[object] = team
  }
  return { seed: hex(seed), drawn, teams }
}

/** Numbers below `m` that are the same in every run. */
function randomFrom(seed: number): (m: number) => number {
  let state = seed
  return (m) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * m)
  }
}

function secretFrom(random: (m: number) => number): string {
  return Buffer.from(Array.from({ length: 32 }, () => random(256))).toString('hex')
}
