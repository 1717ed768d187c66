import { administratorOf } from '../reader.ts'
import { attachment } from '../attachment.ts'
import { dateIn } from '#engine/day.ts'
import { importedSchedules, schedulesInForce } from '#store/schedules.ts'
import { importSchedule, previewSchedule } from '#store/import-schedule.ts'
import { read } from './cases.ts'
import { readScheduleFile, scheduleTemplate } from '../schedule-sheet.ts'
import { Refusal } from '#engine/refusal.ts'
import { systemNamed } from '#engine/system.ts'
import { viewerOf } from '../reader.ts'
import { z } from 'zod'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { MovedClock } from '#store/import-schedule.ts'
import type { RowError } from '../register-sheet.ts'
import type { Schedule } from '#engine/calendar.ts'
import type { Services } from '../services.ts'

/** A year as clocks count on it. Days are `YYYY-MM-DD`. */
export interface CalendarYearJson {
  readonly year: number
  readonly holidays: readonly string[]
  readonly workdays: readonly string[]
  /** Its schedule is not published here: only weekends are known, and what is counted into it is provisional. */
  readonly provisional: boolean
  /** Imported here, the newest first; none where the release's own counts. `at` is an instant. */
  readonly versions: readonly { readonly version: number; readonly at: string; readonly holidays: number; readonly workdays: number }[]
}

export interface CalendarsJson {
  /** The latest year first. */
  readonly years: readonly CalendarYearJson[]
  /** May this reader import a schedule? */
  readonly imports: boolean
}

/** Clocks of one kind that move from one last day to another: how many, not of which cases. */
export interface MovedClocksJson {
  readonly procedure: string
  readonly clock: string
  readonly from: string
  readonly to: string
  readonly count: number
}

/** What an import would come to, or came to. */
export interface ScheduleImportJson {
  readonly errors: readonly RowError[]
  /** Years of the file, and the days that they change. */
  readonly years: readonly {
    readonly year: number
    /** No schedule of this year was here before. */
    readonly isNew: boolean
    readonly holidays: number
    readonly workdays: number
    /** Days that become days off, or working days, by it. */
    readonly changed: readonly string[]
  }[]
  /** How many clocks move in all, and the kinds of them that are most. */
  readonly clocks: number
  readonly moved: readonly MovedClocksJson[]
}

const FILE_MOST = 1024 * 1024
const BODY_MOST = Math.ceil((FILE_MOST * 4) / 3) + 1000
const MOVED_SHOWN = 300
const importing = z.object({ file: z.base64() })

/** `/calendars`: the State Council's holiday schedules by year; the system administrator imports them, after seeing which clocks would move. */
export function calendarApi(api: FastifyInstance, services: Services): void {
  const { store, catalogue, now } = services

  api.get(
    '/calendars',
    { schema: { summary: ['放假安排', 'Holiday schedules'], answer: 'CalendarsJson' } },
    async (request): Promise<CalendarsJson> => {
      const viewer = viewerOf(request)
      const [inForce, imported] = await Promise.all([schedulesInForce(store), importedSchedules(store)])
      const thisYear = Number(dateIn(now()).slice(0, 4))
      // Clocks run into the next year: it is shown whether its schedule is there or not.
      const years = [...new Set([...Object.keys(inForce).map(Number), thisYear, thisYear + 1])].toSorted((a, b) => b - a)
      return {
        years: years.map((year) => ({
          year,
          holidays: inForce[year]?.holidays ?? [],
          workdays: inForce[year]?.workdays ?? [],
          provisional: inForce[year] === undefined,
          versions: imported
            .filter((one) => one.year === year)
            .map(({ version, at, schedule }) => ({
              version,
              at,
              holidays: schedule.holidays.length,
              workdays: schedule.workdays.length,
            })),
        })),
        imports: viewer.administrator === 'system',
      }
    },
  )

  api.get(
    '/calendars/template.xlsx',
    { schema: { summary: ['放假安排模板', 'A sheet for a holiday schedule'] } },
    async (request, reply) => {
      administratorOf(request, 'system')
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', attachment('holidays.xlsx', '放假安排.xlsx'))
        .send(await scheduleTemplate(request.view))
    },
  )

  // What an import would come to; nothing is kept.
  api.post(
    '/calendars/previews',
    {
      config: { repeatable: true },
      bodyLimit: BODY_MOST,
      schema: { summary: ['预览放假安排', 'What a schedule would move'], body: importing, answer: 'ScheduleImportJson' },
    },
    async (request): Promise<ScheduleImportJson> => {
      administratorOf(request, 'system')
      const { schedules, errors } = await fileOf(request)
      if (errors.length > 0) return { errors, years: [], clocks: 0, moved: [] }
      const years = await changesOf(schedules)
      const moved = await previewSchedule(store, catalogue, schedules)
      return { errors, years, clocks: moved.length, moved: movedJson(request, moved) }
    },
  )

  api.post(
    '/calendars',
    {
      bodyLimit: BODY_MOST,
      schema: {
        summary: ['导入放假安排', 'Import a schedule'],
        body: importing,
        answer: 'ScheduleImportJson',
        refusals: ['permission.not-administrator', 'schedule.rows-wrong', 'schedule.invalid', 'calendar.day-of-other-year'],
      },
    },
    async (request, reply) => {
      const by = administratorOf(request, 'system')
      const { schedules, errors } = await fileOf(request)
      if (errors.length > 0) throw rowsWrong(errors.length)
      const years = await changesOf(schedules)
      const moved = await importSchedule(store, catalogue, schedules, { by, at: now() }, services.calendarChanged)
      return reply.code(201).send({ errors, years, clocks: moved.length, moved: movedJson(request, moved) } satisfies ScheduleImportJson)
    },
  )

  async function fileOf(request: FastifyRequest): ReturnType<typeof readScheduleFile> {
    return readScheduleFile(Buffer.from(read(importing, request.body).file, 'base64'), request.view)
  }

  /** Per year of a file, the days whose kind it changes. What is not a schedule is left for the import to refuse. */
  async function changesOf(schedules: Readonly<Record<string, unknown>>): Promise<ScheduleImportJson['years']> {
    const inForce = await schedulesInForce(store)
    return Object.entries(schedules).flatMap(([year, value]) => {
      const { holidays, workdays } = (value ?? {}) as Partial<Schedule>
      if (!/^\d{4}$/.test(year) || !Array.isArray(holidays) || !Array.isArray(workdays)) return []
      const was = inForce[year]
      const before = new Set([...(was?.holidays ?? []).map(off), ...(was?.workdays ?? []).map(atWork)])
      const after = new Set([...holidays.map(off), ...workdays.map(atWork)])
      const changed = [...new Set([...before.symmetricDifference(after)].map((one) => one.slice(1)))].toSorted()
      return [{ year: Number(year), isNew: was === undefined, holidays: holidays.length, workdays: workdays.length, changed }]
    })
  }

  /** An administrator sees no case: the clocks are told by their kind and their days. */
  function movedJson({ view }: FastifyRequest, moved: readonly MovedClock[]): MovedClocksJson[] {
    const kinds = Map.groupBy(moved, ({ procedure, clock, from, to }) => JSON.stringify([procedure, clock, from, to]))
    return [...kinds.values()]
      .map((alike) => {
        const { procedure, clock, from, to } = alike[0]!
        const { definitions } = systemNamed(catalogue, procedure)
        const named = definitions.findLast(({ clocks }) => clocks[clock])
        return {
          procedure: view.say(definitions.at(-1)!.name),
          clock: named ? view.say(named.clocks[clock]!.name) : clock,
          from,
          to,
          count: alike.length,
        }
      })
      .toSorted((a, b) => b.count - a.count || a.from.localeCompare(b.from))
      .slice(0, MOVED_SHOWN)
  }
}

const off = (day: unknown): string => `-${String(day)}`
const atWork = (day: unknown): string => `+${String(day)}`

function rowsWrong(count: number): Refusal {
  return new Refusal({
    code: 'schedule.rows-wrong',
    message: [`表格有 ${count} 处错误，未导入。`, `${count} cells are wrong: nothing was imported.`],
    basis: ['一份放假安排整体导入，或者不导入。', 'A schedule is taken as a whole or not at all.'],
    remedy: ['请按预览所列改正后再导入。', 'Correct what the preview lists and import it again.'],
  })
}
