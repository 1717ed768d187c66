import { Button } from 'antd'
import { CardTable } from '../CardTable.tsx'
import { Panel } from '../Panel.tsx'
import { Resource } from '../Resource.tsx'
import { useSay } from '../language.tsx'
import { useState } from 'react'
import { words } from '../words.ts'
import type { TemplateJson, TemplateVersionJson } from '../../server/api/templates.ts'

/** 文书模板: the documents of every version of every procedure, to look at. */
export function Templates() {
  const say = useSay()
  return (
    <>
      <h1>{say(words.templates)}</h1>
      <p className="quiet">{say(words.templatesAre)}</p>
      <Resource<readonly TemplateVersionJson[]> path="/templates">
        {(versions) =>
          versions
            .filter(({ templates }) => templates.length > 0)
            .map((version) => <Version key={`${version.procedure}/${version.from}`} version={version} />)
        }
      </Resource>
    </>
  )
}

function Version({ version }: { readonly version: TemplateVersionJson }) {
  const say = useSay()
  const [shown, setShown] = useState<TemplateJson>()
  const { procedure, procedureName, from, until, templates } = version
  const title = `${procedureName} · ${until === null ? say(words.from(from)) : say(words.fromTo(from, until))}`
  const pathOf = ({ id }: TemplateJson, form: string): string => `/api/v1/templates/${procedure}/${from}/${id}.${form}`
  return (
    <details className="foldable">
      <summary>
        {title}（{templates.length}）
      </summary>
      <CardTable
        caption={title}
        rows={templates}
        keyOf={({ id }) => id}
        columns={[
          { name: say(words.templateName), cell: ({ name }) => name },
          { name: say(words.step), cell: ({ steps }) => steps.join(say(words.listComma)) },
          { name: say(words.articles), cell: ({ articles }) => articles.join(say(words.listComma)) },
          { name: say(words.placeholders), cell: ({ placeholders }) => placeholders.join(say(words.listComma)) },
          { name: say(words.caseNumber), cell: ({ numbered }) => numbered ?? '—' },
          {
            name: say(words.preview),
            cell: (template) => (
              <span className="row">
                <Button size="small" aria-label={say(words.previewOf(template.name))} onClick={() => setShown(template)}>
                  {say(words.preview)}
                </Button>
                <a href={pathOf(template, 'pdf')} aria-label={`${template.name} PDF`}>
                  PDF
                </a>
              </span>
            ),
          },
        ]}
      />
      {shown ? (
        <Panel wide title={shown.name} onClose={() => setShown(undefined)}>
          <p className="quiet">{say(words.sampleIs)}</p>
          <iframe className="document" title={say(words.previewOf(shown.name))} src={pathOf(shown, 'html')} />
        </Panel>
      ) : null}
    </details>
  )
}
