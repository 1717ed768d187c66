import { indicators } from './indicators.ts'
import { sourceCase } from './definition.ts'
import { year } from './year.ts'
import type { System } from '#engine/system.ts'

/** 12345工单溯源: everything of the system, for the catalogue. */
export const system: System = {
  id: 'source-case',
  definitions: [sourceCase],
  indicators,
  year,
}
