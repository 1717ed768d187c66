import type { Citation } from '#engine/citation.ts'
import { platform, statute } from '#engine/citation.ts'

/** The counting rules by their short names; `law/disputes` C1–C13 of the specification. */
export type CountingRule = 'C1' | 'C2' | 'C3' | 'C4' | 'C5' | 'C6' | 'C7' | 'C8'

const civil2017 = statute('民事诉讼法', '2017-06-27')
const civil2021 = statute('民事诉讼法', '2021-12-24')
const civil2023 = statute('民事诉讼法', '2023-09-01')
const reconsideration2017 = statute('行政复议法', '2017-09-01')
const reconsideration2023 = statute('行政复议法', '2023-09-01')
const civilCode = statute('民法典', '2020-05-28')

const WORDS = { C1: '开始的时和日，不计算在期间内', C2: '法定休假日后的第一日' } as const

/** Which 民事诉讼法 says that the first day is not counted and that the end rolls: §82 until 2021, §85 since. */
function civilProcedure(rule: 'C1' | 'C2', on: string): Citation {
  if (on < '2022-01-01') return { ...civil2017('82'), standing: 'unverified' }
  return on < '2024-01-01' ? civil2021('85', WORDS[rule]) : civil2023('85', WORDS[rule])
}

// 民法典 is in force from 2021-01-01; before it 民法总则 said the same in articles of the same numbers, of which no text is kept here.
const civilPrinciples = statute('民法总则', '2017-03-15')

const FIXED: Record<Exclude<CountingRule, 'C1' | 'C2' | 'C3'>, Citation> = {
  C4: civilCode('202', '到期月的对应日为期间的最后一日'),
  C5: civilCode('201', '按照小时计算期间的'),
  C6: platform,
  C7: platform,
  C8: platform,
}

/**
 * The article that a counting rule rests on, for a period that starts on a day.
 *
 * @param on first day of the period, `YYYY-MM-DD`; the law then in force is cited
 */
export function basisOf(rule: CountingRule, on: string): Citation {
  if (rule === 'C1' || rule === 'C2') return civilProcedure(rule, on)
  if (rule === 'C3') return on < '2024-01-01' ? reconsideration2017('40(2)', '不含节假日') : reconsideration2023('88(2)', '不含法定休假日')
  if ((rule === 'C4' || rule === 'C5') && on < '2021-01-01') return { ...civilPrinciples(FIXED[rule].article!), standing: 'unverified' }
  return FIXED[rule]
}
