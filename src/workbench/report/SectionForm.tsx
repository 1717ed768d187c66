import { Button, Input } from 'antd'
import { post, put } from '../api.ts'
import { Problem } from '../Problem.tsx'
import { useEffect, useRef, useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type {
  ReportCheckJson,
  ReportFigureJson,
  ReportFindingJson,
  ReportSectionJson,
  ReportWrittenJson,
} from '../../server/api/reports.ts'

interface Paragraph {
  readonly key: number
  readonly zh: string
  readonly en: string
}

/** So long after the last key the check runs. */
const PAUSE_MS = 700

/** A section being written: its sentences, in which a figure stands as `{id}`; checked while somebody writes. */
export function SectionForm({
  year,
  section,
  figures,
  onDone,
  onChecked,
}: {
  readonly year: number
  readonly section: ReportSectionJson
  readonly figures: readonly ReportFigureJson[]
  readonly onDone: () => void
  readonly onChecked: (findings: readonly ReportFindingJson[]) => void
}) {
  const say = useSay()
  const queries = useQueryClient()
  const { number, version, source } = section
  const [paragraphs, setParagraphs] = useState<readonly Paragraph[]>(() =>
    (source.length > 0 ? source : [{ zh: '', en: '' }]).map((one, key) => ({ ...one, key })),
  )
  const [problem, setProblem] = useState<unknown>()
  const last = useRef<HTMLTextAreaElement | null>(null)
  const written = paragraphs.filter(({ zh }) => zh.trim() !== '').map(({ zh, en }) => ({ zh, en }))

  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const narrative = { [number]: paragraphs.filter(({ zh }) => zh.trim() !== '').map(({ zh, en }) => ({ zh, en })) }
      post<ReportCheckJson>(`/reports/${year}/checks`, { narrative })
        .then(({ findings }) => {
          if (stop.signal.aborted) return
          setProblem(undefined)
          onChecked(findings)
        })
        .catch((error: unknown) => {
          if (!stop.signal.aborted) setProblem(error)
        })
    }, PAUSE_MS)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [paragraphs, number, year, onChecked])

  const save = useMutation({
    mutationFn: () => put<ReportWrittenJson>(`/reports/${year}/narrative/${number}`, { paragraphs: written, expected: version }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [`/reports/${year}`] })
      onDone()
    },
  })
  const change = (key: number, part: Partial<Paragraph>): void =>
    setParagraphs((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))

  /** Puts the figure where somebody wrote last. */
  function insert(id: string): void {
    const at = last.current
    const [key, language] = (at?.name ?? '').split('/')
    const wanted = paragraphs.find((one) => String(one.key) === key) ?? paragraphs.at(-1)
    if (!wanted || id === '') return
    const of = language === 'en' ? 'en' : 'zh'
    const place = at && key === String(wanted.key) ? at.selectionStart : wanted[of].length
    change(wanted.key, { [of]: `${wanted[of].slice(0, place)}{${id}}${wanted[of].slice(place)}` })
  }
  const own = figures.filter((figure) => figure.section === number)
  const others = figures.filter((figure) => figure.section !== number)

  return (
    <form
      className="section-form"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <p className="fields">
        <label>
          {say(words.insertFigure)}{' '}
          <select value="" onChange={({ target }) => insert(target.value)}>
            <option value="" />
            {[...own, ...others].map(({ id, name, text }) => (
              <option key={id} value={id}>
                {name} {text}
              </option>
            ))}
          </select>
        </label>
      </p>
      <p className="quiet">{say(words.insertFigureHelp)}</p>
      {paragraphs.map(({ key, zh, en }, index) => (
        <fieldset key={key}>
          <label>
            {say(words.paragraphZh(index + 1))}
            <Input.TextArea
              name={`${key}/zh`}
              rows={rowsOf(zh)}
              maxLength={8000}
              value={zh}
              onFocus={({ currentTarget }) => (last.current = currentTarget)}
              onChange={({ target }) => change(key, { zh: target.value })}
            />
          </label>
          <label>
            {say(words.paragraphEn(index + 1))}
            <Input.TextArea
              name={`${key}/en`}
              rows={rowsOf(en)}
              maxLength={8000}
              value={en}
              onFocus={({ currentTarget }) => (last.current = currentTarget)}
              onChange={({ target }) => change(key, { en: target.value })}
            />
          </label>
          <p className="preview">
            {say(words.preview)}：<Composed sentence={say([zh, en === '' ? zh : en])} figures={figures} year={year} />
          </p>
          <Button
            size="small"
            aria-label={say(words.dropParagraph(index + 1))}
            onClick={() => setParagraphs((all) => all.filter((one) => one.key !== key))}
          >
            {say(words.dropParagraph(index + 1))}
          </Button>
        </fieldset>
      ))}
      {problem ? <Problem error={problem} /> : null}
      {save.error ? <Problem error={save.error} /> : null}
      <p className="fields">
        <Button onClick={() => setParagraphs((all) => [...all, { key: Math.max(-1, ...all.map(({ key }) => key)) + 1, zh: '', en: '' }])}>
          {say(words.addParagraph)}
        </Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {say(words.save)}
        </Button>
        <Button onClick={onDone}>{say(words.cancel)}</Button>
      </p>
    </form>
  )
}

/** As high as its text needs; antd's own measuring writes styles that the page's CSP refuses. */
function rowsOf(text: string): number {
  return Math.min(12, 2 + Math.floor(text.length / 60))
}

/** The sentence as it will be printed; a name that is no figure stays as it is typed. */
function Composed({
  sentence,
  figures,
  year,
}: {
  readonly sentence: string
  readonly figures: readonly ReportFigureJson[]
  readonly year: number
}) {
  const facts: Readonly<Record<string, string>> = { year: String(year), lastYear: String(year - 1) }
  return sentence.split(/\{([^{}]*)\}/).map((part, index) => {
    if (index % 2 === 0) return part
    const figure = figures.find(({ id }) => id === part)
    return figure ? <b key={index}>{figure.text}</b> : (facts[part] ?? `{${part}}`)
  })
}
