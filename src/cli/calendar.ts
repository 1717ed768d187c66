import { catalogue } from '#procedures/catalogue.ts'
import { command, now, onStore, print, readJson, withStore } from './command.ts'
import { importSchedule } from '#store/import-schedule.ts'
import { OPERATOR } from '#accounts/account-office.ts'
import { say } from '#engine/words.ts'
import type { Command } from 'commander'
import type { StoreCommon } from './command.ts'

/** `yifa calendar import FILE`: a new holiday schedule, and the running clocks whose last day it moves. */
export function calendarCommand(): Command {
  const calendar = command('calendar', 'the State Council’s holiday schedules')
  calendar.addCommand(
    onStore(command('import', 'take a schedule and list the running clocks whose last day moves'))
      .argument('<file>', 'JSON, one entry a year: holidays and workdays')
      .action((file: string, options: StoreCommon) => {
        const schedules = readJson(file) as Readonly<Record<string, unknown>>
        return withStore(options, 'guest', async (store) => {
          const moved = await importSchedule(store, catalogue, schedules, { by: OPERATOR, at: now() })
          print(options, { moved }, () =>
            [
              ...moved.map(({ number, clock, from, to }) => `${number}  ${clock}  ${from} → ${to}`),
              say([`${moved.length} 个期限的末日改变。`, `${moved.length} running clock(s) moved.`], options.lang),
            ].join('\n'),
          )
        })
      }),
  )
  return calendar
}
