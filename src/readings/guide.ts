import { clockWords } from './clock-words.ts'
import { intakesOf } from '#engine/guide.ts'
import type { Citation } from '#engine/citation.ts'
import type { ClockWords } from './clock-words.ts'
import type { Definition, Step } from '#engine/definition.ts'
import type { Field } from '#engine/field.ts'
import type { Guide, Stated } from '#engine/guide.ts'
import type { Words } from '#engine/words.ts'

/** A particular that is asked of whoever brings a matter. */
export interface Needed {
  readonly name: Words
  readonly kind: Field['kind']
  readonly optional: boolean
  readonly help?: Words
  /** What can be chosen. */
  readonly options: readonly Words[]
}

/** One way of bringing a matter. */
export interface Intake {
  readonly id: string
  readonly name: Words
  readonly by: readonly Words[]
  readonly needed: readonly Needed[]
  readonly article: Citation | readonly Citation[]
}

export interface GuideStep {
  readonly id: string
  readonly name: Words
  readonly by: readonly Words[]
  readonly documents: readonly Words[]
  readonly tells?: Words
  readonly article: Citation | readonly Citation[]
}

/** 办事指南: what the public is told of a procedure under one version of its law, all of it read off the definition. */
export interface ProcedureGuide {
  readonly id: string
  readonly name: Words
  readonly inForce: Definition['inForce']
  readonly basis: readonly Citation[]
  readonly said: Partial<Guide>
  readonly intakes: readonly Intake[]
  readonly steps: readonly GuideStep[]
  readonly clocks: readonly ClockWords[]
  /** What a step tells the party. */
  readonly told: readonly (Stated & { readonly step: Words })[]
  /** The documents that are made, each with the steps that make it. */
  readonly documents: readonly { readonly name: Words; readonly steps: readonly Words[] }[]
}

/** Reads the guide off a definition. */
export function guideOf(definition: Definition): ProcedureGuide {
  const { id, name, inForce, basis, guide, clocks, parts } = definition
  const steps = Object.entries(definition.steps)
  return {
    id,
    name,
    inForce,
    basis,
    said: guide ?? {},
    intakes: intakesOf(definition).map((step) => intake(definition, step)),
    steps: steps.map(([stepId, step]) => ({
      id: stepId,
      name: step.name,
      by: takersOf(definition, step),
      documents: (step.produces ?? []).map((document) => parts.documents[document]!.name),
      ...(step.tells ? { tells: step.tells } : {}),
      article: step.article,
    })),
    clocks: Object.keys(clocks).map((clock) => clockWords(definition, clock)),
    told: steps.flatMap(([, step]) => (step.tells ? [{ step: step.name, words: step.tells, article: step.article }] : [])),
    documents: Object.entries(parts.documents).flatMap(([document, template]) => {
      const makers = steps.filter(([, { produces }]) => produces?.includes(document)).map(([, step]) => step.name)
      return makers.length === 0 ? [] : [{ name: template.name, steps: makers }]
    }),
  }
}

function intake(definition: Definition, id: string): Intake {
  const step = definition.steps[id]!
  return {
    id,
    name: step.name,
    by: takersOf(definition, step),
    needed: Object.values(step.input ?? {}).map(({ name, kind, optional, help, options = {} }) => ({
      name,
      kind,
      optional: optional === true,
      ...(help ? { help } : {}),
      options: Object.values(options),
    })),
    article: step.article,
  }
}

/** Who takes a step: posts, or the machine. */
export function takersOf({ posts }: Pick<Definition, 'posts'>, { by }: Pick<Step, 'by'>): Words[] {
  return ([by].flat() as readonly string[]).map((post) =>
    post === 'clock'
      ? ['系统（期限届满）', 'the system (a clock runs out)']
      : post === 'case'
        ? ['系统（关联案件办结）', 'the system (a linked case ends)']
        : (posts[post]?.name ?? [post, post]),
  )
}
