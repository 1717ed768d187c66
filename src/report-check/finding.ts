import { say } from '#engine/words.ts'
import type { Language, Words } from '#engine/words.ts'
import type { Kind } from './claim.ts'
import type { Reason } from './reasons.ts'

export type Verdict = 'contradictory' | 'consistent' | 'not-testable'

/** What one numeric claim of a report comes to. All values are exact and written as strings, so that a finding can be sent as JSON. */
export interface Finding {
  readonly verdict: Verdict
  readonly kind: Kind
  /** The whole sentence, in the characters that were printed. */
  readonly sentence: string
  readonly figures: readonly FigureFound[]
  readonly computation: Computation
  /** For a contradiction: the smallest corrections that would remove it. */
  readonly explanations?: readonly Explanation[]
  readonly where: {
    /** The number of the paragraph, from 1. */
    readonly paragraph: number
    /** Where the claim's first figure stands in the text given, in UTF-16 units. */
    readonly offset: number
  }
}

/** A figure as printed (`7007件`), its value (`7007`; a percentage as a number of hundredths, `38.02`), and where it stands in the text. */
export interface FigureFound {
  readonly printed: string
  readonly value: string
  readonly unit: string
  readonly role: 'part' | 'whole' | 'from' | 'to' | 'addend' | 'printed'
  readonly offset: number
}

export interface Computation {
  readonly zh: string
  readonly en: string
  readonly data: {
    readonly operation: 'quotient' | 'sum' | 'comparison' | 'none'
    /** The computation with its numbers: `2663 ÷ 7007`. */
    readonly expression?: string
    /** The exact result as a fraction: `2663/7007`; absent where a figure is only approximate. */
    readonly exact?: string
    /** The result in the digits of the figure printed: `38.00%`. */
    readonly rounded?: string
    readonly printed?: string
    /** Why the claim could not be tested. */
    readonly reason?: Reason
  }
}

export interface Explanation {
  readonly zh: string
  readonly en: string
  readonly data: {
    /** Which figure would be different. */
    readonly change: 'part' | 'whole' | 'printed'
    readonly from: string
    /** What it could be instead, the nearest first. */
    readonly to: readonly string[]
  }
}

/** How many findings there are of each verdict, and in all. */
export function summary(findings: readonly Finding[]): Record<Verdict | 'total', number> {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length
  return {
    contradictory: count('contradictory'),
    consistent: count('consistent'),
    'not-testable': count('not-testable'),
    total: findings.length,
  }
}

const VERDICTS: Readonly<Record<Verdict, Words>> = {
  contradictory: ['相互矛盾', 'contradictory'],
  consistent: ['一致', 'consistent'],
  'not-testable': ['无法核对', 'not testable'],
}

/**
 * The findings as text for a terminal: the counts first, then the contradictions, then what is consistent.
 * What cannot be tested is only counted, because most figures of a report stand alone; `all` lists it too.
 */
export function describeFindings(findings: readonly Finding[], language: Language, { all = false } = {}): string {
  const counts = summary(findings)
  const head = say(
    [
      `共找到 ${counts.total} 项数字陈述：相互矛盾 ${counts.contradictory} 项，一致 ${counts.consistent} 项，无法核对 ${counts['not-testable']} 项。`,
      `${counts.total} numeric claims: ${counts.contradictory} contradictory, ${counts.consistent} consistent, ${counts['not-testable']} not testable.`,
    ],
    language,
  )
  const order: Verdict[] = all ? ['contradictory', 'consistent', 'not-testable'] : ['contradictory', 'consistent']
  const listed = order.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict))
  return [head, ...listed.map((finding) => described(finding, language))].join('\n\n')
}

function described(finding: Finding, language: Language): string {
  const { paragraph, offset } = finding.where
  const place = say([`第 ${paragraph} 段，第 ${offset} 字起`, `paragraph ${paragraph}, offset ${offset}`], language)
  const lines = [
    `[${say(VERDICTS[finding.verdict], language)}] ${place}`,
    `  ${finding.sentence.replace(/\s+/g, ' ')}`,
    `  ${finding.computation[language]}`,
    ...(finding.explanations ?? []).map((explanation) => `  · ${explanation[language]}`),
  ]
  return lines.join('\n')
}
