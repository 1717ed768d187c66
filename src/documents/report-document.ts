import { officialDate, officialTime } from './chinese-date.ts'
import { dateIn, instantOf, instantText } from '#engine/day.ts'
import { say } from '#engine/words.ts'
import type { AnnualReport, ReportSection } from '#readings/annual-report.ts'
import type { Block, OfficialDocument } from './official-document.ts'
import type { Language } from '#engine/words.ts'

/**
 * The year's report as an official document, for DOCX, PDF and print: its chapters, and at the end how its figures came about. The figures in
 * its sentences carry their ids.
 */
export function reportDocument(report: AnnualReport, language: Language = 'zh'): OfficialDocument {
  return {
    kind: 'notice',
    title: say(report.title, language),
    body: [...report.sections.flatMap((section) => sectionBlocks(section, language)), ...provenance(report, language)],
    signatory: say(report.issuer, language),
    date: dateIn(instantText(instantOf(report.at))),
    sealPlace: true,
  }
}

function sectionBlocks({ number, level, label, heading, paragraphs }: ReportSection, language: Language): Block[] {
  const head: Block[] =
    number === '0'
      ? []
      : [{ kind: 'heading', level, text: `${say(label, language)}${language === 'zh' ? '' : ' '}${say(heading, language)}` }]
  return [...head, ...paragraphs.map((paragraph): Block => ({ kind: 'paragraph', text: paragraph[language] }))]
}

function provenance(report: AnnualReport, language: Language): Block[] {
  return [
    { kind: 'heading', level: 1, text: say(['数据说明', 'Note on the figures'], language) },
    ...provenanceLines(report, language).map((text): Block => ({ kind: 'paragraph', text })),
  ]
}

/** Where the figures come from, what contradicts, and under which checkpoint: a reader of the paper can ask for each. */
export function provenanceLines({ period, at, figures, findings, checkpoint, notes = [] }: AnnualReport, language: Language): string[] {
  const notBuilt = figures.filter(({ status }) => status === 'not-built').length
  const computed = figures.length - notBuilt
  if (language === 'zh') {
    return [
      `本报告数据的统计期间为${officialDate(period.from)}至${officialDate(period.until)}，于${officialTime(at)}由办案记录计算。共${figures.length}项数据，其中${computed}项已计算${notBuilt > 0 ? `，${notBuilt}项所属系统待建` : ''}。`,
      ...(findings.length > 0 ? [`数据校核发现${findings.length}处矛盾：${findings.map(findingZh).join('；')}。`] : []),
      ...notes.map(({ name, note }) => `${name[0]}：${note[0]}`),
      ...(checkpoint ? checkpointLines(checkpoint, language) : []),
    ]
  }
  return [
    `The figures are of the period from ${period.from} to ${period.until} and were computed from the case records at ${at}. Of ${figures.length} figures ${computed} are computed${notBuilt > 0 ? `; the systems of ${notBuilt} are not built yet` : ''}.`,
    ...(findings.length > 0
      ? [
          `Contradictions between figures: ${findings.map(({ words, statement, finding }) => words?.[1] ?? `${statement}: ${finding}`).join('; ')}.`,
        ]
      : []),
    ...notes.map(({ name, note }) => `${name[1]}: ${note[1]}`),
    ...(checkpoint ? checkpointLines(checkpoint, language) : []),
  ]
}

function findingZh({ words, statement, finding }: AnnualReport['findings'][number]): string {
  return words?.[0] ?? `${statement}：${finding}`
}

/** What a signed checkpoint commits to; its root in a line of its own, in which nothing is pushed apart. */
function checkpointLines(checkpoint: string, language: Language): string[] {
  const [origin = '', size = '', root = '', ...rest] = checkpoint.split('\n\n')[0]!.split('\n')
  const at = rest.find((line) => line.startsWith('at '))?.slice(3)
  if (at === undefined) return [checkpoint]
  return language === 'zh'
    ? [`存证账本${origin}于${officialTime(at)}封存${size}条，其树根为：`, root]
    : [`The ledger ${origin} was sealed at ${at} with ${size} leaves; its root:`, root]
}
