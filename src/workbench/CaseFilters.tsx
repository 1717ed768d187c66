import { Button, Checkbox, Input } from 'antd'
import { Labelled } from './Labelled.tsx'
import { useState } from 'react'
import { useSay } from './language.tsx'
import { words } from './words.ts'
import type { CaseChoicesJson } from '../server/api/case-lists.ts'
import type { ListQuery } from './pages/CaseList.tsx'

interface Props {
  readonly query: ListQuery
  readonly choices: CaseChoicesJson
  change(query: ListQuery): void
}

/** What a list is narrowed by. Each choice takes effect at once; words are looked for on Enter. */
export function CaseFilters({ query, choices, change }: Props) {
  const say = useSay()
  const [isOpen, setOpen] = useState(() => isNarrowed(query) || matchMedia('(min-width: 641px)').matches)
  const procedure = choices.procedures.find(({ id }) => id === query['procedure'])
  const set = (values: Readonly<Record<string, string | undefined>>): void => {
    const next = { ...query, ...values }
    change(
      Object.fromEntries(Object.entries(next).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]))),
    )
  }
  const whose = query['mine'] ? 'mine' : query['unassigned'] ? 'unassigned' : query['assignee'] === undefined ? '' : 'person'
  return (
    <>
      <form
        role="search"
        aria-label={say(words.findCases)}
        className="controls"
        onSubmit={(event) => {
          event.preventDefault()
          const form = new FormData(event.currentTarget)
          set({ q: String(form.get('q') ?? '').trim(), people: form.get('people') ? 'yes' : undefined })
        }}
      >
        <Labelled label={say(words.findWhat)} wide>
          <Input name="q" type="search" maxLength={200} defaultValue={query['q'] ?? ''} autoComplete="off" />
        </Labelled>
        {choices.people ? (
          <Checkbox name="people" value="yes" defaultChecked={query['people'] === 'yes'}>
            {say(words.people)}
          </Checkbox>
        ) : null}
        <Button htmlType="submit" type="primary">
          {say(words.find)}
        </Button>
      </form>
      <details className="foldable" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{say(words.filters)}</summary>
        <fieldset className="controls" aria-label={say(words.filters)}>
          <Labelled label={say(words.procedure)}>
            <select value={query['procedure'] ?? ''} onChange={({ target }) => set({ procedure: target.value, state: undefined })}>
              <option value="">{say(words.any)}</option>
              {choices.procedures.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </Labelled>
          {procedure ? (
            <Labelled label={say(words.state)}>
              <select value={query['state'] ?? ''} onChange={({ target }) => set({ state: target.value })}>
                <option value="">{say(words.any)}</option>
                {procedure.states.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </Labelled>
          ) : null}
          <Labelled label={say(words.running)}>
            <select value={query['running'] ?? ''} onChange={({ target }) => set({ running: target.value })}>
              <option value="">{say(words.any)}</option>
              <option value="yes">{say(words.runningYes)}</option>
              <option value="no">{say(words.runningNo)}</option>
            </select>
          </Labelled>
          <Labelled label={say(words.whose)}>
            <select
              value={whose}
              onChange={({ target: { value } }) =>
                set({
                  mine: value === 'mine' ? 'yes' : undefined,
                  unassigned: value === 'unassigned' ? 'yes' : undefined,
                  // Nobody yet: the box for the name opens, and the list waits for it.
                  assignee: value === 'person' ? ' ' : undefined,
                })
              }
            >
              <option value="">{say(words.any)}</option>
              <option value="mine">{say(words.mine)}</option>
              <option value="unassigned">{say(words.unassigned)}</option>
              <option value="person">{say(words.byPerson)}</option>
            </select>
          </Labelled>
          {whose === 'person' ? (
            <Labelled label={say(words.assigneeName)}>
              <input
                defaultValue={query['assignee']?.trim()}
                maxLength={80}
                onBlur={({ target }) => target.value.trim() !== query['assignee']?.trim() && set({ assignee: target.value.trim() })}
                onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
              />
            </Labelled>
          ) : null}
          <Labelled label={say(words.organ)}>
            <select value={query['organ'] ?? ''} onChange={({ target }) => set({ organ: target.value })}>
              <option value="">{say(words.any)}</option>
              {choices.organs.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </Labelled>
          {(['openedFrom', 'openedUntil', 'dueUntil'] as const).map((name) => (
            <Labelled key={name} label={say(words[name])}>
              <input
                type="date"
                min="1990-01-01"
                max="2079-12-31"
                defaultValue={query[name] ?? ''}
                // Each key would be a day of its own: what was typed counts when the box is left.
                onBlur={({ target }) => target.value !== (query[name] ?? '') && set({ [name]: target.value })}
                onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
              />
            </Labelled>
          ))}
          <Labelled label={say(words.due)}>
            <select value={query['late'] ?? ''} onChange={({ target }) => set({ late: target.value })}>
              <option value="">{say(words.any)}</option>
              <option value="yes">{say(words.late)}</option>
            </select>
          </Labelled>
          <Labelled label={say(words.order)}>
            <select value={query['order'] ?? 'newest'} onChange={({ target }) => set({ order: target.value })}>
              <option value="newest">{say(words.newest)}</option>
              <option value="oldest">{say(words.oldest)}</option>
              <option value="due">{say(words.byDue)}</option>
              <option value="number">{say(words.byNumber)}</option>
            </select>
          </Labelled>
          {Object.keys(query).length > 0 ? <Button onClick={() => change({})}>{say(words.clearFilters)}</Button> : null}
        </fieldset>
      </details>
    </>
  )
}

/** Is the list narrowed by more than words and order? On a telephone the filters are folded while it is not. */
function isNarrowed(query: ListQuery): boolean {
  return Object.keys(query).some((name) => name !== 'q' && name !== 'people' && name !== 'order')
}
