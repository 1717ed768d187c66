import { Button } from 'antd'
import { get, Refused } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { useRef, useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { FileRef } from '#engine/field.ts'

/** A file, uploaded piece by piece and going on where a line broke; the value is its name, size and hash. Props are what a form gives to its control. */
export function FileField({
  id,
  value,
  onChange,
}: {
  readonly id?: string
  readonly value?: FileRef
  onChange?(value: FileRef | undefined): void
}) {
  const say = useSay()
  const [percent, setPercent] = useState<number>()
  const [problem, setProblem] = useState<unknown>()
  const input = useRef<HTMLInputElement>(null)

  async function attach(file: File): Promise<void> {
    setProblem(undefined)
    setPercent(0)
    try {
      onChange?.(await upload(file, setPercent))
    } catch (error) {
      setProblem(error)
    } finally {
      setPercent(undefined)
      if (input.current) input.current.value = ''
    }
  }

  const isAbsent = problem instanceof Refused && problem.status === 404
  return (
    <>
      <input
        ref={input}
        {...(id === undefined ? {} : { id })}
        type="file"
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) void attach(file)
        }}
      />
      {percent === undefined ? null : <p role="status">{say(words.uploading(percent))}</p>}
      {isAbsent ? <p role="alert">{say(words.filesNotYet)}</p> : problem ? <Problem error={problem} /> : null}
      {value === undefined ? null : (
        <p role="status">
          {say(words.attached(value.name, bytesWords(value.bytes)))} <code>{value.sha256.slice(0, 12)}…</code>{' '}
          <Button type="link" onClick={() => onChange?.(undefined)}>
            {say(words.detach)}
          </Button>
        </p>
      )}
    </>
  )
}

/** `1.4 MB` */
export function bytesWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** @throws Refused */
async function upload(file: File, tell: (percent: number) => void): Promise<FileRef> {
  const { Upload } = await import('tus-js-client')
  const address = await new Promise<string>((resolve, reject) => {
    const sending = new Upload(file, {
      endpoint: '/api/v1/files',
      metadata: { filename: file.name },
      retryDelays: [0, 1000, 3000, 10_000],
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => tell(Math.floor((sent / total) * 100)),
      onSuccess: () => resolve(sending.url!),
      onError: (error) => reject(refusalIn(error)),
    })
    sending.start()
  })
  const { name, bytes, sha256 } = await get<FileRef>(`/files/${address.split('/').at(-1)}`)
  return { name, bytes, sha256 }
}

/** What the server said, where it said something. */
function refusalIn(error: Error): Error {
  const response = (error as { originalResponse?: { getStatus(): number; getBody(): string } | null }).originalResponse
  if (!response) return error
  try {
    return new Refused(response.getStatus(), JSON.parse(response.getBody()) as ConstructorParameters<typeof Refused>[1])
  } catch {
    return error // no refusal of ours: a proxy's page, say
  }
}
