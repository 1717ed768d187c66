import type { When } from './definition.ts'
import type { Words } from './words.ts'

/**
 * A document 文书 as a procedure writes it down: plain data, in which `{field}` stands for a value of the case.
 *
 * A placeholder is `{field}`, `{field:format}` or `{field.part}` (`{applicant.name}`). `{issuer}`, `{number}` and `{date}` are the office, the
 * number and the day of this document; `{deadlines.decide}` is the last day of the clock `decide` as the case stood then. A field with supplied labels prints its label; a list prints its entries joined by 、.
 *
 * | format | value | prints |
 * |---|---|---|
 * | `date` | `2024-03-05` or an instant | 2024年3月5日 |
 * | `dateCn` | the same | 二〇二四年三月五日 |
 * | `time` | `2024-03-05T10:15+08:00` | 2024年3月5日10时15分 |
 * | `money` | 500050 (fen) | 5000.50元 |
 * | `list` | a list | its entries joined by 、 |
 */
export interface DocumentTemplate {
  readonly id: string
  readonly name: Words
  /** Id of the series that numbers it; absent: the document bears no number. */
  readonly series?: string
  /** `letter`: 信函格式 under a red head. Default `decision`. */
  readonly kind?: DocumentKind
  /** 发文机关标志; absent: the document begins with its title, as decisions and records do. */
  readonly redHead?: string
  /** A line break `\n` in the title is kept: 宿城区人民政府\n行政复议决定书. */
  readonly title: string
  /** 主送机关 or the person addressed, without the colon. */
  readonly addressee?: string
  readonly body: readonly TemplateBlock[]
  readonly attachments?: readonly string[]
  readonly signatory: string
  /** `false`: the document is signed, not sealed. */
  readonly seal?: false
  /** 抄送. */
  readonly copies?: string
  /** The case's fields that the document asks for. */
  readonly fields: readonly string[]
}

export type DocumentKind = 'letter' | 'decision' | 'notice' | 'record'

/** A piece of the body; a bare string is a paragraph. A value of several lines makes several paragraphs. */
export type TemplateBlock =
  | string
  | ({ readonly paragraph: string } & Condition & Repetition)
  | ({ readonly heading: string; readonly level: 1 | 2 | 3 | 4 } & Condition)
  | ({ readonly fields: readonly (readonly [label: string, value: string])[] } & Condition & Repetition)
  | ({ readonly table: TemplateTable } & Condition)

/** One row for each record of the list field `each`; `{index}` is the record's number. */
export interface TemplateTable {
  readonly caption?: string
  readonly columns: readonly string[]
  readonly each: string
  readonly row: readonly string[]
}

/** A field's name asks whether it has a value (absent, empty, `false` and `[]` are none); facts ask for their values. */
interface Condition {
  readonly when?: string | When
  readonly unless?: string | When
}

/** Once for each entry of a list field; its parts are named directly, a list of bare values as `{entry}`, its number as `{index}`. */
interface Repetition {
  readonly each?: string
}
