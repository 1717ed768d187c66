import townships from '#district/townships.json' with { type: 'json' }
import { integer, open, text } from '#engine/field.ts'
import type { Register, RegisterEntry } from '#engine/register.ts'

/** A township with its inhabitants, where the district's facts state them. */
interface Township {
  readonly code: string
  readonly name: string
  /** Resident population, from the day that it is stated for, by whom. */
  readonly inhabitants?: { readonly count: number; readonly from: string; readonly until?: string; readonly source: string }
}

const entries: RegisterEntry[] = ([...townships.townships2020, ...townships.subdistricts2020] as readonly Township[]).flatMap(
  ({ code, name, inhabitants }) =>
    inhabitants === undefined
      ? []
      : [
          {
            key: code,
            validFrom: inhabitants.from,
            ...(inhabitants.until === undefined ? {} : { validUntil: inhabitants.until }),
            value: { name, inhabitants: inhabitants.count, source: inhabitants.source },
          },
        ],
)

/** 常住人口: what rates per 1,000 inhabitants divide by. A township without an entry has no known population: its rate is not reckoned. */
export const populations: Register = {
  id: 'populations',
  name: ['常住人口', 'Populations'],
  key: ['镇街代码', 'Code of the township'],
  fields: {
    name: open(text('镇街', 'Township')),
    inhabitants: open(integer('常住人口', 'Inhabitants', { least: 0 })),
    source: open(text('来源', 'Source')),
  },
  entries,
}
