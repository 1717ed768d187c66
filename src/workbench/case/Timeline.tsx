import { Button } from 'antd'
import { CorrectStep } from './CorrectStep.tsx'
import { Documents } from './Documents.tsx'
import { Moment, momentWords } from '../Moment.tsx'
import { Rows } from './ShownValue.tsx'
import { useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { CaseJson, StepTakenJson } from '../../server/api/case.ts'
import type { ReadingJson } from '../../server/api/readings.ts'

/** What was done, in the order of recording: a superseded step stays, and says what replaced it. */
export function Timeline({ value, reading }: { readonly value: CaseJson; readonly reading: ReadingJson | undefined }) {
  return (
    <ol className="timeline">
      {value.timeline.map((taken) => (
        <li key={taken.seq} id={`step-${taken.seq}`} className={taken.supersededBy === null ? '' : 'superseded'}>
          <StepTaken taken={taken} value={value} revealed={reading?.steps.find(({ seq }) => seq === taken.seq)} />
        </li>
      ))}
    </ol>
  )
}

interface Taken {
  readonly taken: StepTakenJson
  readonly value: CaseJson
  readonly revealed: ReadingJson['steps'][number] | undefined
}

function StepTaken({ taken, value, revealed }: Taken) {
  const say = useSay()
  const [correcting, setCorrecting] = useState(false)
  const { by, moved, supersedes, supersededBy } = taken
  return (
    <article>
      <h3>
        <span className="seq">{taken.seq}</span> {taken.name} <Moment at={taken.on} />
      </h3>
      {supersededBy === null ? null : (
        <p>
          {say(words.supersededBy)}
          <a href={`#step-${supersededBy}`}>{say(words.stepNumber(supersededBy))}</a>
        </p>
      )}
      {supersedes === null ? null : (
        <p>
          {say(words.supersedes)}
          <a href={`#step-${supersedes.seq}`}>{say(words.stepNumber(supersedes.seq))}</a>：{supersedes.reason}
          {supersedes.approvedBy === null ? null : ` · ${say(words.approvedBy)} ${supersedes.approvedBy}`}
        </p>
      )}
      <p className="quiet">
        {[by.organ, by.post, by.person].filter((part, index, all) => part !== null && all.indexOf(part) === index).join(' ')} ·{' '}
        {say(words.recordedAt(momentWords(taken.at)))}
        {moved === null ? null : (
          <>
            {' '}
            · {moved.from === null ? '' : `${moved.from} → `}
            <b>{moved.to}</b>
          </>
        )}
      </p>
      <Rows rows={taken.rows} revealed={revealed?.rows} />
      <Documents
        caseId={value.id}
        caseNumber={value.number}
        seq={taken.seq}
        documents={taken.documents}
        mayReveal={value.mayReadPersonal}
        stands={supersededBy === null}
      />
      {taken.tells === null ? null : (
        <p>
          <b>{say(words.tellsParty)}</b> {taken.tells}
        </p>
      )}
      <p className="quiet">{taken.articles.join('；')}</p>
      {taken.correction === null ? null : correcting ? (
        <CorrectStep
          value={value}
          taken={taken}
          correction={taken.correction}
          known={revealed?.values}
          onClose={() => setCorrecting(false)}
        />
      ) : (
        <Button size="small" onClick={() => setCorrecting(true)} aria-label={say(words.correctStep(taken.name))}>
          {say(words.correct)}
        </Button>
      )}
    </article>
  )
}
