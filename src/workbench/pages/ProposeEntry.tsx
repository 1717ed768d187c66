import { EntryForm } from '../EntryForm.tsx'
import { Resource } from '../Resource.tsx'
import { useParams, useSearch } from '@tanstack/react-router'
import type { CaseChoicesJson } from '../../server/api/case-lists.ts'
import type { EntriesJson, EntryHistoryJson } from '../../server/api/registers.ts'

/** An entry as somebody would have it: a new one, or another version of one that is there. */
export function ProposeEntry() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { key }: { key?: unknown } = useSearch({ strict: false })
  const register = `/registers/${encodeURIComponent(id)}`
  return (
    <Resource<CaseChoicesJson> path="/cases/choices">
      {({ organs }) =>
        key === undefined ? (
          <Resource<EntriesJson> path={register}>
            {(one) => <EntryForm register={one.register} organs={organs} from={undefined} />}
          </Resource>
        ) : (
          <Resource<EntryHistoryJson> path={`${register}/entries/${encodeURIComponent(String(key))}`}>
            {({ register: one, versions }) => <EntryForm register={one} organs={organs} from={versions[0]} />}
          </Resource>
        )
      }
    </Resource>
  )
}
