import { Button, Input } from 'antd'
import { Dialog } from '../Dialog.tsx'
import { Problem } from '../Problem.tsx'
import { put } from '../api.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { ReportFigureJson } from '../../server/api/reports.ts'

/** The figures of a section against last year, with what they count, and their notes. A value is read here and written nowhere. */
export function FigureTable({
  year,
  figures,
  editable,
}: {
  readonly year: number
  readonly figures: readonly ReportFigureJson[]
  readonly editable: boolean
}) {
  const say = useSay()
  const [noting, setNoting] = useState<ReportFigureJson>()
  return (
    <div className="scroll" role="region" aria-label={say(words.figure)} tabIndex={0}>
      <table className="figure-table">
        <caption className="hidden">{say(words.figure)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.figure)}</th>
            <th scope="col" className="number">
              {say(words.thisYear)}
            </th>
            <th scope="col" className="number">
              {say(words.lastYear)}
            </th>
            <th scope="col" className="number">
              {say(words.change)}
            </th>
            <th scope="col">{say(words.note)}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={figure.id}>
              <th scope="row">
                <a href={figure.href}>{figure.name}</a>
                {figure.definition === null ? null : <div className="quiet">{figure.definition}</div>}
              </th>
              <td className="number">{figure.text}</td>
              <td className="number">{figure.lastYear}</td>
              <td className="number">{figure.change ?? '—'}</td>
              <td>
                {figure.note === null ? null : <div>{say([figure.note.zh, figure.note.en])}</div>}
                {editable ? (
                  <Button size="small" onClick={() => setNoting(figure)} aria-label={say(words.annotate(figure.name))}>
                    {say(words.note)}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {noting ? <NoteForm year={year} figure={noting} onDone={() => setNoting(undefined)} /> : null}
    </div>
  )
}

function NoteForm({ year, figure, onDone }: { readonly year: number; readonly figure: ReportFigureJson; readonly onDone: () => void }) {
  const say = useSay()
  const queries = useQueryClient()
  const [zh, setZh] = useState(figure.note?.zh ?? '')
  const [en, setEn] = useState(figure.note?.en ?? '')
  const save = useMutation({
    mutationFn: () => put(`/reports/${year}/figures/${figure.id}/note`, { zh, en }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [`/reports/${year}`] })
      onDone()
    },
  })
  return (
    <Dialog
      title={say(words.annotate(figure.name))}
      act={say(words.save)}
      acting={save.isPending}
      onAct={() => save.mutate()}
      onClose={onDone}
    >
      <label>
        {say(words.noteZh)}
        <Input.TextArea rows={2} maxLength={2000} value={zh} onChange={({ target }) => setZh(target.value)} />
      </label>
      <label>
        {say(words.noteEn)}
        <Input.TextArea rows={2} maxLength={2000} value={en} onChange={({ target }) => setEn(target.value)} />
      </label>
      {save.error ? <Problem error={save.error} /> : null}
    </Dialog>
  )
}
