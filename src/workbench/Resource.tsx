import { get } from './api.ts'
import { Problem } from './Problem.tsx'
import { Skeleton } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { ReactNode } from 'react'

/** A resource of the API on the page: waiting, failed, or there. */
export function Resource<T>({ path, children }: { readonly path: string; readonly children: (value: T) => ReactNode }) {
  const say = useSay()
  const { data, error, refetch } = useQuery({ queryKey: [path], queryFn: ({ signal }) => get<T>(path, signal) })
  if (error) return <Problem error={error} retry={() => void refetch()} />
  if (data === undefined)
    return (
      <div role="status" aria-label={say(words.waiting)}>
        <Skeleton active />
      </div>
    )
  return <>{children(data)}</>
}
