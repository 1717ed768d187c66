import assert from 'node:assert/strict'
import ExcelJS from 'exceljs'
import { after, before, test } from 'node:test'
import { calendarInForce } from '#store/calendar-in-force.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { codeOf } from './browser-of-tests.ts'
import { dayOf } from '#engine/day.ts'
import { exampleOffice } from '../../../tools/e2e/example-office.ts'
import { sampleOf } from '../template-sample.ts'
import type { CalendarInForce } from '#store/calendar-in-force.ts'
import type { CalendarsJson, ScheduleImportJson } from './calendars.ts'
import type { ExampleOffice } from '../../../tools/e2e/example-office.ts'
import type { NumberGapsJson, NumberSeriesJson } from './number-series.ts'
import type { TemplateVersionJson } from './templates.ts'

let office: ExampleOffice
let calendar: CalendarInForce

before(async () => {
  office = await exampleOffice({ calendarChanged: async () => calendar.refresh() })
  calendar = await calendarInForce(office.office.store)
})
after(() => office.close())

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64')
const years = async (): Promise<CalendarsJson> => (await office.as('system', 'GET', '/api/v1/calendars')).json()
const send = (person: string, url: string, file: string) => office.as(person, 'POST', url, { file })

async function sheet(rows: readonly (readonly unknown[])[]): Promise<string> {
  const book = new ExcelJS.Workbook()
  const page = book.addWorksheet('x')
  page.addRow(['日期', '放假或上班'])
  for (const row of rows) page.addRow([...row])
  return Buffer.from(await book.xlsx.writeBuffer()).toString('base64')
}

test('a schedule is previewed, imported and counted on; the clocks that move are told without their cases', async () => {
  office.now = '2026-12-28T10:00:00+08:00'
  const { id } = (
    await office.as('clerk', 'POST', '/api/v1/cases', {
      procedure: 'example',
      step: 'receive',
      input: { receivedOn: '2026-12-28', applicant: { name: '虚构甲' } },
    })
  ).json<{ id: string }>()
  const before2027 = (await years()).years.find(({ year }) => year === 2027)!
  assert.deepEqual([before2027.provisional, before2027.versions], [true, []])

  const file = base64({ 2027: { holidays: ['2027-01-01', '2027-01-04'], workdays: [] } })
  const preview = (await send('system', '/api/v1/calendars/previews', file)).json<ScheduleImportJson>()
  assert.deepEqual(preview.years, [{ year: 2027, isNew: true, holidays: 2, workdays: 0, changed: ['2027-01-01', '2027-01-04'] }])
  assert.ok(preview.clocks >= 1)
  assert.ok(!JSON.stringify(preview).includes(id), 'an administrator sees no case')
  assert.equal((await years()).years.find(({ year }) => year === 2027)!.provisional, true, 'a preview writes nothing')
  assert.equal(calendar.isPublished(dayOf('2027-01-04')), false)

  for (const person of ['clerk', 'audit', 'head'])
    assert.equal(codeOf(await send(person, '/api/v1/calendars', file)), 'permission.not-administrator', person)
  const done = await send('system', '/api/v1/calendars', file)
  assert.equal(done.statusCode, 201, done.body)
  assert.deepEqual(done.json<ScheduleImportJson>().moved, preview.moved)
  const after2027 = (await years()).years.find(({ year }) => year === 2027)!
  assert.deepEqual([after2027.provisional, after2027.versions.map(({ version }) => version)], [false, [1]])
  assert.equal(calendar.isWorkingDay(dayOf('2027-01-04')), false, 'who counts follows')
  const { rows } = await office.office.store.pool.query<{ what: unknown }>(
    "select payload->'what' as what from ledger_leaf where kind = 'administration' order by id desc limit 1",
  )
  assert.deepEqual(rows[0]!.what, { did: 'import-schedule', years: [2027] })
})

test('a sheet of days: every wrong row is told, and nothing is imported while one is', async () => {
  const bad = await sheet([
    ['2028-01-03', '放假'],
    ['2028-02-30', '放假'],
    ['2028-01-03', '上班'],
    ['2028-01-08', 'perhaps'],
    [null, null],
  ])
  const { errors, clocks } = (await send('system', '/api/v1/calendars/previews', bad)).json<ScheduleImportJson>()
  assert.deepEqual(
    errors.map(({ row, column }) => [row, column]),
    [
      [3, '日期'],
      [4, '日期'],
      [5, '放假或上班'],
    ],
  )
  assert.equal(clocks, 0)
  assert.equal(codeOf(await send('system', '/api/v1/calendars', bad)), 'schedule.rows-wrong')
  const good = await sheet([
    ['2028-01-03', '放假'],
    [new Date('2028-01-08T00:00:00Z'), 'work'],
  ])
  assert.equal((await send('system', '/api/v1/calendars', good)).statusCode, 201)
  const of2028 = (await years()).years.find(({ year }) => year === 2028)!
  assert.deepEqual([of2028.holidays, of2028.workdays], [['2028-01-03'], ['2028-01-08']])
})

test('what is no schedule is refused, and no failure of ours', async () => {
  for (const [file, code] of [
    [Buffer.from('no').toString('base64'), 'import.unreadable'],
    [Buffer.from('PKno').toString('base64'), 'import.unreadable'],
    [base64({ 2027: 5 }), 'schedule.invalid'],
    [base64({ 2027: null }), 'schedule.invalid'],
    [base64({ 2027: { holidays: [1], workdays: [] } }), 'schedule.invalid'],
    [base64([]), 'schedule.invalid'],
    [base64({ 2027: { holidays: ['2027-02-30'], workdays: [] } }), 'date.invalid'],
    [base64({ 2027: { holidays: ['2026-02-03'], workdays: [] } }), 'calendar.day-of-other-year'],
  ] as const) {
    for (const url of ['/api/v1/calendars/previews', '/api/v1/calendars']) {
      const answer = await send('system', url, file)
      assert.equal(codeOf(answer), code, `${url} ${answer.body}`)
      assert.ok(answer.statusCode < 500)
    }
  }
})

test('templates are listed by version with what they print, and shown as a sample', async () => {
  const versions = (await office.as('clerk', 'GET', '/api/v1/templates')).json<TemplateVersionJson[]>()
  const [{ procedure, from, templates }] = versions as [TemplateVersionJson]
  const [template] = templates
  assert.ok(template && template.steps.length > 0)
  const page = await office.as('clerk', 'GET', `/api/v1/templates/${procedure}/${from}/${template.id}.html`)
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /〔制作机关〕/)
  assert.equal(page.headers['x-frame-options'], 'SAMEORIGIN')
  for (const wrong of [`${procedure}/${from}/constructor.html`, `${procedure}/1999-01-01/${template.id}.html`, `none/${from}/x.pdf`])
    assert.equal((await office.as('clerk', 'GET', `/api/v1/templates/${wrong}`)).statusCode, 404, wrong)
})

for (const definition of catalogue.flatMap(({ definitions }) => definitions))
  for (const template of Object.values(definition.parts.documents))
    test(`${definition.id} ${definition.inForce.from} · ${template.id} can be shown as a sample`, () => {
      assert.ok(sampleOf(template, definition, '2024-03-05').title.length > 0)
    })

test('number series: what they number, how far they came, and which numbers nothing bears', async () => {
  office.now = '2024-03-05T10:00:00+08:00'
  await office.opened()
  await office.opened()
  const all = (await office.as('system', 'GET', '/api/v1/number-series')).json<NumberSeriesJson[]>()
  const own = all.find(({ series }) => series === '示例')!
  const of2024 = own.years.find(({ year }) => year === 2024)!
  assert.deepEqual([of2024.last, of2024.lastNumber], [2, '示例〔2024〕2号'])
  const gaps = async () =>
    (await office.as('system', 'GET', `/api/v1/number-series/gaps?series=${encodeURIComponent('示例')}&year=2024`)).json<NumberGapsJson>()
  assert.deepEqual(await gaps(), { gaps: [], more: false })
  await office.office.store.pool.query("update number_series set last = 4 where series = '示例' and year = 2024")
  assert.deepEqual(await gaps(), { gaps: [3, 4], more: false })
  assert.equal(codeOf(await office.as('clerk', 'GET', '/api/v1/number-series')), 'permission.not-administrator')
})
