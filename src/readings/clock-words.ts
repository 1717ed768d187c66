import { joined } from '#engine/words.ts'
import { limitWords, unitOf } from '#engine/limit.ts'
import type { Citation } from '#engine/citation.ts'
import type { Clock, Definition, LimitChoice, Mark, Step, When } from '#engine/definition.ts'
import type { Field } from '#engine/field.ts'
import type { Words } from '#engine/words.ts'

/** One statutory clock in words, without a case. */
export interface ClockWords {
  readonly id: string
  readonly name: Words
  /** Whose limit it is. */
  readonly binds: Words
  /** How long; of several the first whose condition holds. */
  readonly limits: readonly { readonly words: Words; readonly article?: Citation }[]
  /** It runs only then. */
  readonly when?: Words
  readonly starts: Words
  readonly stops: Words
  /** What is not counted, and what else changes its end. */
  readonly notes: readonly { readonly words: Words; readonly article?: Citation }[]
  /** What follows when it is over; of a window, when it is closed. */
  readonly late: Words
  /** The step that the machine takes at its end. */
  readonly lapse?: Words
  readonly isWindow: boolean
  readonly article: Citation | readonly Citation[]
}

/** Reads a clock off its definition. */
export function clockWords(definition: Definition, id: string): ClockWords {
  const clock = definition.clocks[id]!
  const { steps, posts } = definition
  return {
    id,
    name: clock.name,
    binds: posts[clock.binds]?.name ?? [clock.binds, clock.binds],
    limits: ([clock.limit].flat() as readonly LimitChoice[]).map((choice) => limitLine(definition, choice)),
    ...(clock.when ? { when: whenWords(definition, clock.when) } : {}),
    starts: marksWords(definition, clock.starts),
    stops: marksWords(definition, clock.stops),
    notes: notesOf(definition, clock),
    late: clock.late,
    ...(clock.lapse ? { lapse: steps[clock.lapse]!.name } : {}),
    isWindow: clock.window === true,
    article: clock.article,
  }
}

function limitLine(definition: Definition, choice: LimitChoice): { words: Words; article?: Citation } {
  const [zh, en] = lengthWords(definition, choice)
  const { startsUntil, when, article } = choice
  const conditions: Words[] = [
    ...(when ? [whenWords(definition, when)] : []),
    ...(startsUntil ? [[`${startsUntil} 及以前起算`, `started until ${startsUntil}`] as const] : []),
  ]
  const [whenZh, whenEn] = joined(conditions, ['，', ', '])
  const words: Words = conditions.length === 0 ? [zh, en] : [`${zh}（${whenZh}）`, `${en} (${whenEn})`]
  return article ? { words, article } : { words }
}

function lengthWords({ steps }: Definition, choice: LimitChoice): Words {
  if ('fact' in choice) {
    const [zh, en] = asker(steps, choice.fact)?.name ?? [choice.fact, choice.fact]
    return [`依所填“${zh}”`, `as given in “${en}”`]
  }
  // No length: the day that starts it is itself the last.
  return unitOf(choice).amount === 0 ? ['以该日为末日', 'until that day'] : limitWords(choice)
}

/**
 * `审理程序：普通程序`: conditions on facts, in the words of the fields that hold them; a fact that no field holds, in those of the steps that
 * set it.
 *
 * @param of the step whose field is meant, where several ask one of the name
 */
function whenWords(definition: Definition, when: When, of?: Step): Words {
  const conditions = Object.entries(when).map(([name, values]): Words => {
    const field = of?.input?.[name] ?? asker(definition.steps, name)
    const all = [values].flat() as readonly unknown[]
    if (!field) return setWords(definition, name, all)
    const [valueZh, valueEn] = joined(
      all.map((value) => valueWords(field, value)),
      ['或', ' or '],
    )
    return [`${field.name[0]}：${valueZh}`, `${field.name[1]}: ${valueEn}`]
  })
  return joined(conditions, ['；', '; '])
}

/** A value of a fact as its field says it. */
export function valueWords({ options }: Field, value: unknown): Words {
  if (typeof value === 'boolean') return value ? ['是', 'yes'] : ['否', 'no']
  return options?.[String(value)] ?? [String(value), String(value)]
}

/** A fact that no field holds, in the words of the steps that set it to one of the values. */
export function setWords({ steps }: Definition, name: string, values: readonly unknown[]): Words {
  const setters = Object.values(steps).filter(({ sets }) => sets?.[name] !== undefined && values.includes(sets[name]))
  const [zh, en] = joined(
    setters.map((step) => step.name),
    ['或', ' or '],
  )
  return [`经“${zh}”`, `by “${en}”`]
}

/** The field that asks a fact. */
export function asker(steps: Definition['steps'], name: string): Field | undefined {
  return Object.values(steps).find(({ input }) => input?.[name])?.input?.[name]
}

function marksWords(definition: Definition, marks: Mark | readonly Mark[]): Words {
  const all = ([marks].flat() as readonly Mark[]).filter((mark) => isAsked(definition, mark)).map((mark) => markWords(definition, mark))
  const once = all.filter(([zh], index) => all.findIndex((other) => other[0] === zh) === index)
  return joined(once, ['、', ', '])
}

/** A mark on a field that only the version before asked is for cases that came over from it. */
function isAsked({ steps }: Definition, mark: Mark): boolean {
  return typeof mark === 'string' || mark.field === undefined || steps[mark.step]?.input?.[mark.field] !== undefined
}

/** A step; with the field that holds the day where that is another than the step's own. */
function markWords(definition: Definition, mark: Mark): Words {
  const { step: id, field, when } = typeof mark === 'string' ? { step: mark } : mark
  const step = definition.steps[id]!
  const conditions: Words[] = [
    ...(field !== undefined && field !== step.on ? [step.input![field]!.name] : []),
    ...(when ? [whenWords(definition, when, step)] : []),
  ]
  if (conditions.length === 0) return step.name
  const [zh, en] = joined(conditions, ['，', ', '])
  return [`${step.name[0]}（${zh}）`, `${step.name[1]} (${en})`]
}

function notesOf(definition: Definition, { paused, longer, earlierOf, each, backward, rolls }: Clock): ClockWords['notes'] {
  return [
    ...(paused ?? []).map(({ from, until, article }) => {
      const [fromZh, fromEn] = markWords(definition, from)
      const [untilZh, untilEn] = marksWords(definition, until)
      return { words: [`自“${fromZh}”至“${untilZh}”不计入`, `not counted from “${fromEn}” until “${untilEn}”`] as const, article }
    }),
    ...(longer ? [{ words: longerWords(definition, longer), article: longer.article }] : []),
    ...(earlierOf
      ? [
          {
            words: earlierWords(asker(definition.steps, earlierOf.from)!.name, limitWords(earlierOf.limit)),
            article: earlierOf.article,
          },
        ]
      : []),
    ...(each ? [{ words: eachWords(asker(definition.steps, each.of)!.name) }] : []),
    ...(backward ? [{ words: ['自该日向前倒数', 'counted back from that day'] as const }] : []),
    ...(rolls === false ? [{ words: ['末日遇休假日不顺延', 'its end does not roll over a rest day'] as const }] : []),
  ]
}

function longerWords(definition: Definition, { by, atMost, times, unless }: NonNullable<Clock['longer']>): Words {
  const [stepZh, stepEn] = definition.steps[by]!.name
  const [mostZh, mostEn]: Words =
    atMost === undefined
      ? ['', '']
      : atMost === 'limit'
        ? ['，至多延长一倍', ', at most by its own length']
        : [`，至多${limitWords(atMost)[0]}`, `, by at most ${limitWords(atMost)[1]}`]
  const [timesZh, timesEn]: Words =
    times === undefined ? ['', ''] : [`，以${times}次为限`, times === 1 ? ', once' : `, ${times} times at most`]
  const [unlessZh, unlessEn] = unless ? whenWords(definition, unless) : ['', '']
  return [
    `可以经“${stepZh}”延长${mostZh}${timesZh}${unless ? `（${unlessZh}的除外）` : ''}`,
    `can be extended by “${stepEn}”${mostEn}${timesEn}${unless ? ` (not where ${unlessEn})` : ''}`,
  ]
}

function earlierWords([fromZh, fromEn]: Words, [limitZh, limitEn]: Words): Words {
  return [`且自“${fromZh}”起不超过${limitZh}`, `and not beyond ${limitEn} from “${fromEn}”`]
}

function eachWords([zh, en]: Words): Words {
  return [`就每一“${zh}”分别计算`, `counted for each of “${en}” apart`]
}
