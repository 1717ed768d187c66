import { Button, Input } from 'antd'
import { get, put, remove } from './api.ts'
import { Labelled } from './Labelled.tsx'
import { Problem } from './Problem.tsx'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { ListQuery } from './pages/CaseList.tsx'
import type { SavedViewsJson } from '../server/api/views.ts'

/** Lists that this person keeps: opened by a click, kept under a name. */
export function SavedViews({ query, change }: { readonly query: ListQuery; change(query: ListQuery): void }) {
  const say = useSay()
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: ['/views'], queryFn: ({ signal }) => get<SavedViewsJson>('/views', signal) })
  const again = () => queries.invalidateQueries({ queryKey: ['/views'] })
  const keep = useMutation({ mutationFn: (name: string) => put(`/views/${encodeURIComponent(name)}`, { query }), onSuccess: again })
  const forget = useMutation({ mutationFn: (name: string) => remove(`/views/${encodeURIComponent(name)}`), onSuccess: again })
  const error = keep.error ?? forget.error
  return (
    <details open={(data?.views.length ?? 0) > 0}>
      <summary>{say(words.views)}</summary>
      {error ? <Problem error={error} /> : null}
      <ul className="row plain">
        {(data?.views ?? []).map(({ name, query: kept }) => (
          <li key={name}>
            <Button onClick={() => change(kept)}>{name}</Button>
            <Button type="text" aria-label={say(words.removeView(name))} onClick={() => forget.mutate(name)}>
              ×
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="controls"
        onSubmit={(event) => {
          event.preventDefault()
          const name = String(new FormData(event.currentTarget).get('name') ?? '').trim()
          if (name !== '') keep.mutate(name)
          event.currentTarget.reset()
        }}
      >
        <Labelled label={say(words.viewName)}>
          <Input name="name" maxLength={60} required autoComplete="off" />
        </Labelled>
        <Button htmlType="submit">{say(words.saveView)}</Button>
      </form>
    </details>
  )
}
