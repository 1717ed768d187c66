import { bytesWords } from '../form/FileField.tsx'
import { Button } from 'antd'
import { get } from '../api.ts'
import { Moment } from '../Moment.tsx'
import { Purpose } from './Purpose.tsx'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'

/** A file of a case as the API lists it. */
interface FileOfCase {
  readonly id: string
  /** `null` where who reads may not know it. */
  readonly name: string | null
  readonly bytes: number
  readonly sha256: string | null
  readonly type: string | null
  readonly at: string
  readonly public: boolean
}

/** Types that a browser shows by itself. */
const SHOWN = /^image\/(png|jpeg|webp|gif)$/

/** The evidence of a case with hash and download; what is not public for a purpose. Nothing where no file was named. */
export function Files({ caseId, mayReadPersonal }: { readonly caseId: string; readonly mayReadPersonal: boolean }) {
  const say = useSay()
  const [wanted, setWanted] = useState<FileOfCase>()
  const { data = [] } = useQuery({
    queryKey: [`/cases/${caseId}/files`],
    queryFn: ({ signal }) => get<readonly FileOfCase[]>(`/cases/${caseId}/files`, signal),
  })
  if (data.length === 0) return null
  const address = (file: FileOfCase, purpose?: string): string =>
    `/api/v1/cases/${caseId}/files/${file.id}${purpose === undefined ? '' : `?purpose=${encodeURIComponent(purpose)}`}`
  return (
    <section aria-labelledby="files">
      <h2 id="files">{say(words.files)}</h2>
      <ul className="documents">
        {data.map((file) => (
          <li key={file.id}>
            <bdi>{file.name ?? say(words.personalHeld)}</bdi> {bytesWords(file.bytes)} <Moment at={file.at} />{' '}
            {file.sha256 === null ? null : (
              <span>
                {say(words.fileHash)} <code title={file.sha256}>{file.sha256.slice(0, 16)}…</code>
              </span>
            )}{' '}
            {file.public ? (
              <a href={address(file)}>{say(words.download)}</a>
            ) : mayReadPersonal ? (
              <Button size="small" onClick={() => setWanted(file)}>
                {say(words.download)}
              </Button>
            ) : null}
            {file.public && SHOWN.test(file.type ?? '') ? (
              <img className="evidence" src={address(file)} alt={file.name ?? ''} loading="lazy" />
            ) : null}
          </li>
        ))}
      </ul>
      {wanted ? (
        <Purpose
          go={async (purpose) => {
            location.assign(address(wanted, purpose))
          }}
          onClose={() => setWanted(undefined)}
        />
      ) : null}
    </section>
  )
}
