import { Files, Sealed } from '../report/Editions.tsx'
import { LanguageContext, useSay } from '../language.tsx'
import { Link, useParams } from '@tanstack/react-router'
import { Resource } from '../Resource.tsx'
import { use } from 'react'
import { words } from '../words.ts'
import type { EditionWholeJson } from '../../server/api/report-editions.ts'

/** An edition as it was frozen: to read, and to prove; nothing in it can be changed. */
export function ReportEdition() {
  const say = useSay()
  const { language } = use(LanguageContext)
  const { year, number } = useParams({ from: '/reports/$year/editions/$number' })
  return (
    <Resource<EditionWholeJson> path={`/reports/${year}/editions/${number}`}>
      {(edition) => (
        <>
          <h1>{say(edition.report.title)}</h1>
          <p className="report-files">
            <b>{say(words.editionNumber(edition.number))}</b> · {say(words.frozenBy(edition.by, edition.at.slice(0, 16).replace('T', ' ')))}{' '}
            · <Files year={edition.report.year} name={number} />{' '}
            <a href={`/api/v1/reports/${year}/editions/${number}.txt`}>{say(words.frozenText)}</a>
          </p>
          <p>
            <Link to="/reports/$year" params={{ year }}>
              {say(words.backToDraft)}
            </Link>
          </p>
          <Sealed edition={edition} />
          <article className="report-text">
            {edition.report.sections.map(({ number: section, label, heading, paragraphs }) => {
              const Heading = section.includes('.') ? 'h3' : 'h2'
              return (
                <section key={section}>
                  <Heading>
                    {say(label)} {say(heading)}
                  </Heading>
                  {paragraphs.map((paragraph, index) => (
                    <p key={index}>{paragraph[language].map((run) => (typeof run === 'string' ? run : run.text)).join('')}</p>
                  ))}
                </section>
              )
            })}
          </article>
        </>
      )}
    </Resource>
  )
}
