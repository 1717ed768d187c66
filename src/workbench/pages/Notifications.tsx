import { Button, Skeleton } from 'antd'
import { get, put } from '../api.ts'
import { Link } from '@tanstack/react-router'
import { Moment } from '../Moment.tsx'
import { Problem } from '../Problem.tsx'
import { Ticked } from '../Labelled.tsx'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { NotificationsJson } from '../../server/api/notifications.ts'

/** 通知: what one was told, the latest first. */
export function Notifications() {
  const say = useSay()
  const queries = useQueryClient()
  const [isUnreadOnly, setUnreadOnly] = useState(false)
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['/notifications', isUnreadOnly],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...(isUnreadOnly ? { unread: 'true' } : {}), ...(pageParam === '' ? {} : { after: pageParam }) })
      return get<NotificationsJson>(`/notifications?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const marking = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['/notifications'] }),
        queries.invalidateQueries({ queryKey: ['/notifications/unread'] }),
      ]),
  })
  const shown = data?.pages.flatMap(({ notifications }) => notifications)
  const newest = shown?.[0]
  const readOne = (id: string): void => marking.mutate(() => put(`/notifications/${id}/read`, {}))
  return (
    <>
      <h1>{say(words.notifications)}</h1>
      <div className="controls">
        <Ticked label={say(words.notificationsUnreadOnly)}>
          <input type="checkbox" checked={isUnreadOnly} onChange={({ target }) => setUnreadOnly(target.checked)} />
        </Ticked>
        <Button
          disabled={newest === undefined}
          loading={marking.isPending}
          onClick={() => (newest ? marking.mutate(() => put('/notifications/read', { until: newest.id })) : undefined)}
        >
          {say(words.notificationsReadAll)}
        </Button>
        <Link to="/account">{say(words.notificationSettings)}</Link>
      </div>
      {marking.error ? <Problem error={marking.error} /> : null}
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : shown === undefined ? (
        <div role="status" aria-label={say(words.waiting)}>
          <Skeleton active />
        </div>
      ) : shown.length === 0 ? (
        <p role="status">{say(words.notificationsNone)}</p>
      ) : (
        <ul className="told">
          {shown.map(({ id, kindName, text, path, madeAt, isRead }) => (
            <li key={id}>
              <p>
                {isRead ? null : <span className="mark bad">{say(words.notificationUnread)}</span>} <strong>{kindName}</strong>{' '}
                <span className="quiet">
                  <Moment at={madeAt} />
                </span>
              </p>
              <p>
                <Link to={path} onClick={() => (isRead ? undefined : readOne(id))}>
                  {text}
                </Link>{' '}
                {isRead ? null : (
                  <Button size="small" aria-label={`${say(words.notificationMarkRead)}：${text}`} onClick={() => readOne(id)}>
                    {say(words.notificationMarkRead)}
                  </Button>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {hasNextPage ? (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say(words.more)}
        </Button>
      ) : null}
    </>
  )
}
