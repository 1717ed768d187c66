import { draw } from './sampling.ts'
import { Refusal } from '#engine/refusal.ts'
import { z } from 'zod'
import type { Draw } from './sampling.ts'

const texts = z.record(z.string(), z.string())
const pairs = z.array(z.tuple([z.string(), z.string()])).readonly()

/** A draw as it is published: everything that a stranger needs to repeat it, and what came of it. */
const publishedDraw = z.object({
  plan: z.string().min(1),
  objects: pairs,
  inspectors: pairs,
  permille: z.record(z.string(), z.number()),
  team: z.number().int().min(1),
  organs: z.array(z.string()),
  drawNotBefore: z.string(),
  beacon: z.object({ source: z.string(), reference: z.string(), value: z.string() }),
  commitments: texts,
  secrets: texts,
  recused: z.record(z.string(), z.array(z.string())).optional(),
  drawn: z.array(z.string()),
  teams: z.record(z.string(), z.array(z.string())),
})
export type PublishedDraw = z.infer<typeof publishedDraw>

/** A draw made again, and where it differs from what was published. */
export interface Replayed extends Draw {
  /** Objects that were published as drawn and are not, or the other way round, and those whose team is another. */
  readonly differs: readonly string[]
}

/**
 * Repeats a published draw.
 *
 * @param value as JSON has it
 * @throws Refusal `draw-malformed`, and as {@link draw}
 */
export function replay(value: unknown): Replayed {
  const read = publishedDraw.safeParse(value)
  if (!read.success) throw malformed(read.error.issues.map(({ path }) => path.join('.') || '·'))
  const { secrets, commitments, recused, beacon, drawn, teams } = read.data
  const made = draw(read.data, { secrets, commitments, beaconValue: beacon.value, ...(recused ? { recused } : {}) })
  const place = (list: readonly string[]): ReadonlyMap<string, number> => new Map(list.map((object, at) => [object, at]))
  const [ours, theirs] = [place(made.drawn), place(drawn)]
  const differs = [...new Set([...made.drawn, ...drawn, ...Object.keys(teams)])].filter(
    (object) => ours.get(object) !== theirs.get(object) || made.teams[object]?.join('\t') !== teams[object]?.join('\t'),
  )
  return { ...made, differs }
}

function malformed(where: readonly string[]): Refusal {
  return new Refusal({
    code: 'draw-malformed',
    exit: 2,
    message: [`不是公布的抽查数据：${where.join('、')}`, `This is no published draw: ${where.join(', ')}`],
    basis: [
      '公布的抽查数据含计划、名单、承诺、密数、公共随机数和结果。',
      'A published draw has its plan, lists, commitments, secrets, beacon and results.',
    ],
    remedy: ['请从公布页面重新下载。', 'Download it again from the page where it was published.'],
  })
}
