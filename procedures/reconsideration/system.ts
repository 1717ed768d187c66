import { indicators } from './indicators.ts'
import { reconsideration } from './definition.ts'
import { reconsiderationUntil2023 } from './definition.until-2023-12-31.ts'
import { year } from './year.ts'
import type { System } from '#engine/system.ts'

/** 行政复议: everything of the system, for the catalogue. */
export const system: System = {
  id: 'reconsideration',
  definitions: [reconsiderationUntil2023, reconsideration],
  indicators,
  year,
}
