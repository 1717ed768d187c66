import { Link } from '@tanstack/react-router'
import { Resource } from '../Resource.tsx'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { ReportYearsJson } from '../../server/api/reports.ts'

/** 年度报告: the years that there is something to report of. */
export function Reports() {
  const say = useSay()
  return (
    <>
      <h1>{say(words.reports)}</h1>
      <Resource<ReportYearsJson> path="/reports">
        {({ years }) =>
          years.length === 0 ? (
            <p>{say(words.noYears)}</p>
          ) : (
            <ul>
              {years.map(({ year, count }) => (
                <li key={year}>
                  <Link to="/reports/$year" params={{ year: String(year) }}>
                    {say(words.reportOf(year))}
                  </Link>{' '}
                  <span className="quiet">{say(words.casesOpened(count))}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Resource>
    </>
  )
}
