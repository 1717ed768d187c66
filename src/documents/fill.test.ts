import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DocumentTemplate } from '#engine/document-template.ts'
import { Refusal } from '#engine/refusal.ts'
import { fieldsNamed, fill } from './fill.ts'
import { plainText } from './official-document.ts'

const template: DocumentTemplate = {
  id: 'penalty-decision',
  name: ['行政处罚决定书', 'Decision on an administrative penalty'],
  series: 'penalty',
  title: '{issuer}\n行政处罚决定书',
  addressee: '{party.name}',
  body: [
    {
      fields: [
        ['当事人', '{party.name}'],
        ['住址', '{party.address}'],
      ],
    },
    '{filedOn:date}立案，适用{track}，听证时间为{heardAt:time}。',
    { heading: '一、违法事实', level: 1 },
    '{facts}',
    { paragraph: '（{index}）{name}，证明{proves}', each: 'evidence' },
    { paragraph: '决定罚款{fine:money}，并处{measures:list}。', when: 'fine' },
    { paragraph: '决定不予处罚。', unless: 'fine' },
    { paragraph: '本案经听证。', when: { track: 'ordinary' } },
    { table: { columns: ['序号', '证据'], each: 'evidence', row: ['{index}', '{name}'] } },
    '本决定自{date}起生效（{filedOn:dateCn}）。',
  ],
  signatory: '{issuer}',
  copies: '{copies}',
  fields: ['party', 'filedOn', 'track', 'heardAt', 'facts', 'evidence', 'fine', 'measures', 'copies'],
}

const values = {
  party: { name: '宿城区甲{餐饮}店', address: '幸福路12号' },
  filedOn: '2024-01-05',
  track: 'ordinary',
  heardAt: '2024-02-01T09:30+08:00',
  facts: '未取得许可。\n\n经营三日。',
  evidence: [
    { name: '笔录', proves: '经营事实' },
    { name: '照片', proves: '现场情况' },
  ],
  fine: 500050,
  measures: ['没收违法所得', '责令停业'],
  copies: '宿城区司法局',
}

const options = {
  issuer: '宿城区市场监督管理局',
  number: '宿区市监罚〔2024〕8号',
  date: '2024-03-05',
  labels: { track: { ordinary: '普通程序' } },
}

function paragraphs(filled: ReturnType<typeof fill>): string[] {
  return filled.body.flatMap((block) => (block.kind === 'paragraph' ? [plainText(block.text)] : []))
}

test('a template filled: formats, labels, lists, repetition, conditions', () => {
  const filled = fill(template, values, options)
  assert.equal(filled.title, '宿城区市场监督管理局\n行政处罚决定书')
  assert.deepEqual(paragraphs(filled), [
    '2024年1月5日立案，适用普通程序，听证时间为2024年2月1日9时30分。',
    '未取得许可。',
    '经营三日。',
    '（1）笔录，证明经营事实',
    '（2）照片，证明现场情况',
    '决定罚款5000.50元，并处没收违法所得、责令停业。',
    '本案经听证。',
    '本决定自2024年3月5日起生效（二〇二四年一月五日）。',
  ])
  assert.deepEqual(filled.body.find((block) => block.kind === 'table')!.rows, [
    ['1', '笔录'],
    ['2', '照片'],
  ])
  assert.equal(filled.kind, 'decision')
  assert.equal(filled.sealPlace, true)
})

test('a value is never read as a template: braces that somebody typed stay', () => {
  const filled = fill(template, { ...values, facts: '{fine:money}{' }, options)
  assert.equal(filled.addressee, '宿城区甲{餐饮}店')
  assert.ok(paragraphs(filled).includes('{fine:money}{'))
})

test('what is missing is refused, all of it at once, in both languages', () => {
  const { filedOn: _, evidence: __, ...rest } = values
  try {
    fill(template, { ...rest, facts: ' ', party: { name: '甲店' } }, options)
    assert.fail('it was filled')
  } catch (error) {
    assert.ok(error instanceof Refusal)
    assert.equal(error.code, 'document.field-missing')
    assert.equal(error.on('zh').message, '《行政处罚决定书》缺少：party.address、filedOn、facts、evidence。')
    assert.match(error.on('en').message, /lacks: party\.address, filedOn, facts, evidence\./)
    assert.ok(error.on('zh').basis && error.on('en').remedy)
  }
})

test('what a condition leaves out need not be there', () => {
  const { fine: _, measures: __, ...rest } = values
  assert.ok(paragraphs(fill(template, rest, options)).includes('决定不予处罚。'))
  const simple = fill(template, { ...values, track: 'simplified' }, options)
  assert.ok(!paragraphs(simple).includes('本案经听证。'))
})

test('a document that is not issued has no number; a number without a number is refused', () => {
  const { number: _, ...unnumbered } = options
  assert.ok(!('number' in fill(template, values, unnumbered)))
  for (const number of ['〔2020〕 号', '宿区行复〔2020〕号', '宿区行复〔2020〕×号', '{series}〔2020〕1号', '宿区行复（2020）1号', '']) {
    assert.throws(() => fill(template, values, { ...options, number }), { code: 'document.number-invalid' }, number)
  }
  for (const number of ['宿区行复〔2024〕1号', '第12号']) assert.equal(fill(template, values, { ...options, number }).number, number)
})

test('lists of fields that a condition parts are one list again; what a repetition makes stays apart', () => {
  const body: DocumentTemplate['body'] = [
    { fields: [['甲', '{facts}']] },
    { fields: [['乙', '{absent}']], when: 'absent' },
    { fields: [['丙', '{copies}']], when: 'copies' },
    { fields: [['证据', '{name}']], each: 'evidence' },
  ]
  const filled = fill({ ...template, body }, { ...values, facts: '有' }, options).body
  assert.deepEqual(
    filled.map((block) => (block.kind === 'fields' ? block.fields.map(({ label }) => label).join('') : block.kind)),
    ['甲丙', '证据', '证据'],
  )
})

test('a template that is wrong is a defect, not a refusal', () => {
  for (const body of [['{facts'], ['{facts:loud}'], ['facts}']]) {
    assert.throws(
      () => fill({ ...template, body }, values, options),
      (error) => error instanceof Error && !(error instanceof Refusal),
    )
  }
})

test('fields named by a template can be compared with those it declares', () => {
  assert.deepEqual(new Set(fieldsNamed(template)), new Set(template.fields))
})
