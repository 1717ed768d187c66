import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { statute } from '#engine/citation.ts'
import { statutes } from '#law/statutes.ts'
import { articlesIn, checkCitation, numberOf, openLibrary, readStatute } from './citations.ts'

/** No law: made up to hold every layout. */
const MADE_UP = `# 试验法

2020年1月1日 通过

<!-- INFO END -->

为了试验，制定本法。

## 第一章　总则

第一条　试验应当公开。

依照第二条进行的试验，自受理之 日起五日内完成：

（一）有方案；

1.方案的一部分；

（二）有人员。

有争议的，适用第三条第二款。

### 第一节 试验
\u200b
## 第二条
二日内通知。

**第二条之一** 三日内通知。

第三条 (十一)不是项。`

test('articles are told from references, headings and the preamble', () => {
  const articles = articlesIn(MADE_UP)
  assert.deepEqual([...articles.keys()], ['1', '2', '2-1', '3'])
  assert.equal(articles.get('2'), '二日内通知。')
  assert.equal(articles.get('2-1'), '三日内通知。')
  assert.ok(articles.get('1')!.endsWith('第三条第二款。'))
})

test('Chinese numerals', () => {
  const numerals = {
    一: 1,
    十: 10,
    十一: 11,
    二十: 20,
    九十九: 99,
    一百: 100,
    一百零五: 105,
    二百〇四: 204,
    三百一十: 310,
    一千二百六十: 1260,
  }
  for (const [numeral, number] of Object.entries(numerals)) assert.equal(numberOf(numeral), number)
})

test('words are looked for in the article, paragraph and item named', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'statutes-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(path.join(folder, '试验法(2020-01-01).md'), MADE_UP)
  const library = openLibrary(folder)
  const act = statute('试验法', '2020-01-01')
  const problem = (article: string, words?: string): string | undefined => checkCitation(library, act(article, words))?.code

  assert.equal(problem('1', '自受理之日起五日内完成'), undefined)
  assert.equal(problem('1(2)'), undefined)
  assert.equal(problem('1(2)1', '方案的一部分'), undefined)
  assert.equal(problem('1(2)2', '有人员'), undefined)
  assert.equal(problem('12', '有人员'), 'article-missing')
  assert.equal(problem('1(1)', '五日内'), 'words-missing')
  assert.equal(problem('1', '五日内,'), 'words-missing')
  assert.equal(problem('1(9)'), 'part-missing')
  assert.equal(problem('1(2)3'), 'part-missing')
  assert.equal(problem('第一条'), 'article-missing')
  assert.equal(checkCitation(library, { law: '试验法', version: '2019-01-01', article: '1' })?.code, 'text-missing')
  assert.equal(checkCitation(library, { law: '地方规定', standing: 'local' }), undefined)
})

const LIBRARY = path.join(import.meta.dirname, '../../../shared/law/statutes')
const skip = existsSync(LIBRARY) ? false : `no statute library at ${LIBRARY}`

test('shared library: 行政复议法 gives sixty days in 62 (2023) and 31 (2017)', { skip }, () => {
  const library = openLibrary(LIBRARY)
  assert.equal(checkCitation(library, statute('行政复议法', '2023-09-01')('62(1)', '自受理申请之日起六十日内')), undefined)
  assert.equal(checkCitation(library, statute('行政复议法', '2017-09-01')('31', '自受理申请之日起六十日内')), undefined)
  assert.equal(checkCitation(library, statute('行政复议法', '2017-09-01')('62', '六十日'))?.code, 'article-missing')
  assert.equal(checkCitation(library, statute('行政复议法', '2023-09-01')('39(1)6', '申请人和被申请人同意中止')), undefined)
  assert.equal(checkCitation(library, statute('行政复议法', '2023-09-01')('39(1)5', '同意中止'))?.code, 'words-missing')
})

test('shared library: laws are found by short title, and 民法典 and the undated interpretation without a date', { skip }, () => {
  const library = openLibrary(LIBRARY)
  assert.equal(checkCitation(library, statute('特邀调解规定', '2016-06-28')('27', '调解期限为30日')), undefined)
  assert.equal(checkCitation(library, statute('民法典', '2020-05-28')('202', '到期月的对应日')), undefined)
  assert.equal(checkCitation(library, { law: '检察公益诉讼解释', article: '13', words: '公告期间为三十日' }), undefined)
  assert.equal(checkCitation(library, { law: '行政复议法', article: '1' })?.code, 'text-missing')
})

const files = skip ? [] : readdirSync(LIBRARY).filter((name) => name.endsWith('.md'))
for (const file of files) {
  test(`shared library: ${file} is numbered without gaps`, () => {
    const [, title, version] = /^(.*?)(?:\((\d{4}-\d{2}-\d{2})\))?\.md$/.exec(file)!
    const numbers = [...(readStatute(LIBRARY, title!, version) ?? articlesIn('')).keys()]
    assert.ok(numbers.length > 0)
    assert.deepEqual(
      numbers,
      numbers.map((_, at) => String(at + 1)),
    )
  })
}

test('shared library: every file is a version in the table', { skip }, () => {
  const known = statutes.filter(({ law, version }) => readStatute(LIBRARY, law, version))
  assert.equal(known.length, files.length)
})
