/**
 * Where a rule stands. The project stores where and a few key words, never the statute's text.
 *
 * `standing` marks what is not national law: `local` (set by the place, default given), `platform` (the law is silent; our rule)
 * or `unverified` (known, its text could not be read). Such rules are shown as such and never produce a finding of unlawfulness.
 */
export interface Citation {
  /** Short title, e.g. `行政复议法`. */
  readonly law: string
  /** Adoption date of the version cited, as in the statute library's file names; absent for what has no versions. */
  readonly version?: string
  /** Article: `62`, or `39(1)6` = article 39, paragraph 1, item 6. */
  readonly article?: string
  /** A few words that stand in that article, verbatim. */
  readonly words?: string
  readonly standing?: 'local' | 'platform' | 'unverified'
}

/**
 * Cites one version of a statute: `const act = statute('行政复议法', '2023-09-01')`, then `act(62, '自受理申请之日起六十日内')`.
 *
 * @param law short title, without 中华人民共和国
 * @param version adoption date of the version, `YYYY-MM-DD`
 */
export function statute(law: string, version: string): (article: number | string, words?: string) => Citation {
  return (article, words) =>
    words === undefined ? { law, version, article: String(article) } : { law, version, article: String(article), words }
}

/** Cites a document that is no statute (a notice, a standard): `paper('国办发〔2020〕53号')`. */
export function paper(title: string, standing?: Citation['standing']): Citation {
  return standing === undefined ? { law: title } : { law: title, standing }
}

/** A rule that the place sets; the default given is to be confirmed there. */
export const local: Citation = { law: '地方规定', standing: 'local' }

/** A rule fixed by the platform because the law is silent. */
export const platform: Citation = { law: '平台规则', standing: 'platform' }

const STANDING = {
  local: ['地方规定，待确认', 'local rule, to be confirmed'],
  platform: ['平台规则', 'platform rule'],
  unverified: ['待核实', 'unverified'],
} as const

/** `行政复议法（2023年修订）第六十二条`-like: law, version year, article, and its standing if it is not plain law. */
export function cited(citation: Citation, language: 'zh' | 'en' = 'zh'): string {
  const year = citation.version ? `(${citation.version.slice(0, 4)})` : ''
  const article = citation.article ? (language === 'zh' ? `第${citation.article}条` : ` §${citation.article}`) : ''
  const standing = citation.standing ? `［${STANDING[citation.standing][language === 'zh' ? 0 : 1]}］` : ''
  return citation.standing && citation.standing !== 'unverified' && !citation.article
    ? STANDING[citation.standing][language === 'zh' ? 0 : 1]
    : `${citation.law}${year}${article}${standing}`
}
