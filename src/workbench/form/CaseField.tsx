import { Button, Input, Space } from 'antd'
import { get } from '../api.ts'
import { Link } from '@tanstack/react-router'
import { Problem } from '../Problem.tsx'
import { useState } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { CaseNumberedJson } from '../../server/api/case.ts'

/** Another case, looked up by its number; the value is its id. Props are what a form gives to its control. */
export function CaseField({
  id,
  value,
  onChange,
}: {
  readonly id?: string
  readonly value?: string
  onChange?(value: string | undefined): void
}) {
  const say = useSay()
  const [number, setNumber] = useState('')
  const [found, setFound] = useState<CaseNumberedJson>()
  const [problem, setProblem] = useState<unknown>()
  const [isLooking, setLooking] = useState(false)

  async function look(): Promise<void> {
    if (number.trim() === '') return
    setLooking(true)
    setProblem(undefined)
    try {
      const answer = await get<CaseNumberedJson>(`/cases/numbered/${encodeURIComponent(number.trim())}`)
      setFound(answer)
      onChange?.(answer.id)
    } catch (error) {
      setFound(undefined)
      onChange?.(undefined)
      setProblem(error)
    } finally {
      setLooking(false)
    }
  }

  return (
    <>
      <Space.Compact className="medium">
        <Input
          {...(id === undefined ? {} : { id })}
          value={number}
          autoComplete="off"
          onChange={(event) => setNumber(event.target.value)}
          onPressEnter={(event) => {
            event.preventDefault()
            void look()
          }}
        />
        <Button onClick={() => void look()} loading={isLooking}>
          {say(words.findCase)}
        </Button>
      </Space.Compact>
      {problem ? <Problem error={problem} /> : null}
      {value === undefined ? null : (
        <p role="status">
          {say(words.chosenCase)}：{' '}
          <Link to="/cases/$id" params={{ id: value }} target="_blank">
            {found?.id === value ? `${found.number} ${found.title}` : value}
          </Link>
        </p>
      )}
    </>
  )
}
