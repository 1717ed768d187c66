import { Tag } from 'antd'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { ReportFindingJson } from '../../server/api/reports.ts'

/** What the check finds, each linked to its sentence. */
export function ReportCheck({ findings }: { readonly findings: readonly ReportFindingJson[] }) {
  const say = useSay()
  const wrong = findings.filter(({ kind }) => kind !== 'to-write')
  const left = findings.filter(({ kind }) => kind === 'to-write')
  return (
    <section aria-labelledby="report-check">
      <h2 id="report-check">{say(words.check)}</h2>
      <p className="quiet">{say(words.checkNote)}</p>
      <div role="status">
        {wrong.length === 0 ? (
          <p>{say(words.nothingFound)}</p>
        ) : (
          <ul className="check-findings">
            {wrong.map((finding, index) => (
              <Found key={index} finding={finding} />
            ))}
          </ul>
        )}
      </div>
      {left.length > 0 ? (
        <details>
          <summary>
            {say(words.checkKinds['to-write'])} ({left.length})
          </summary>
          <ul className="check-findings">
            {left.map((finding) => (
              <Found key={finding.section} finding={finding} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

function Found({ finding: { kind, section, paragraph, sentence, says } }: { readonly finding: ReportFindingJson }) {
  const say = useSay()
  return (
    <li>
      <Tag variant="outlined">{say(words.checkKinds[kind])}</Tag> {says}
      {section === null ? null : (
        <div>
          <a
            href={`#section-${section}`}
            onClick={(event) => {
              const place = document.getElementById(`paragraph-${section}-${paragraph}`) ?? document.getElementById(`heading-${section}`)
              if (!place) return
              event.preventDefault()
              place.scrollIntoView({ block: 'center' })
              place.focus()
            }}
          >
            {section}
            {sentence === null ? '' : ` “${sentence}”`}
          </a>
        </div>
      )}
    </li>
  )
}
