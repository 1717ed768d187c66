import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentArticle, documentPage } from './html.ts'
import { decision, letter } from './samples.ts'

test('hostile text is shown, never run', () => {
  const page = documentPage(decision)
  assert.doesNotMatch(page, /<script/i)
  assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt; #evil\[x\] \*bold\* \$x\$/)
  assert.doesNotMatch(page, /[\u202a-\u202e\u2066-\u2069]/, 'no mark turns the direction of writing')
  assert.doesNotMatch(page, / on\w+=| style=/, 'nothing that a strict content policy would stop, but for the style element')
})

test('headings, tables, lists and the date are what they are', () => {
  const article = String(documentArticle(decision))
  assert.match(article, /<h1>宿城区人民政府<br>行政复议决定书<\/h1>/)
  assert.match(article, /<h2 class="level-1">一、申请人的请求<\/h2>/)
  assert.match(article, /<th scope="col">证明内容<\/th>/)
  assert.match(article, /<dt>申请人<\/dt><dd>张㛃，住宿城区幸福路12号<\/dd>/)
  assert.match(article, /<time datetime="2024-04-28">2024年4月28日<\/time>/)
  assert.match(article, /<li>证据目录<\/li><li>授权委托书<\/li>/)
})

test('a figure is a link where its records can be shown, and plain text elsewhere', () => {
  const linked = String(documentArticle(decision, { figureHref: (figure) => `/figures/${figure}` }))
  assert.match(linked, /办结<a class="figure" href="\/figures\/cases &quot;closed&quot;">2663<\/a>件/)
  assert.match(String(documentArticle(decision)), /全年共办结2663件。/)
})

test('10.1: a letter shows no printing office', () => {
  assert.match(String(documentArticle(decision)), /宿城区人民政府办公室/)
  assert.doesNotMatch(String(documentArticle(letter)), /宿城区人民政府办公室/)
})
