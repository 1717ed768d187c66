import type { Words } from '#engine/words.ts'

/** Why a claim cannot be tested. The words are what a reader is told. */
export const REASONS = {
  alone: ['单独出现，文中没有可与之核对的数', 'stands alone: the text holds no figure to test it against'],
  'no-counts': ['附近没有可作分子、分母的计数', 'no counts stand near that could be its numerator and denominator'],
  'not-tied': ['附近的计数与该比率的用词对不上，不能确定分子、分母', 'the words do not tie the counts nearby to this rate'],
  'several-pairs': ['有多组计数可作分子、分母，不能确定是哪一组', 'several pairs of counts could be meant'],
  'collective': ['“均”“分别”所指不止一项，不能逐项核对', '均 or 分别 speaks of several matters at once'],
  'other-whole': ['所占的总体在文中没有印出数字', 'the whole it is a share of is not printed'],
  'carry-over': ['可能另有上年结转的案件计入分母', 'cases carried over from the year before may belong to the whole'],
  'future': ['是目标或计划，不是已发生的数', 'a target or plan, not a fact'],
  'no-base': ['没有印出基期数，无从核对增减', 'the figure it is compared with is not printed'],
  'several-bases': ['有多个数可作基数，不能确定是哪一个', 'several figures could be the base'],
  'other-period': ['比较的期间与文中数字的期间不同', 'the comparison is with another period than the figures printed'],
  'overlap': ['各部分可能相互重叠，不能相加', 'the parts may overlap and cannot be added'],
  'open-list': ['所列部分不一定是全部', 'the parts listed need not be all'],
  'stages': ['是先后环节的数，后一环节可能含上年结转', 'counts of successive stages; the later may include cases carried over'],
  'threshold': ['四舍五入后才达到所称的界限', 'reaches the threshold only when rounded'],
  'no-direction': ['用词没有说明增减方向', 'the verb names no direction'],
  'no-divisor': ['除数可能为零', 'the divisor may be zero'],
} as const satisfies Readonly<Record<string, Words>> // prettier-ignore

export type Reason = keyof typeof REASONS
