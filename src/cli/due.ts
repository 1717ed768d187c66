import { catalogue } from '#procedures/catalogue.ts'
import { checkExtensions, countClock, limitFor } from '#engine/clocks.ts'
import { cited } from '#engine/citation.ts'
import { command, print } from './command.ts'
import { dateIn, instantOf } from '#engine/day.ts'
import { definitionOn, systemNamed } from '#engine/system.ts'
import { durationOf, unitOf } from '#engine/limit.ts'
import { explain } from '#engine/explain.ts'
import { noLimit, unknownClock } from '#readings/vectors.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Citation } from '#engine/citation.ts'
import type { Command } from 'commander'
import type { Common } from './command.ts'

interface Options extends Common {
  readonly procedure: string
  readonly clock: string
  readonly start: string
  readonly openedOn?: string
  readonly pause: readonly string[]
  readonly extend: readonly string[]
  readonly fact: readonly string[]
}

/** `yifa due`: the last day of a clock of a procedure, and why. */
export function dueCommand(): Command {
  const collect = (value: string, all: readonly string[]): string[] => [...all, value]
  return command('due', 'the last day of a statutory clock, and why')
    .requiredOption('--procedure <id>', 'the procedure')
    .requiredOption('--clock <id>', 'the clock')
    .requiredOption('--start <date|instant>', 'the day or instant that starts it')
    .option('--opened-on <date>', 'the day the case was opened: the law of that day governs (default: the start)')
    .option('--pause <from/to>', 'first day not counted / first day counted again; repeatable', collect, [])
    .option('--extend <duration>', 'ISO 8601, as P30D; repeatable', collect, [])
    .option('--fact <name=value>', 'a fact that chooses the limit; repeatable', collect, [])
    .action((options: Options) => {
      const answer = dueOf(options)
      print(options, answer, () =>
        [answer.due, answer.law, ...answer.because.map((reason) => `· ${options.lang === 'zh' ? reason.zh : reason.en}`)].join('\n'),
      )
    })
}

function dueOf(options: Options) {
  const system = systemNamed(catalogue, options.procedure)
  instantOf(options.start)
  const definition = definitionOn(system, dateIn(options.openedOn ?? options.start))
  const clock = definition.clocks[options.clock]
  if (!clock) throw unknownClock(definition, options.clock)
  const facts = Object.fromEntries(options.fact.map(factOf))
  const chosen = limitFor(clock, facts, options.start)
  if (!chosen) throw noLimit(definition, options.clock)
  const extensions = options.extend.map((text) => durationOf(text, unitOf(chosen.limit).unit))
  checkExtensions(clock, extensions, facts, options.start)
  const deadline = countClock(clock, { start: options.start, facts, extensions, pauses: options.pause.map(pauseOf) }, publishedCalendar)!
  return {
    due: deadline.due,
    law: ([clock.article].flat() as readonly Citation[]).map((article) => cited(article)).join('；'),
    ...(deadline.provisional ? { provisional: true } : {}),
    because: deadline.because.map((reason) => ({ ...reason, zh: explain(reason)[0], en: explain(reason)[1] })),
  }
}

function pauseOf(text: string): [string, string] {
  const [from, to, ...rest] = text.split('/')
  if (!from || !to || rest.length > 0) {
    throw new Refusal({
      code: 'pause.invalid',
      exit: 2,
      message: [`“${text}”不是中止期间。`, `“${text}” is not a pause.`],
      basis: ['写作 起/止，如 2024-03-20/2024-04-02；止日恢复计算。', 'FROM/TO, such as 2024-03-20/2024-04-02; counting goes on from TO.'],
      remedy: ['请改正。', 'Correct it.'],
    })
  }
  return [from, to]
}

function factOf(text: string): [string, unknown] {
  const at = text.indexOf('=')
  if (at < 1) {
    throw new Refusal({
      code: 'fact.invalid',
      exit: 2,
      message: [`“${text}”不是 名=值。`, `“${text}” is not name=value.`],
      basis: ['事实写作 名=值，如 procedureKind=summary。', 'A fact is name=value, such as procedureKind=summary.'],
      remedy: ['请改正。', 'Correct it.'],
    })
  }
  const value = text.slice(at + 1)
  return [text.slice(0, at), value === 'true' ? true : value === 'false' ? false : /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value]
}
