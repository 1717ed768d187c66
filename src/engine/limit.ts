import { Refusal } from './refusal.ts'

/** How long: exactly one unit. `days` counts every day, `workingDays` working days only, `hours` every hour; hours may be fractions. */
export type Limit =
  | { readonly days: number }
  | { readonly workingDays: number }
  | { readonly hours: number }
  | { readonly months: number }
  | { readonly years: number }

export type Unit = 'days' | 'workingDays' | 'hours' | 'months' | 'years'

const UNITS: readonly Unit[] = ['days', 'workingDays', 'hours', 'months', 'years']

/** The unit and the amount of a limit. */
export function unitOf(limit: Limit): { unit: Unit; amount: number } {
  for (const unit of UNITS) {
    const amount = (limit as Partial<Record<Unit, number>>)[unit]
    if (amount !== undefined) return { unit, amount }
  }
  throw new TypeError(`not a limit: ${JSON.stringify(limit)}`)
}

/** A limit of `amount` of `unit`. */
export function limitOf(unit: Unit, amount: number): Limit {
  return { [unit]: amount } as unknown as Limit
}

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/

/**
 * Reads an ISO 8601 duration as a lengthening of a clock. `P30D` means thirty days of the clock's own kind: working days where the clock
 * counts working days, for a limit lengthened is still one limit (rule C7).
 *
 * @param text `P30D`, `P1M`, `PT24H` … with one unit
 * @param unit the unit of the clock that is lengthened
 * @throws Refusal `duration.invalid`
 */
export function durationOf(text: string, unit: Unit): Limit {
  const parts = DURATION.exec(text)
  const [years, months, weeks, days, hours, minutes] = (parts ?? []).slice(1).map((part) => (part === undefined ? undefined : Number(part)))
  const given = [years, months, weeks, days, hours, minutes].filter((value) => value !== undefined)
  if (!parts || given.length !== 1) {
    throw new Refusal({
      code: 'duration.invalid',
      exit: 2,
      message: [`“${text}”不是可用的期间。`, `“${text}” is not a usable duration.`],
      basis: ['期间按 ISO 8601，且只用一个单位。', 'Durations follow ISO 8601 and use one unit.'],
      remedy: ['请写作 P30D（日）、P1M（月）或 PT24H（小时）。', 'Write P30D (days), P1M (months) or PT24H (hours).'],
    })
  }
  if (years !== undefined) return { years }
  if (months !== undefined) return { months }
  if (hours !== undefined) return { hours }
  if (minutes !== undefined) return { hours: minutes / 60 }
  const amount = days ?? weeks! * 7
  return unit === 'workingDays' ? { workingDays: amount } : unit === 'hours' ? { hours: amount * 24 } : { days: amount }
}

const ZH: Record<Unit, string> = { days: '日', workingDays: '个工作日', hours: '小时', months: '个月', years: '年' }
const EN: Record<Unit, string> = { days: 'calendar days', workingDays: 'working days', hours: 'hours', months: 'months', years: 'years' }

/** `60日`, `5个工作日`; in English `60 calendar days`. */
export function limitWords(limit: Limit): readonly [zh: string, en: string] {
  const { unit, amount } = unitOf(limit)
  const english = amount === 1 ? EN[unit].slice(0, -1) : EN[unit]
  if (unit === 'hours' && amount < 1) return [`${amount * 60}分钟`, `${amount * 60} minutes`]
  return [`${amount}${ZH[unit]}`, `${amount} ${english}`]
}
