import assert from 'node:assert/strict'
import fs from 'node:fs'
import { test } from 'node:test'
import { catalogue } from './catalogue.ts'
import { citationProblems, structureProblems } from '#cli/check.ts'
import { definitionHash, definitionJson } from '#readings/definition-json.ts'
import { definitionOn } from '#engine/system.ts'
import { Refusal } from '#engine/refusal.ts'

test('每个定义成立：状态可达、有出路、有责任岗位，期限可停止，所指的名称都存在', () => {
  assert.deepEqual(structureProblems(), [])
})

// A statute library is beside the checkout or named; the project itself stores no statute text.
const library = process.env['YIFA_STATUTES'] ?? '../shared/law/statutes'

test('每处引用的关键词都在该条文中', { skip: fs.existsSync(library) ? false : `no statute library at ${library}` }, () => {
  const { problems, checked } = citationProblems(library)
  assert.deepEqual(problems, [])
  assert.ok(checked > 20, `only ${checked} citations were checked`)
})

for (const definition of catalogue.flatMap(({ definitions }) => definitions)) {
  test(`${definition.id}@${definition.inForce.from}：可打印为 JSON 且不含函数，散列稳定`, () => {
    const printed = JSON.stringify(definitionJson(definition))
    assert.deepEqual(JSON.parse(printed), JSON.parse(JSON.stringify(JSON.parse(printed))))
    assert.match(definitionHash(definition), /^[0-9a-f]{64}$/)
  })
}

test('案件适用立案之日有效的版本；没有版本的日子被拒绝', () => {
  for (const system of catalogue) {
    for (const definition of system.definitions) {
      assert.equal(definitionOn(system, definition.inForce.from), definition)
      if (definition.inForce.until) assert.equal(definitionOn(system, definition.inForce.until), definition)
    }
    assert.throws(
      () => definitionOn(system, '1980-01-01'),
      (error) => error instanceof Refusal && error.code === 'version.none-in-force',
    )
  }
})
