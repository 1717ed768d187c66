import { caseSupervision } from './definition.ts'
import { indicators } from './indicators.ts'
import type { System } from '#engine/system.ts'

/** 案件监督. The report states no figure of it, so the synthetic year has none of its cases: they are opened by those who supervise. */
export const system: System = { id: 'case-supervision', definitions: [caseSupervision], indicators }
