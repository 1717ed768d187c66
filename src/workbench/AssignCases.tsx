import { Button, Input } from 'antd'
import { Labelled } from './Labelled.tsx'
import { post } from './api.ts'
import { Problem } from './Problem.tsx'
import { Resource } from './Resource.tsx'
import { useMutation } from '@tanstack/react-query'
import { useSay } from './language.tsx'
import { useState } from 'react'
import { words } from './words.ts'
import type { AssigneesJson } from '../server/api/assignments.ts'
import type { CaseChoicesJson, CaseLineJson } from '../server/api/case-lists.ts'

interface Props {
  readonly cases: readonly CaseLineJson[]
  readonly choices: CaseChoicesJson
  done(): void
}

/** Gives the chosen cases to one person: all of them, or none. */
export function AssignCases({ cases, choices, done }: Props) {
  const say = useSay()
  const procedures = new Set(cases.map(({ procedure }) => procedure))
  const [procedure] = procedures
  return (
    <section className="chosen" aria-label={say(words.assign)}>
      <strong role="status">{say(words.selected(cases.length))}</strong>
      {procedures.size > 1 || procedure === undefined ? (
        <p>{say(words.assignOneProcedure)}</p>
      ) : (
        <Resource<AssigneesJson> path={`/cases/assignees?procedure=${encodeURIComponent(procedure)}`}>
          {({ people }) =>
            people.length === 0 ? (
              <p>{say(words.assignNobody)}</p>
            ) : (
              <AssignForm cases={cases} people={people} choices={choices} done={done} />
            )
          }
        </Resource>
      )}
    </section>
  )
}

function AssignForm({ cases, people, choices, done }: Props & { readonly people: AssigneesJson['people'] }) {
  const say = useSay()
  const [key] = useState(() => crypto.randomUUID())
  const posts = new Map(choices.procedures.flatMap(({ posts: own }) => own.map(({ id, name }) => [id, name] as const)))
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ to, reason }: { to: AssigneesJson['people'][number]; reason: string }) =>
      post('/cases/assignments', { cases: cases.map(({ id }) => id), post: to.post, person: to.person, reason }, key),
    onSuccess: done,
  })
  return (
    <form
      className="controls"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        const to = people[Number(form.get('to'))]
        if (to) mutate({ to, reason: String(form.get('reason')).trim() })
      }}
    >
      <Labelled label={say(words.assignTo)}>
        <select name="to" required defaultValue="">
          <option value="" disabled>
            {say(words.choose)}
          </option>
          {people.map(({ person, post: of, organName }, index) => (
            <option key={`${person}/${of}`} value={index}>
              {person}（{posts.get(of) ?? of}，{organName}）
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled label={say(words.assignReason)} wide>
        <Input name="reason" required maxLength={500} />
      </Labelled>
      <Button htmlType="submit" type="primary" loading={isPending}>
        {say(words.assign)}
      </Button>
      {error ? <Problem error={error} /> : null}
    </form>
  )
}
