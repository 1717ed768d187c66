import { Button } from 'antd'
import { FigureChip } from './FigureChip.tsx'
import { FigureTable } from './FigureTable.tsx'
import { lazy, Suspense } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { ReportFigureJson, ReportFindingJson, ReportSectionJson } from '../../server/api/reports.ts'

const SectionForm = lazy(async () => ({ default: (await import('./SectionForm.tsx')).SectionForm }))

/** A section as printed, its figures live; or the form in which it is written. */
export function Section({
  year,
  section,
  figures,
  editable,
  isEditing,
  onEdit,
  onChecked,
}: {
  readonly year: number
  readonly section: ReportSectionJson
  readonly figures: readonly ReportFigureJson[]
  readonly editable: boolean
  readonly isEditing: boolean
  readonly onEdit: (isEditing: boolean) => void
  readonly onChecked: (findings: readonly ReportFindingJson[]) => void
}) {
  const say = useSay()
  const { number, label, heading, paragraphs, toBeWritten, source } = section
  const own = figures.filter((figure) => figure.section === number)
  const Heading = number.includes('.') ? 'h3' : 'h2'
  // A chapter that only holds its parts has nothing of its own to write.
  const isWritten = paragraphs.length > 0 || source.length > 0
  return (
    <section id={`section-${number}`} aria-labelledby={`heading-${number}`}>
      <Heading id={`heading-${number}`} tabIndex={-1}>
        {label} {heading}
      </Heading>
      {isEditing ? (
        <Suspense>
          <SectionForm year={year} section={section} figures={figures} onDone={() => onEdit(false)} onChecked={onChecked} />
        </Suspense>
      ) : (
        <>
          {paragraphs.map((runs, index) => (
            <p key={index} id={`paragraph-${number}-${index}`} tabIndex={-1} className={toBeWritten && index === 0 ? 'quiet' : ''}>
              {runs.map((run, at) =>
                typeof run === 'string' ? (
                  run
                ) : (
                  <FigureChip key={at} text={run.text} figure={figures.find(({ id }) => id === run.figure)!} />
                ),
              )}
            </p>
          ))}
          {editable && isWritten ? (
            <p>
              <Button size="small" onClick={() => onEdit(true)} aria-label={say(words.editSection(heading))}>
                {say(words.edit)}
              </Button>
            </p>
          ) : null}
        </>
      )}
      {own.length > 0 ? (
        <details>
          <summary>{say(words.figuresOfSection(own.length))}</summary>
          <FigureTable year={year} figures={own} editable={editable} />
        </details>
      ) : null}
    </section>
  )
}
