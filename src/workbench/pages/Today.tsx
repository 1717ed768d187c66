import { Button } from 'antd'
import { get } from '../api.ts'
import { HandIns } from '../HandIns.tsx'
import { Link } from '@tanstack/react-router'
import { Moment } from '../Moment.tsx'
import { Problem } from '../Problem.tsx'
import { Resource } from '../Resource.tsx'
import { SessionContext } from '../session.ts'
import { Standing } from '../Standing.tsx'
import { use, useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { DueJson, OwnCaseJson, PageJson, TodayJson } from '../../server/api/today.ts'
import type { ReactNode } from 'react'
import type { Words } from '#engine/words.ts'

/** 今日: what this person must do, what of theirs waits for others, what came back. */
export function Today() {
  const say = useSay()
  const visits = use(SessionContext)?.person === ''
  return (
    <>
      <h1>{say(words.today)}</h1>
      {visits ? null : <HandIns />}
      <Resource<TodayJson> path="/today">
        {({ due, returned, waiting }) => (
          <>
            <Part
              title={words.dueTitle}
              path="/today/due"
              first={due}
              nothing={visits ? words.nothingDueVisitor : words.nothingDue}
              table={(items) => <DueTable items={items} />}
            />
            <Part
              title={words.returnedTitle}
              path="/today/returned"
              first={returned}
              nothing={words.nothingReturned}
              table={(items) => <OwnCases items={items} caption={words.returnedCaption} />}
            />
            <Part
              title={words.waitingTitle}
              path="/today/waiting"
              first={waiting}
              nothing={words.nothingWaiting}
              table={(items) => <OwnCases items={items} caption={words.waitingCaption} waits />}
            />
          </>
        )}
      </Resource>
    </>
  )
}

interface PartOf<Item> {
  readonly title: Words
  readonly path: string
  readonly first: PageJson<Item>
  readonly nothing: Words
  readonly table: (items: readonly Item[]) => ReactNode
}

/** One list, going on page by page. */
function Part<Item>({ title, path, first, nothing, table }: PartOf<Item>) {
  const say = useSay()
  const [later, setLater] = useState<readonly PageJson<Item>[]>([])
  const [problem, setProblem] = useState<unknown>()
  const [isWaiting, setWaiting] = useState(false)
  const pages = [first, ...later]
  const items = pages.flatMap((one) => one.items)
  const next = pages.at(-1)!.next

  async function showMore(): Promise<void> {
    setWaiting(true)
    setProblem(undefined)
    try {
      const page = await get<PageJson<Item>>(`${path}?after=${encodeURIComponent(next!)}`)
      setLater((before) => [...before, page])
    } catch (error) {
      setProblem(error)
    } finally {
      setWaiting(false)
    }
  }

  return (
    <section>
      <h2>
        {say(title)}
        {items.length > 0 ? <small className="count"> {next === null ? items.length : `${items.length}+`}</small> : null}
      </h2>
      {items.length === 0 ? <p className="quiet">{say(nothing)}</p> : table(items)}
      {problem ? <Problem error={problem} /> : null}
      {next === null ? null : (
        <Button onClick={() => void showMore()} loading={isWaiting}>
          {say(words.more)}
        </Button>
      )}
    </section>
  )
}

function DueTable({ items }: { readonly items: readonly DueJson[] }) {
  const say = useSay()
  return (
    <table className="lines">
      <caption>{say(words.dueCaption)}</caption>
      <thead>
        <tr>
          <th scope="col">{say(words.columnLastDay)}</th>
          <th scope="col">{say(words.columnCase)}</th>
          <th scope="col">{say(words.columnClock)}</th>
          <th scope="col">{say(words.columnExpected)}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.id}/${item.clock}/${item.seq}`} className={item.kind}>
            <td>
              {item.due === null ? '—' : <Moment at={item.due} />}
              <br />
              <Standing kind={item.kind} text={item.left} />
            </td>
            <CaseCell item={item} />
            <td>
              {item.clockName}
              <br />
              <small className="quiet">{item.reason}</small>
            </td>
            <td>{item.expected.join(say(['、', ', ']))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function OwnCases({ items, caption, waits }: { readonly items: readonly OwnCaseJson[]; readonly caption: Words; readonly waits?: true }) {
  const say = useSay()
  return (
    <table className="lines">
      <caption>{say(caption)}</caption>
      <thead>
        <tr>
          <th scope="col">{say(words.columnCase)}</th>
          <th scope="col">{say(waits ? words.columnWaitsFor : words.columnBy)}</th>
          <th scope="col">{say(words.columnSince)}</th>
          <th scope="col">{say(words.columnNextDay)}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <CaseCell item={item} />
            <td>{waits ? item.waitsFor : item.last.by}</td>
            <td>
              <Moment at={item.last.on} /> {item.last.name}
            </td>
            <td>{item.due === null ? '—' : <Moment at={item.due} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function CaseCell({ item }: { readonly item: Pick<DueJson, 'id' | 'number' | 'title' | 'procedureName' | 'stateName'> }) {
  return (
    <th scope="row">
      <Link to="/cases/$id" params={{ id: item.id }}>
        {item.number}
      </Link>
      {item.title === '' ? null : <div>{item.title}</div>}
      <small className="quiet">
        {item.procedureName} · {item.stateName}
      </small>
    </th>
  )
}
