import { hotline } from './definition.ts'
import { hotlineUntil2020 } from './definition.until-2020-12-27.ts'
import { indicators } from './indicators.ts'
import { recurrence } from './recurrence.ts'
import { year } from './year.ts'
import type { System } from '#engine/system.ts'

/** 12345热线与网络问政: everything of the system, for the catalogue. */
export const system: System = {
  id: 'hotline-12345',
  definitions: [hotlineUntil2020, hotline],
  indicators,
  year,
  recurrence,
}
