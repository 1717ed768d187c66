import { cited } from './citation.ts'
import { limitWords } from './limit.ts'
import type { Reason } from './deadline.ts'
import type { Words } from './words.ts'

/** A reason as a sentence in both languages; the article stands at its end. */
export function explain(reason: Reason): Words {
  const [zh, en] = sentence(reason)
  return reason.article ? [`${zh}（${cited(reason.article)}）`, `${en} (${cited(reason.article, 'en')})`] : [zh, en]
}

function sentence({ kind, rule, from, to, days, limit, facts }: Reason): Words {
  const [lengthZh, lengthEn] = limit ? limitWords(limit) : ['', '']
  switch (kind) {
    case 'start':
      if (rule === 'C5') return [`自 ${from} 起按小时计算`, `Hours run from ${from}`]
      if (rule === 'C8') return [`${from} 当日不计入，向前倒数`, `${from} itself is not counted; counting back from it`]
      return [`${from} 为起算日，不计入期间`, `${from} starts the period and is not counted`]
    case 'chosen':
      return [`期限为${lengthZh}${factsZh(facts)}`, `The limit is ${lengthEn}${factsEn(facts)}`]
    case 'limit':
      return to ? [`${lengthZh}届满于 ${to}`, `${lengthEn} end on ${to}`] : [`期间为${lengthZh}`, `The period is ${lengthEn}`]
    case 'extension':
      return to
        ? [`延长${lengthZh}，至 ${to}`, `Extended by ${lengthEn}, to ${to}`]
        : [`延长${lengthZh}，合为一个期间`, `Extended by ${lengthEn}, one limit in all`]
    case 'pause':
      return [
        `自 ${from} 至 ${to} 前一日不计入${days === undefined ? '' : `，共 ${days} 日`}`,
        `Not counted from ${from} until the day before ${to}${days === undefined ? '' : `: ${days} days`}`,
      ]
    case 'not-counted':
      return [`${from} 至 ${to} 间 ${days} 个休息日不计入`, `${days} rest days between ${from} and ${to} are not counted`]
    case 'make-up':
      return [`${to} 为调休上班日，按工作日计`, `${to} is a make-up working day and counts as one`]
    case 'roll':
      return [`末日 ${from} 为法定休假日，顺延至 ${to}`, `${from} is a statutory rest day; the end rolls to ${to}`]
    case 'no-roll':
      return [`末日 ${to} 不顺延`, `The end on ${to} does not roll`]
    case 'each':
      return [`分别计算：${Object.values(facts ?? {}).join('、')}`, `Counted separately for ${Object.values(facts ?? {}).join(', ')}`]
    case 'earlier-of':
      return [
        `另有${lengthZh}之限，自 ${from} 起至 ${to}，以先到者为准`,
        `A limit of ${lengthEn} from ${from} ends on ${to}; the earlier end holds`,
      ]
    case 'provisional':
      return [
        `${to} 所在年度放假安排尚未公布，暂按周末计算，公布后重算`,
        `The holiday schedule for the year of ${to} is not published; weekends only for now, to be recomputed`,
      ]
  }
}

function factsZh(facts: Reason['facts']): string {
  const list = Object.entries(facts ?? {})
  return list.length ? `，因${list.map(([name, value]) => `${name}=${String(value)}`).join('、')}` : ''
}

function factsEn(facts: Reason['facts']): string {
  const list = Object.entries(facts ?? {})
  return list.length ? `, since ${list.map(([name, value]) => `${name}=${String(value)}`).join(', ')}` : ''
}
