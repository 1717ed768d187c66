import type { Citation } from '#engine/citation.ts'
import { platform, statute } from '#engine/citation.ts'

/** The counting rules by their short names; `law/disputes` C1–C13 of the specification. */
export type CountingRule = 'C1' | 'C2' | 'C3' | 'C4' | 'C5' | 'C6' | 'C7' | 'C8'

const civil2017 = statute('民事诉讼法', '2017-06-27')
const civil2021 = statute('民事诉讼法', '2021-12-24')
const civil2023 = statute('民事诉讼法', '2023-09-01')
const civilCode = statute('民法典', '2020-05-28')

const WORDS = { C1: '开始的时和日，不计算在期间内', C2: '法定休假日后的第一日' } as const

/** Which 民事诉讼法 says that the first day is not counted and that the end rolls: §82 until 2021, §85 since. */
function civilProcedure(rule: 'C1' | 'C2', on: string): Citation {
  if (on < '2022-01-01') return { ...civil2017('82'), standing: 'unverified' }
  return on < '2024-01-01' ? civil2021('85', WORDS[rule]) : civil2023('85', WORDS[rule])
}

const FIXED: Record<Exclude<CountingRule, 'C1' | 'C2'>, Citation> = {
  C3: statute('行政复议法', '2023-09-01')('88'),
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
  return rule === 'C1' || rule === 'C2' ? civilProcedure(rule, on) : FIXED[rule]
}
