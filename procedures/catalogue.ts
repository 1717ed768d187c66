import * as preTrialMediation from './pre-trial-mediation/system.ts'
import type { System } from '#engine/system.ts'

/** The table of contents: one import and one line per system. */
export const catalogue: readonly System[] = [preTrialMediation.system]
