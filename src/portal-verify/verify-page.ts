import { digestOf, verifyReceiptText } from './verify-receipt.ts'
import type { ReceiptChecked } from './verify-receipt.ts'

/**
 * What makes the form of the page check by itself: nothing is sent anywhere. Without it the form asks the server. The elements are those of
 * src/server/portal/verify-page.ts, by id.
 */

interface Element {
  value: string
  textContent: string
  hidden: boolean
  className: string
  readonly files: readonly Blob[] | null
  readonly dataset: Record<string, string | undefined>
  append(...nodes: unknown[]): void
  replaceChildren(...nodes: unknown[]): void
  setAttribute(name: string, value: string): void
  focus(): void
  addEventListener(kind: string, listener: (event: { preventDefault(): void }) => void): void
}

const { document, location } = globalThis as unknown as {
  document: {
    getElementById(id: string): Element | null
    createElement(name: string): Element
    readonly documentElement: { readonly lang: string }
  }
  location: { readonly hash: string; readonly protocol: string }
}
const byId = (id: string): Element => document.getElementById(id)!
const say = (zh: string, en: string): string => (document.documentElement.lang.startsWith('zh') ? zh : en)

const outcome = byId('outcome')
if (globalThis.crypto?.subtle === undefined) {
  line(
    'late-text',
    say(
      '此浏览器只在 https 或本机文件中提供密码运算；请下载独立核验页。',
      'This browser has no cryptography here: download the page that verifies by itself.',
    ),
  )
} else {
  byId('verify').addEventListener('submit', (event) => {
    event.preventDefault()
    void check()
  })
  byId('file').addEventListener('change', () => void check())
  // A receipt behind the # never leaves the browser.
  const carried = /^#receipt=(.+)$/.exec(location.hash)?.[1]
  if (carried !== undefined) {
    byId('receipt').value = decodeURIComponent(carried)
    void check()
  }
}

async function check(): Promise<void> {
  outcome.replaceChildren()
  const file = byId('file').files?.[0]
  const bytes = file ? new Uint8Array(await file.arrayBuffer()) : undefined
  const text = bytes === undefined ? byId('receipt').value : new TextDecoder().decode(bytes)
  if (bytes !== undefined && !/^\s*\{/.test(text)) return checkDocument(await digestOf(bytes))
  show(await verifyReceiptText(text, byId('key').value))
}

function show({ ok, problems, region, seq, at, sealedAt, index, size, leafHash }: ReceiptChecked): void {
  line(
    ok ? 'good-text' : 'late-text',
    ok ? say('回执真实，未被改动。', 'The receipt is genuine and unchanged.') : say('回执不成立：', 'The receipt does not hold:'),
  )
  for (const one of problems) line('late-text', `${one.problem}: ${say(one.zh, one.en)}`)
  if (!ok) return outcome.focus()
  line(
    '',
    say(
      `区划 ${region}，第 ${seq} 步，${at} 写入，${sealedAt} 封存。`,
      `Region ${region}, step ${seq}, written ${at}, sealed ${sealedAt}.`,
    ),
  )
  line('', say(`账本序号 ${index}，检查点共 ${size} 条。`, `Index ${index} of the ledger, under a checkpoint of ${size} leaves.`))
  line('hash', leafHash ?? '')
  line(
    'quiet',
    say('由本浏览器用页面上的公钥核验，没有发送任何内容。', 'Checked by this browser with the key on this page; nothing was sent.'),
  )
  outcome.focus()
}

/** What a file is a document of only the ledger can say: the digest is worked out here, and only it is sent, by the reader. */
function checkDocument(sha256: string): void {
  line('', say('文件的 SHA-256（在本浏览器中算出）：', 'SHA-256 of the file, worked out in this browser:'))
  line('hash', sha256)
  if (location.protocol === 'file:') line('quiet', say('请在门户的核验页查询这一摘要。', 'Look this digest up on the portal’s page.'))
  else {
    const link = document.createElement('a')
    link.setAttribute('href', `/portal/verify?sha256=${sha256}`)
    link.textContent = say('只以摘要查询账本（不上传文件）', 'Ask the ledger by the digest alone (the file is not sent)')
    outcome.append(link)
  }
  outcome.focus()
}

function line(className: string, text: string): void {
  const paragraph = document.createElement(className === 'hash' ? 'code' : 'p')
  paragraph.className = className
  paragraph.textContent = text
  outcome.append(paragraph)
}
