import { Button, Skeleton } from 'antd'
import { CardTable } from './CardTable.tsx'
import { get } from './api.ts'
import { Problem } from './Problem.tsx'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { Column } from './CardTable.tsx'

/** A list of the API that comes page by page: waiting, failed, empty, or there. */
export function PagedTable<Page extends { readonly next: string | null }, Row>({
  path,
  query = {},
  rowsOf,
  keyOf,
  caption,
  empty,
  columns,
}: {
  readonly path: string
  /** What narrows the list; what is empty is not asked. */
  readonly query?: Readonly<Record<string, string>>
  readonly rowsOf: (page: Page) => readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly caption: string
  /** What is said where nothing is found. */
  readonly empty: string
  readonly columns: readonly Column<Row>[]
}) {
  const say = useSay()
  const asked = Object.entries(query).filter(([, value]) => value !== '')
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [path, 'pages', ...asked.flat()],
    queryFn: ({ pageParam, signal }) =>
      get<Page>(
        `${path}?${new URLSearchParams([...asked, ...(pageParam === '' ? [] : [['after', pageParam]])] as [string, string][])}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const rows = data?.pages.flatMap(rowsOf)
  if (error && rows === undefined) return <Problem error={error} retry={() => void refetch()} />
  if (rows === undefined)
    return (
      <div role="status" aria-label={say(words.waiting)}>
        <Skeleton active />
      </div>
    )
  if (rows.length === 0) return <p role="status">{empty}</p>
  return (
    <>
      <CardTable caption={caption} columns={columns} rows={rows} keyOf={keyOf} />
      {error ? <Problem error={error} retry={() => void fetchNextPage()} /> : null}
      {hasNextPage && !error ? (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say(words.more)}
        </Button>
      ) : null}
    </>
  )
}
