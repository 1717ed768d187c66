import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkReport } from './check-report.ts'
import { describeFindings, summary } from './finding.ts'
import type { Finding } from './finding.ts'
import { compare, minus, over, rational, roundTo, times, written } from './rational.ts'
import { CONSISTENT, CONTRADICTORY, NOT_TESTABLE } from './sentences.ts'

const told = (findings: readonly Finding[]) => findings.map(({ verdict, computation }) => `${verdict}: ${computation.zh}`).join('\n')
const contradictions = (text: string) => checkReport(text).filter(({ verdict }) => verdict === 'contradictory')

for (const text of CONTRADICTORY) {
  test(`contradictory · ${text}`, () => assert.equal(contradictions(text).length, 1, told(checkReport(text))))
}

for (const text of CONSISTENT) {
  test(`consistent · ${text}`, () => {
    assert.deepEqual(contradictions(text), [], told(checkReport(text)))
    assert.ok(
      checkReport(text).some(({ verdict }) => verdict === 'consistent'),
      told(checkReport(text)),
    )
  })
}

for (const text of NOT_TESTABLE) {
  test(`no contradiction · ${text}`, () => assert.deepEqual(contradictions(text), [], told(checkReport(text))))
}

test('2663 of 7007 is 38.00%, and 2664, 7004 or 7005 would have given 38.02%', () => {
  const [finding] = contradictions('前文。今年以來，共調解案件7007件，調解成功2663件，調成率為38.02%。後文。')
  assert.equal(finding?.sentence, '今年以來，共調解案件7007件，調解成功2663件，調成率為38.02%。')
  assert.deepEqual(
    finding.figures.map(({ printed, value, role }) => [printed, value, role]),
    [['2663件', '2663', 'part'], ['7007件', '7007', 'whole'], ['38.02%', '38.02', 'printed']], // prettier-ignore
  )
  assert.deepEqual(finding.computation.data, {
    operation: 'quotient',
    expression: '2663 ÷ 7007',
    printed: '38.02%',
    exact: '2663/7007',
    rounded: '38.00%',
  })
  assert.deepEqual(
    finding.explanations?.map(({ data }) => data),
    [
      { change: 'part', from: '2663', to: ['2664'] },
      { change: 'whole', from: '7007', to: ['7005', '7004'] },
      { change: 'printed', from: '38.02%', to: ['38.00%'] },
    ],
  )
  assert.match(finding.computation.en, /2663 ÷ 7007 = 38\.0048…%.*38\.00%.*38\.02%/)
})

test('a figure that was cut off instead of rounded is contradictory, and is said to be cut off', () => {
  const [finding] = contradictions('新受理行政复议案件151件，审结140件，结案率92.71%。')
  assert.equal(finding, undefined, 'the whole may hold cases carried over, so that a rate below the quotient is possible')
  const [cut] = contradictions('收到复议申请151件，受理140件，受理率92.71%。')
  assert.match(cut!.explanations!.at(-1)!.zh, /截去尾数/)
})

test('the places found are those of the text as it was given', () => {
  const text = '# 标题\r\n\r\n一、概况\r\n**調解**案件７００７件，\r\n調解成功 2663 件，調成率 38.02%。'
  const [finding] = contradictions(text)
  for (const figure of finding!.figures) assert.equal(text.slice(figure.offset, figure.offset + figure.printed.length), figure.printed)
  assert.equal(finding!.where.paragraph, 3)
  assert.ok(text.includes(finding!.sentence))
})

test('the summary counts what the description lists', () => {
  const findings = checkReport('共调解案件7007件，调解成功2663件，调成率为38.02%。政务新媒体由53家下降至11家。开展检查3次。')
  assert.deepEqual(summary(findings), { contradictory: 1, consistent: 1, 'not-testable': 1, total: 3 })
  assert.match(describeFindings(findings, 'zh'), /^共找到 3 项数字陈述：相互矛盾 1 项/)
  assert.match(describeFindings(findings, 'en'), /3 numeric claims: 1 contradictory/)
  assert.doesNotMatch(describeFindings(findings, 'en'), /3次/)
  assert.match(describeFindings(findings, 'en', { all: true }), /3次: stands alone/)
})

const seed = new URL('../../../shared/seed/report-2020.txt', import.meta.url)

test(
  'the model report of 2020 contradicts itself exactly once',
  { skip: existsSync(seed) ? false : 'the model report is not beside this repository' },
  () => {
    const findings = checkReport(readFileSync(seed, 'utf8'))
    const wrong = findings.filter(({ verdict }) => verdict === 'contradictory')
    assert.equal(wrong.length, 1, told(wrong))
    assert.equal(wrong[0]!.computation.data.expression, '2663 ÷ 7007')

    const consistent = findings.filter(({ verdict }) => verdict === 'consistent').map(({ computation }) => computation.data.expression)
    assert.deepEqual(consistent, ['53 → 11', '17 ≤ 22', '14 ≤ 17', '1 ≤ 14'])
    assert.ok(findings.length >= 50, `only ${findings.length} claims found`)
  },
)

/** A part and its whole, and the digits behind the point that their rate is printed with. */
const rates = fc
  .record({
    whole: fc.integer({ min: 1, max: 200_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    decimals: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ whole, share, decimals }) => ({ part: Math.max(1, Math.round(whole * share)), whole, decimals }))

const sentenceOf = (part: number, whole: number, printed: string) => `全年共调解案件${whole}件，调解成功${part}件，调成率为${printed}%。`

test('a rate that is rounded correctly is never contradictory', () => {
  fc.assert(
    fc.property(rates, ({ part, whole, decimals }) => {
      const printed = written(times(rational(BigInt(part), BigInt(whole)), rational(100n)), decimals)
      const findings = checkReport(sentenceOf(part, whole, printed))
      assert.ok(
        findings.some(({ kind, verdict }) => kind === 'rate' && verdict === 'consistent'),
        told(findings),
      )
      assert.ok(findings.every(({ verdict }) => verdict !== 'contradictory'))
    }),
    { numRuns: 500 },
  )
})

test('a rate that is off by one unit of its last digit, or more, is contradictory where the words tie it to its counts', () => {
  fc.assert(
    fc.property(rates, fc.integer({ min: 1, max: 60 }), fc.boolean(), ({ part, whole, decimals }, units, up) => {
      const step = rational(1n, 10n ** BigInt(decimals))
      const exact = times(rational(BigInt(part), BigInt(whole)), rational(100n))
      const wrong = over(roundTo(exact, step), step).numerator + BigInt(up ? units : -units)
      const printed = times(rational(wrong), step)
      fc.pre(wrong > 0n && compare(printed, rational(100n)) <= 0)
      // A half may be rounded to the even digit, and a share of both counts together is another reading.
      fc.pre(compare(times(exact, rational(2n)), times(rational(2n * wrong + 1n), step)) !== 0)
      const ofBoth = minus(times(rational(BigInt(part), BigInt(part + whole)), rational(100n)), printed)
      fc.pre(compare(times(ofBoth, ofBoth), times(times(step, step), rational(1n, 4n))) > 0)
      const findings = contradictions(sentenceOf(part, whole, written(printed, decimals)))
      assert.equal(findings.length, 1, told(checkReport(sentenceOf(part, whole, written(printed, decimals)))))
    }),
    { numRuns: 500 },
  )
})

test('each explanation of a wrong rate would make the sentence consistent', () => {
  fc.assert(
    fc.property(rates, fc.integer({ min: 1, max: 9 }), ({ part, whole, decimals }, units) => {
      const step = rational(1n, 10n ** BigInt(decimals))
      const exact = times(rational(BigInt(part), BigInt(whole)), rational(100n))
      const printed = written(times(rational(over(roundTo(exact, step), step).numerator + BigInt(units)), step), decimals)
      for (const { data } of contradictions(sentenceOf(part, whole, printed))[0]?.explanations ?? []) {
        for (const to of data.to) {
          const corrected = sentenceOf(
            Number(data.change === 'part' ? to : part),
            Number(data.change === 'whole' ? to : whole),
            data.change === 'printed' ? to.replace('%', '') : printed,
          )
          assert.deepEqual(contradictions(corrected), [], `${data.change} ${to}: ${corrected}`)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('no text makes the check fail, and every finding quotes the text', () => {
  const words = fc.constantFrom(
    '受理', '办结', '其中', '共', '率', '占', '均', '分别', '由', '增至', '下降', '同比', '增长', '平均每', '户均', '以上', '余', '近', '至', '万', '亿', '百分之', '千分之',
    '点', '二十', '两', '四五', '件', '个', '次', '人', '元', '天', '%', '％', '‰', '倍', '番', '翻', '（', '）', '，', ',', '、', '；', '。', '\n', '\n\n', '|', '| a |\n', '**', '《', '》', '“', '”',
    '2020年', '第', '7007', '2663', '38.02', '0', '1,000', '１２', '𠮷', '調解', ' ', '-', '~', '[x](y)', '<b>',
  ) // prettier-ignore
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
        fc.string({ unit: 'binary', maxLength: 80 }),
      ),
      (text) => {
        for (const finding of checkReport(text)) {
          assert.ok(text.includes(finding.sentence))
          assert.ok(finding.figures.length > 0)
        }
      },
    ),
    { numRuns: 3000 },
  )
})

test('the work grows with the length of the text, not with its square', () => {
  // Processor time of this process, as a ratio within the run: eight times the text, eight times the work; by the square it would be sixty-four.
  const workOf = (length: number): number => {
    const { user, system } = process.cpuUsage()
    checkReport(`${'受理3件，办结2件，办结率66.7%，'.repeat(length)}\n${'1'.repeat(length * 50)}\n${'由5件增至6件'.repeat(length * 5)}`)
    const spent = process.cpuUsage({ user, system })
    return spent.user + spent.system
  }
  workOf(200)
  const ratio = workOf(1600) / workOf(200)
  assert.ok(ratio < 32, `${ratio.toFixed(1)} times the work`)
})
