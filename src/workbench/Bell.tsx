import { BellOutlined } from '@ant-design/icons'
import { get } from './api.ts'
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { UnreadJson } from '../server/api/notifications.ts'

/** Not oftener: what is told waits a minute without harm. */
const ASKED_EVERY_MS = 60_000

/** 通知: how many are unread, said politely when that changes. */
export function Bell() {
  const say = useSay()
  const { data } = useQuery({
    queryKey: ['/notifications/unread'],
    queryFn: ({ signal }) => get<UnreadJson>('/notifications/unread', signal),
    refetchInterval: ASKED_EVERY_MS,
    staleTime: ASKED_EVERY_MS,
  })
  const unread = data?.unread ?? 0
  const count = data && unread >= data.most ? `${data.most}+` : String(unread)
  return (
    <>
      <Link
        to="/notifications"
        className="bell"
        aria-label={unread === 0 ? say(words.notifications) : say(words.notificationsUnread(count))}
      >
        <BellOutlined aria-hidden />
        {unread === 0 ? null : <span className="mark bad">{count}</span>}
      </Link>
      <span role="status" className="unseen">
        {unread === 0 ? '' : say(words.notificationsUnread(count))}
      </span>
    </>
  )
}
