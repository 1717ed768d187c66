import type { System } from '#engine/system.ts'
import type { Words } from '#engine/words.ts'

/** What may be found about a case: a running one, or one that is over and not published. */
export type FindingKind =
  | 'late'
  | 'due-soon'
  | 'paused-long'
  | 'no-assignee'
  | 'no-clock'
  | 'no-holder'
  | 'service-unproved'
  | 'unpublished'

/** One rule of supervision. Days are calendar days and the platform's own: what they find is a question to the organ, no verdict. */
export interface FindingRule {
  readonly kind: FindingKind
  readonly name: Words
  /** What the rule looks for; `{days}` are its days. */
  readonly says: Words
  /** Days ahead (`due-soon`), or days in which nothing was done. */
  readonly days: number
  /** May be the ground of a supervision case: what is not wrong yet is only shown. */
  readonly opens: boolean
}

export const findingRules: readonly FindingRule[] = [
  {
    kind: 'late',
    name: ['超期', 'Late'],
    says: ['期限已过最后一日，仍在计算。', 'A clock is past its last day and still runs.'],
    days: 0,
    opens: true,
  },
  {
    kind: 'due-soon',
    name: ['临近到期', 'Due soon'],
    says: ['期限在 {days} 日内届满。', 'A clock ends within {days} days.'],
    days: 3,
    opens: false,
  },
  {
    kind: 'paused-long',
    name: ['中止过久', 'Paused too long'],
    says: ['期限中止，且 {days} 日没有任何办理。', 'A clock is paused, and nothing was done for {days} days.'],
    days: 60,
    opens: true,
  },
  {
    kind: 'no-assignee',
    name: ['无人承办', 'Nobody handles it'],
    says: ['未指定承办人，且 {days} 日没有任何办理。', 'Nobody is assigned, and nothing was done for {days} days.'],
    days: 5,
    opens: true,
  },
  {
    kind: 'no-clock',
    name: ['没有期限', 'No clock'],
    says: [
      '案件未结，没有一个期限在计，且 {days} 日没有任何办理。',
      'The case is open, no clock runs, and nothing was done for {days} days.',
    ],
    days: 5,
    opens: true,
  },
  {
    kind: 'no-holder',
    name: ['岗位无人', 'Nobody holds the post'],
    says: ['下一步应由其办理的岗位，名册上无人任职。', 'Nobody holds the post that must act next.'],
    days: 0,
    opens: true,
  },
  {
    kind: 'service-unproved',
    name: ['送达无凭证', 'Service unproved'],
    says: ['登记了送达之日，没有送达方式与凭证。', 'A day of service is recorded without means and proof.'],
    days: 0,
    opens: true,
  },
  {
    kind: 'unpublished',
    name: ['应公开未公开', 'Not published'],
    says: ['依法公开的最后一日已过，仍未公开。', 'The last day for publishing it is over, and it is not published.'],
    days: 0,
    opens: true,
  },
]

/** Where a running case waits for somebody in the government: the post that must act, and its organ where the procedure fixes one. */
export interface Waiting {
  readonly procedure: string
  readonly state: string
  readonly post: string
  readonly organ: string | null
}

/** Every state of every version in which a post of the government must act. */
export function waitingStates(catalogue: readonly System[]): Waiting[] {
  const found = new Map<string, Waiting>()
  for (const { id, definitions } of catalogue) {
    for (const { states, posts } of definitions) {
      for (const [state, { final, with: post }] of Object.entries(states)) {
        if (final || post === undefined || posts[post] === undefined || posts[post].outside) continue
        found.set(`${id}/${state}`, { procedure: id, state, post, organ: posts[post].organ ?? null })
      }
    }
  }
  return [...found.values()]
}

/** The clocks whose end is somebody's lateness in the government: no windows, none that bind a party or a court. */
export function dutyClocks(catalogue: readonly System[]): { procedure: string; clock: string }[] {
  const found = new Map<string, { procedure: string; clock: string }>()
  for (const { id, definitions } of catalogue) {
    for (const { clocks, posts } of definitions) {
      for (const [clock, { window, binds }] of Object.entries(clocks))
        if (!window && !posts[binds]?.outside) found.set(`${id}/${clock}`, { procedure: id, clock })
    }
  }
  return [...found.values()]
}

/** What shows a service, and a field of the step that serves: a case with that field alone has a service that nothing proves. */
export function servicesShown(catalogue: readonly System[]): { procedure: string; beside: string; shownIn: string }[] {
  const found = new Map<string, { procedure: string; beside: string; shownIn: string }>()
  for (const { id, definitions } of catalogue) {
    for (const { input } of definitions.flatMap(({ steps }) => Object.values(steps))) {
      for (const [shownIn, { showsServiceOf: beside }] of Object.entries(input ?? {}))
        if (beside !== undefined) found.set(`${id}/${shownIn}`, { procedure: id, beside, shownIn })
    }
  }
  return [...found.values()]
}

/** The steps that can end a case, by name. */
export function endingSteps(catalogue: readonly System[]): string[] {
  const found = new Set<string>()
  for (const { states, steps } of catalogue.flatMap(({ definitions }) => definitions)) {
    for (const [id, { to }] of Object.entries(steps)) {
      const targets =
        to === undefined || (typeof to === 'object' && 'before' in to) ? [] : typeof to === 'string' ? [to] : Object.values(to.is)
      if (targets.some((target) => states[target]?.final)) found.add(id)
    }
  }
  return [...found]
}
