import { Refusal } from '#engine/refusal.ts'
import type { FastifyInstance } from 'fastify'

/** Deeper than any input that a definition asks for. */
const DEEPEST = 30

/**
 * Refuses what no database keeps and no ledger hashes: the character U+0000, half of a surrogate pair, a body nested without end.
 *
 * @throws Refusal `request.unreadable`
 */
export function refuseUnreadableText(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ params, query, body }) => {
    const waiting: { value: unknown; depth: number }[] = [params, query, body].map((value) => ({ value, depth: 0 }))
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { value, depth } = next
      if (typeof value === 'string' && !isKeepable(value)) throw unreadableText()
      if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue
      if (depth > DEEPEST) throw unreadableText()
      for (const [name, part] of Object.entries(value)) waiting.push({ value: name, depth }, { value: part, depth: depth + 1 })
    }
  })
}

function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function unreadableText(): Refusal {
  return new Refusal({
    code: 'request.unreadable',
    exit: 2,
    message: ['请求中有无法保存的字符，或层次过深。', 'The request holds characters that cannot be kept, or is nested too deep.'],
    basis: ['文字须为完整的 Unicode，不含空字符。', 'Text is whole Unicode without the character U+0000.'],
    remedy: ['请删去该字符后重发。', 'Remove the character and send it again.'],
  })
}
