import type { AccountOffice } from '#accounts/account-office.ts'
import type { Chapter, ReportFigure } from '#readings/annual-report.ts'
import type { Limits } from './overload.ts'
import type { Office } from '#store/take-step.ts'
import type { Register } from '#engine/register.ts'
import type { FileVault } from '#store/file-vault.ts'
import type { IncomingHttpHeaders } from 'node:http'
import type { Viewer } from '#identity/viewer.ts'
import type { Words } from '#engine/words.ts'

/** What the pages need: the office, who it is, and what day it is. */
export interface Services extends Office {
  readonly place: { readonly name: Words; readonly issuer: Words }
  /** The present instant, `2024-03-05T10:15:00+08:00`. */
  now(): string
  /** Has whoever counts here look at the holiday schedules anew. */
  readonly calendarChanged?: (() => Promise<void>) | undefined
  readonly registers: readonly Register[]
  readonly report: { readonly chapters: readonly Chapter[]; readonly figures: readonly ReportFigure[] }
  /** Who sends a request; absent where nobody signed in. */
  identify(headers: IncomingHttpHeaders): Promise<Viewer | undefined>
  /** Where people sign in; absent where a server is only read. */
  readonly accounts?: AccountOffice | undefined
  /** Is every case here synthetic? Then whoever comes may look at what is not personal. */
  readonly demonstration: boolean
  /** Where the content of files lies. */
  readonly vault: FileVault
  /** Largest file that is taken, in bytes. */
  readonly fileLimit: number
  /** How many requests are taken. */
  readonly limits: Limits
}
