import { Moment } from '../Moment.tsx'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { PreviewJson } from '../../server/api/previews.ts'

/** What would follow if the form were sent as it stands. */
export function WouldBe({ would }: { readonly would: NonNullable<PreviewJson['would']> }) {
  const say = useSay()
  return (
    <section className="would" role="status">
      <h3>{say(words.wouldBe)}</h3>
      <ul>
        <li>{say(words.wouldState(would.stateName))}</li>
        {would.clocks.map(({ clock, seq, name, due, standing, stoppedOn }) => (
          <li key={`${clock}/${seq}`}>
            {name}：{due === null ? null : <Moment at={due} />}{' '}
            {stoppedOn === null ? null : `${say(words.stoppedOn)} ${stoppedOn.slice(0, 10)} `}
            <span className="quiet">{standing}</span>
          </li>
        ))}
        {would.documents.length === 0 ? null : <li>{say(words.wouldDocuments(would.documents.join(say(['、', ', ']))))}</li>}
      </ul>
    </section>
  )
}
