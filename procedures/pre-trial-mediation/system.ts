import { indicators } from './indicators.ts'
import { preTrialMediation } from './definition.ts'
import { preTrialMediationUntil2021 } from './definition.until-2021-12-31.ts'
import { year } from './year.ts'
import type { System } from '#engine/system.ts'

/** 诉前调解: everything of the system, for the catalogue. */
export const system: System = {
  id: 'pre-trial-mediation',
  definitions: [preTrialMediationUntil2021, preTrialMediation],
  indicators,
  year,
}
