import { isDay } from '#engine/day.ts'
import { isUuid } from '#store/read-case.ts'
import { Refusal } from '#engine/refusal.ts'
import { z } from 'zod'

/** A calendar year in which there can be cases. */
export const year = z.coerce.number().int().min(1990).max(2079)

/** `YYYY-MM-DD`, an existing day. */
export const day = z.string().refine(isDay)

/** Where a page of cases goes on: `2020-03-02_<id>`. */
export const afterCase = z
  .string()
  .transform((text) => text.split('_'))
  .refine((parts): parts is [string, string] => parts.length === 2 && day.safeParse(parts[0]).success && isUuid(parts[1]!))

/** Ids of procedures, states, registers: short words. */
export const word = z.string().min(1).max(80)

/** To build a schema takes longer than to read a query by it: one for each shape, where the caller keeps its shape. */
const built = new WeakMap<z.ZodRawShape, z.ZodObject>()

/**
 * Reads the query of an address; what it does not know is left alone.
 *
 * @throws Refusal `query.invalid`
 */
export function readQuery<Shape extends z.ZodRawShape>(shape: Shape, query: unknown): z.infer<z.ZodObject<Shape>> {
  // An empty box of a form is no value.
  const given = Object.fromEntries(Object.entries((query ?? {}) as object).filter(([, value]) => value !== ''))
  const schema = built.get(shape) ?? z.object(shape)
  built.set(shape, schema)
  const read = schema.safeParse(given)
  if (read.success) return read.data as z.infer<z.ZodObject<Shape>>
  const names = [...new Set(read.error.issues.map(({ path }) => path.join('.')))]
  throw new Refusal({
    code: 'query.invalid',
    exit: 2,
    message: [`网址中的“${names.join('、')}”无法识别。`, `“${names.join(', ')}” in the address cannot be read.`],
    basis: ['日期写作 YYYY-MM-DD，年份写作四位数字。', 'Days are written YYYY-MM-DD, years with four digits.'],
    remedy: ['请从页面上的链接进入，或改正网址。', 'Follow a link of a page, or correct the address.'],
  })
}
