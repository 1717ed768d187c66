import type { DocumentKind } from '#engine/document-template.ts'

/**
 * One official document 公文, ready to be set: pure data, which html.ts, docx.ts and pdf.ts lay out alike.
 * The names of the elements and their places are those of GB/T 9704-2012.
 */
export interface OfficialDocument {
  readonly kind: DocumentKind
  /** 发文机关标志, set in red over a red line; absent: the document begins with its title. */
  readonly redHead?: string
  /** 发文字号, `宿区行复〔2024〕1号`; a document that has not been issued has none. */
  readonly number?: string
  /** 密级和保密期限. */
  readonly classification?: string
  /** 紧急程度. */
  readonly urgency?: string
  /** 标题; a line break `\n` is kept, a long title is broken into balanced lines. */
  readonly title: string
  /** 主送机关, without the colon. */
  readonly addressee?: string
  readonly body: readonly Block[]
  /** 附件: names, without numbers. */
  readonly attachments?: readonly string[]
  /** 发文机关署名. */
  readonly signatory: string
  /** 成文日期, `2020-12-28`, printed 2020年12月28日. */
  readonly date: string
  /** Whether room is left for the seal 印章 over signatory and date. */
  readonly sealPlace: boolean
  /** 抄送, without the label and the full stop. */
  readonly copies?: string
  /** 印发机关和印发日期. */
  readonly printedBy?: { readonly organ: string; readonly date: string }
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Text }
  /** Level 1 一、 in 黑体, 2 （一） in 楷体, 3 `1.` and 4 （1） in 仿宋. The number is part of the text. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: Text }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly Text[])[]; readonly caption?: string }
  /** Label and value; in a record a ruled form, elsewhere a line each. */
  | { readonly kind: 'fields'; readonly fields: readonly { readonly label: string; readonly value: Text }[] }

/** Plain text, or runs of it of which some are figures of the annual report. */
export type Text = string | readonly Run[]

/** `figure` is the id of the indicator behind the text: a link in HTML, plain text on paper. */
export type Run = string | { readonly text: string; readonly figure?: string }

/** The text without its marks. */
export function plainText(text: Text): string {
  return typeof text === 'string' ? text : text.map((run) => (typeof run === 'string' ? run : run.text)).join('')
}

/** Every text the document prints, for search and for asking whether the fonts can print it. */
export function everyText(document: OfficialDocument): string {
  const body = document.body.flatMap((block) => {
    if (block.kind === 'table') return [block.caption ?? '', ...block.columns, ...block.rows.flat().map(plainText)]
    if (block.kind === 'fields') return block.fields.flatMap(({ label, value }) => [label, plainText(value)])
    return [plainText(block.text)]
  })
  const { redHead, number, classification, urgency, title, addressee, attachments, signatory, copies, printedBy } = document
  return [redHead, number, classification, urgency, title, addressee, ...body, ...(attachments ?? []), signatory, copies, printedBy?.organ]
    .filter((text) => text)
    .join('\n')
}

/**
 * The document without what cannot be printed: control characters (XML forbids them), halves of surrogate pairs, and the marks that turn
 * the direction of writing. No Chinese or English text needs those, and with one of them a name typed into a form could turn round
 * how the rest of the line reads.
 */
export function printable(document: OfficialDocument): OfficialDocument {
  return cleaned(document) as OfficialDocument
}

// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g

function cleaned(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .toWellFormed()
      .replace(/\r\n?|\u2028|\u2029/g, '\n')
      .replace(UNPRINTABLE, '')
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cleaned(part)]))
  return value
}
