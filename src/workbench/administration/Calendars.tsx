import { base64Of } from '../base64.ts'
import { Button } from 'antd'
import { CardTable } from '../CardTable.tsx'
import { Confirmed } from '../Confirmed.tsx'
import { Labelled } from '../Labelled.tsx'
import { Moment } from '../Moment.tsx'
import { post } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { RowErrors } from '../RowErrors.tsx'
import { useId, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { CalendarsJson, CalendarYearJson, ScheduleImportJson } from '../../server/api/calendars.ts'

/** 日历: the holiday schedules that clocks count on. */
export function Calendars() {
  const say = useSay()
  return (
    <>
      <h1>{say(words.calendars)}</h1>
      <p className="quiet">{say(words.calendarsAre)}</p>
      <Resource<CalendarsJson> path="/calendars">
        {({ years, imports }) => (
          <>
            {imports ? <ImportSchedule /> : null}
            <CardTable
              caption={say(words.calendars)}
              rows={years}
              keyOf={({ year }) => String(year)}
              columns={[
                { name: say(words.year), cell: ({ year }) => year },
                {
                  name: say(words.state),
                  cell: ({ provisional }) => (
                    <span className={provisional ? 'mark bad' : 'mark'}>{say(provisional ? words.provisional : words.published)}</span>
                  ),
                },
                { name: say(words.daysOff), cell: ({ year, holidays }) => <Days of={`${year} ${say(words.daysOff)}`} days={holidays} /> },
                {
                  name: say(words.makeUpDays),
                  cell: ({ year, workdays }) => <Days of={`${year} ${say(words.makeUpDays)}`} days={workdays} />,
                },
                { name: say(words.history), cell: (one) => <Versions {...one} /> },
              ]}
            />
          </>
        )}
      </Resource>
    </>
  )
}

function Days({ of, days }: { readonly of: string; readonly days: readonly string[] }) {
  const say = useSay()
  if (days.length === 0) return '—'
  return (
    <details>
      <summary aria-label={`${of}：${say(words.dayTotal(days.length))}`}>{say(words.dayTotal(days.length))}</summary>
      {days.join(say(words.listComma))}
    </details>
  )
}

function Versions({ provisional, versions }: CalendarYearJson) {
  const say = useSay()
  if (versions.length === 0) return provisional ? '—' : say(words.ofTheRelease)
  return versions.map(({ version, at }) => (
    <div key={version}>
      {say(words.version(version))} <Moment at={at} />
    </div>
  ))
}

/** A schedule from a file: first the clocks that would move, then the import. */
function ImportSchedule() {
  const say = useSay()
  const id = useId()
  const [file, setFile] = useState<{ readonly text: string; readonly key: string }>()
  const [done, setDone] = useState<ScheduleImportJson>()
  const preview = useMutation({
    mutationFn: async (chosen: File) => {
      const text = await base64Of(chosen)
      const read = await post<ScheduleImportJson>('/calendars/previews', { file: text })
      setFile({ text, key: crypto.randomUUID() })
      return read
    },
  })
  const read = preview.data
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{say(words.importSchedule)}</h2>
      <p>{say(words.importScheduleIs)}</p>
      <p className="row">
        <Button href="/api/v1/calendars/template.xlsx" download>
          {say(words.template)}
        </Button>
      </p>
      <Labelled label={say(words.scheduleFile)}>
        <input
          type="file"
          accept=".json,.xlsx"
          onClick={({ currentTarget }) => {
            currentTarget.value = ''
          }}
          onChange={({ target }) => {
            const chosen = target.files?.[0]
            setFile(undefined)
            setDone(undefined)
            if (chosen) preview.mutate(chosen)
            else preview.reset()
          }}
        />
      </Labelled>
      {preview.isPending ? <p role="status">{say(words.counting)}</p> : null}
      {preview.error ? <Problem error={preview.error} /> : null}
      {done ? (
        <Moved title={say(words.scheduleImported(done.clocks))} read={done} />
      ) : read && !preview.isPending ? (
        read.errors.length > 0 ? (
          <RowErrors errors={read.errors} />
        ) : (
          <>
            <Moved title={say(words.wouldMove(read.clocks))} read={read} />
            {file ? (
              <p>
                <Confirmed
                  label={say(words.importIt)}
                  about={read.years.map(({ year }) => year).join(say(words.listComma))}
                  act={() => post<ScheduleImportJson>('/calendars', { file: file.text }, file.key)}
                  onDone={setDone}
                >
                  {say(words.importItIs(read.clocks))}
                </Confirmed>
              </p>
            ) : null}
          </>
        )
      ) : null}
    </section>
  )
}

function Moved({ title, read }: { readonly title: string; readonly read: ScheduleImportJson }) {
  const say = useSay()
  return (
    <>
      <p role="status">
        <strong>{title}</strong>
      </p>
      <ul className="simple">
        {read.years.map(({ year, isNew, holidays, workdays, changed }) => (
          <li key={year}>
            {say(words.yearOfFile(year, isNew, holidays, workdays))}
            {changed.length === 0 ? ` ${say(words.nothingChanges)}` : null}
            {changed.length > 0 ? (
              <details>
                <summary>{say(words.daysChange(changed.length))}</summary>
                {changed.join(say(words.listComma))}
              </details>
            ) : null}
          </li>
        ))}
      </ul>
      {read.moved.length === 0 ? null : (
        <CardTable
          caption={say(words.movedClocks)}
          rows={read.moved}
          keyOf={({ procedure, clock, from, to }) => `${procedure}/${clock}/${from}/${to}`}
          columns={[
            { name: say(words.columnClock), cell: ({ procedure, clock }) => `${procedure} · ${clock}` },
            { name: say(words.was), cell: ({ from }) => from.slice(0, 16).replace('T', ' ') },
            { name: say(words.becomes), cell: ({ to }) => to.slice(0, 16).replace('T', ' ') },
            { name: say(words.howMany), cell: ({ count }) => count },
          ]}
        />
      )}
    </>
  )
}
