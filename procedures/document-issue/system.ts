import { documentIssue } from './definition.ts'
import { indicators } from './indicators.ts'
import type { System } from '#engine/system.ts'

/** 文书审签用印. The report states no figure of it, so the synthetic year has none of its cases: its documents count as issued as before. */
export const system: System = { id: 'document-issue', definitions: [documentIssue], indicators }
