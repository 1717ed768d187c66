import assert from 'node:assert/strict'
import { endingOf, typeOf } from './file-kind.ts'
import { test } from 'node:test'
import { zipSync } from 'fflate'

const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n')
const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])
const types = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
const docx = Buffer.from(zipSync({ '[Content_Types].xml': Buffer.from(types), 'word/document.xml': Buffer.from('<w/>') }))

test('an ending that may be uploaded', () => {
  assert.equal(endingOf('投诉材料.PDF'), 'pdf')
  assert.equal(endingOf('协议.v2.docx'), 'docx')
  for (const name of ['run.exe', 'page.html', 'none', '.pdf.', 'x.constructor', 'a.svg']) assert.equal(endingOf(name), undefined, name)
})

test('a content is what its ending says', async () => {
  assert.equal(await typeOf('pdf', pdf), 'application/pdf')
  assert.match((await typeOf('docx', docx)) ?? '', /wordprocessingml/)
  assert.equal(await typeOf('ofd', Buffer.from(zipSync({ 'OFD.xml': Buffer.from('<ofd/>') }))), 'application/zip')
  assert.equal(await typeOf('txt', Buffer.from('申请人𠮷䶮')), 'text/plain')
  assert.equal(await typeOf('csv', Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x31])), 'text/plain') // 姓名,1 in GB 18030
})

test('a content that lies about itself is none', async () => {
  assert.equal(await typeOf('pdf', exe), undefined)
  assert.equal(await typeOf('jpg', pdf), undefined)
  assert.equal(await typeOf('txt', exe), undefined)
  assert.equal(await typeOf('txt', Buffer.from('  <!DOCTYPE html><script>')), undefined)
  assert.equal(await typeOf('docx', Buffer.from(zipSync({ 'x.js': Buffer.from('1') }))), undefined)
})
