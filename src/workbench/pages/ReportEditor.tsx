import { Editions } from '../report/Editions.tsx'
import { get } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { ReportCheck } from '../report/ReportCheck.tsx'
import { Section } from '../report/Section.tsx'
import { Skeleton } from 'antd'
import { useParams } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { ReportFindingJson, ReportJson } from '../../server/api/reports.ts'

/** The year's report: its text with live figures, written in place; what its check finds; its editions. */
export function ReportEditor() {
  const say = useSay()
  const { year } = useParams({ from: '/reports/$year' })
  const path = `/reports/${year}`
  const { data, error, refetch } = useQuery({ queryKey: [path], queryFn: ({ signal }) => get<ReportJson>(path, signal) })
  // What the check finds in the section that is being written, before it is saved.
  const [unsaved, setUnsaved] = useState<readonly ReportFindingJson[]>()
  const [editing, setEditing] = useState<string>()
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (data === undefined)
    return (
      <div role="status" aria-label={say(words.waiting)}>
        <Skeleton active />
      </div>
    )
  const { title, editable, sections, figures } = data
  const findings = unsaved ?? data.findings
  return (
    <>
      <h1>{title}</h1>
      {editable ? null : <p className="quiet">{say(words.readOnly)}</p>}
      <div className="report-editor">
        <nav aria-label={say(words.contents)} className="report-contents">
          <ol>
            {sections
              .filter(({ number }) => number !== '0')
              .map(({ number, label, heading }) => (
                <li key={number} className={`depth-${number.split('.').length}`}>
                  <a href={`#section-${number}`}>
                    {label} {heading}
                  </a>
                </li>
              ))}
          </ol>
        </nav>
        <article className="report-text">
          {sections.map((section) => (
            <Section
              key={section.number}
              year={data.year}
              section={section}
              figures={figures}
              editable={editable && (editing === undefined || editing === section.number)}
              isEditing={editing === section.number}
              onEdit={(isEditing) => {
                setEditing(isEditing ? section.number : undefined)
                setUnsaved(undefined)
              }}
              onChecked={setUnsaved}
            />
          ))}
        </article>
        <aside className="report-aside">
          <ReportCheck findings={findings} />
          <Editions report={data} />
        </aside>
      </div>
    </>
  )
}
