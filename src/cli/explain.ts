import { caseIdOf, readCase } from '#store/read-case.ts'
import { catalogue } from '#procedures/catalogue.ts'
import { cited } from '#engine/citation.ts'
import { clocksOf } from '#engine/clocks.ts'
import { command, onStore, print, withStore } from './command.ts'
import { definitionHash, definitionJson } from '#readings/definition-json.ts'
import { explain } from '#engine/explain.ts'
import { governing } from '#engine/governing.ts'
import { lawWords } from '#readings/law-words.ts'
import { limitWords } from '#engine/limit.ts'
import { Refusal } from '#engine/refusal.ts'
import { say } from '#engine/words.ts'
import { systemNamed } from '#engine/system.ts'
import type { Citation } from '#engine/citation.ts'
import type { Clock, Definition, LimitChoice } from '#engine/definition.ts'
import type { Command } from 'commander'
import type { Language } from '#engine/words.ts'
import type { StoreCommon } from './command.ts'

/** `yifa explain ID|CASE`: a procedure, a clock (`procedure/clock`), a refusal code, an indicator (`procedure.indicator`), or a case. */
export function explainCommand(): Command {
  return onStore(command('explain', 'a procedure, procedure/clock, refusal code, procedure.indicator, or a case'))
    .argument('<id>', 'an id, or the id or number of a case')
    .action((id: string, options: StoreCommon) => {
      const known = explainKnown(id, options.lang)
      if (known) return print(options, known.value, () => known.words)
      return withStore(options, 'guest', async (store) => {
        const caseId = await caseIdOf(store.pool, store.region, id)
        const { theCase, definition } = await readCase(store.pool, store.region, caseId, catalogue)
        const law = governing(systemNamed(catalogue, theCase.procedure), theCase)
        const why = lawWords(theCase, law)
        const runs = clocksOf(definition, theCase, await store.calendar())
        const value = {
          id: caseId,
          number: theCase.number,
          procedure: theCase.procedure,
          state: theCase.state,
          openedOn: theCase.openedOn,
          law: theCase.version,
          definition: theCase.hash,
          openedUnder: theCase.openedUnder,
          lawBecause: why.map(([zh, en]) => ({ zh, en })),
          steps: theCase.steps.map(({ seq, step, on, by }) => ({ seq, step, on, post: by.post })),
          clocks: runs.map((run) => ({
            clock: run.clock,
            ...(run.item === undefined ? {} : { item: run.item }),
            state: run.state,
            start: run.start,
            due: run.deadline?.due ?? null,
            ...(run.stoppedOn ? { stoppedOn: run.stoppedOn, late: run.late ?? null } : {}),
            because: (run.deadline?.because ?? []).map((reason) => ({ ...reason, zh: explain(reason)[0], en: explain(reason)[1] })),
          })),
        }
        print(options, value, () =>
          [
            `${theCase.number}  ${say(definition.name, options.lang)}  ${say(definition.states[theCase.state]!.name, options.lang)}`,
            ...why.map((one) => say(one, options.lang)),
            ...theCase.steps.map(
              (taken) =>
                `  ${taken.seq}. ${taken.on}  ${say(law.of(taken.seq).steps[taken.step]?.name ?? [taken.step, taken.step], options.lang)}`,
            ),
            ...runs.flatMap((run) => [
              `${say(definition.clocks[run.clock]!.name, options.lang)} [${run.clock}${run.item === undefined ? '' : `: ${run.item}`}]: ${run.deadline?.due ?? '—'} (${run.state}${run.stoppedOn ? ` ${run.stoppedOn}${run.late ? '!' : ''}` : ''})`,
              ...(run.deadline?.because ?? []).map((reason) => `  · ${say(explain(reason), options.lang)}`),
            ]),
          ].join('\n'),
        )
      })
    })
}

/** What can be explained without a store. */
function explainKnown(id: string, language: Language): { value: unknown; words: string } | undefined {
  const system = catalogue.find((one) => one.id === id)
  if (system) {
    const definition = system.definitions.at(-1)!
    return {
      value: system.definitions.map((one) => ({ hash: definitionHash(one), ...definitionJson(one) })),
      words: definitionWords(definition, language),
    }
  }
  const [procedure = '', clockId = ''] = id.split('/')
  const definitions = catalogue.find((one) => one.id === procedure)?.definitions.filter((one) => clockId in one.clocks) ?? []
  if (definitions.length > 0) {
    return {
      value: definitions.map((one) => ({ inForce: one.inForce, ...one.clocks[clockId]! })),
      words: definitions.map((one) => `${one.inForce.from} –\n${clockWords(clockId, one.clocks[clockId]!, language)}`).join('\n'),
    }
  }
  const dot = id.indexOf('.')
  const indicator = catalogue.find((one) => one.id === id.slice(0, dot))?.indicators.indicators[id.slice(dot + 1)]
  if (indicator)
    return {
      value: indicator,
      words: `${say(indicator.name, language)}\n${JSON.stringify(indicator.formula)}${indicator.note ? `\n${say(indicator.note, language)}` : ''}`,
    }
  const guards = catalogue.flatMap(({ id: own, definitions: all }) =>
    all.flatMap((one) => (id in one.parts.guards ? [{ procedure: own, from: one.inForce.from, ...one.parts.guards[id]! }] : [])),
  )
  if (guards.length > 0) {
    const said = guards.map(({ refuses: _refuses, ...guard }) => guard)
    return {
      value: said,
      words: said
        .map(
          (guard) =>
            `${guard.procedure}@${guard.from}: ${say(guard.message, language)}\n  ${cited(guard.article, language)}\n  ${say(guard.remedy, language)}`,
        )
        .join('\n'),
    }
  }
  if (/^[a-z][a-z0-9-]*([./][a-z0-9-]+)?$/.test(id)) throw unknown(id)
  return undefined
}

function definitionWords(definition: Definition, language: Language): string {
  const law = (article: Citation | readonly Citation[]): string =>
    ([article].flat() as readonly Citation[]).map((one) => cited(one, language)).join('；')
  return [
    `${say(definition.name, language)} (${definition.id}), ${definition.inForce.from} – ${definition.inForce.until ?? ''}  ${definitionHash(definition).slice(0, 16)}`,
    ...Object.entries(definition.steps).map(([id, step]) => `  ${id}  ${say(step.name, language)}  ${law(step.article)}`),
    ...Object.entries(definition.clocks).map(([id, clock]) => `  ${clockWords(id, clock, language)}`),
  ].join('\n')
}

function clockWords(id: string, clock: Clock, language: Language): string {
  const choices = Array.isArray(clock.limit) ? (clock.limit as readonly LimitChoice[]) : [clock.limit as LimitChoice]
  const limits = choices
    .map(
      (choice) =>
        ('fact' in choice ? `${choice.fact}` : limitWords(choice)[language === 'zh' ? 0 : 1]) +
        (choice.when ? ` ${JSON.stringify(choice.when)}` : '') +
        (choice.startsUntil ? say([`（${choice.startsUntil} 及以前起算的）`, ` (started until ${choice.startsUntil})`], language) : ''),
    )
    .join(' · ')
  const each = clock.each ? say([`，按 ${clock.each.of} 逐一计算`, `, for each of ${clock.each.of}`], language) : ''
  return `${id}  ${say(clock.name, language)}: ${limits}${each}  ${([clock.article].flat() as readonly Citation[]).map((one) => cited(one, language)).join('；')}`
}

function unknown(id: string): Refusal {
  return new Refusal({
    code: 'explain.unknown',
    message: [`不认识“${id}”。`, `“${id}” is not known.`],
    basis: [
      '可解释：程序、程序/期限、拒绝代码、程序.指标、案件。',
      'What can be explained: a procedure, procedure/clock, refusal code, procedure.indicator, a case.',
    ],
    remedy: [`程序：${catalogue.map((system) => system.id).join('、')}`, `Procedures: ${catalogue.map((system) => system.id).join(', ')}`],
  })
}
