import { html } from '../markup.ts'
import { page, scrolling } from '../page.ts'
import { stepSchemas } from '#readings/api-schema.ts'
import type { JsonSchema, StepSchema } from '#readings/api-schema.ts'
import type { Markup } from '../markup.ts'
import type { RouteShown } from './openapi.ts'
import type { System } from '#engine/system.ts'
import type { View } from '../view.ts'

const text = {
  title: ['接口说明', 'The API'],
  lead: [
    '地址以 /api/v1 开头；数据为 JSON；每一拒绝都有代码、说明、依据和办法。',
    'Addresses begin with /api/v1; data is JSON; every no has a code, a message, a basis and a remedy.',
  ],
  machine: ['供程序读取的说明（OpenAPI 3.1）', 'The same for programs (OpenAPI 3.1)'],
  routes: ['地址', 'Addresses'],
  method: ['方法', 'Method'],
  what: ['用途', 'What for'],
  needs: ['须带', 'Needs'],
  steps: ['各程序的步骤', 'The steps of each procedure'],
  field: ['栏目', 'Field'],
  name: ['名称', 'Name'],
  kind: ['形式', 'Form'],
  required: ['必填', 'required'],
  personal: ['个人信息', 'personal'],
  conditions: ['可能拒绝的条件', 'Conditions that may refuse it'],
} as const

/** The description of the API for people: the same data, without a script. */
export function openapiPage(routes: readonly RouteShown[], catalogue: readonly System[], view: View): Markup {
  const { say, language } = view
  return page(view, {
    title: text.title,
    main: html`<p class="lead">${say(text.lead)}</p>
      <p><a href="/api/v1/openapi.json">${say(text.machine)}</a></p>
      <section aria-labelledby="routes">
        <h2 id="routes">${say(text.routes)}</h2>
        ${routeTable(routes, view)}
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps">${say(text.steps)}</h2>
        ${catalogue.map(
          (system) =>
            html`<h3>${say(system.definitions.at(-1)!.name)}</h3>
              ${stepSchemas(system, language).map((step) => stepDetails(step, view))}`,
        )}
      </section>`,
  })
}

function routeTable(routes: readonly RouteShown[], { say }: View): Markup {
  const label = say(text.routes)
  return scrolling(
    label,
    html`<table>
      <caption>
        ${label}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(text.method)}</th>
          <th scope="col">${label}</th>
          <th scope="col">${say(text.what)}</th>
          <th scope="col">${say(text.needs)}</th>
        </tr>
      </thead>
      <tbody>
        ${routes.map(
          ({ method, path, schema, once }) =>
            html`<tr>
              <td><code>${method}</code></td>
              <th scope="row"><code>${path}</code></th>
              <td>${schema.summary ? say(schema.summary) : ''}</td>
              <td>${once ? html`<code>Idempotency-Key</code>` : ''}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}

function stepDetails({ name, schema }: StepSchema, { say }: View): Markup {
  const fields = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>)
  const required = new Set((schema['required'] ?? []) as readonly string[])
  const conditions = schema['x-refusals'] as readonly { readonly code: string; readonly article: string; readonly message: string }[]
  return html`<details id="${name}">
    <summary><code>${name}</code> ${schema['title']}</summary>
    <p class="quiet">${schema['description']}</p>
    ${
      fields.length === 0
        ? ''
        : scrolling(
            String(schema['title']),
            html`<table>
              <caption>
                ${schema['title']}
              </caption>
              <thead>
                <tr>
                  <th scope="col">${say(text.field)}</th>
                  <th scope="col">${say(text.name)}</th>
                  <th scope="col">${say(text.kind)}</th>
                </tr>
              </thead>
              <tbody>
                ${fields.map(
                  ([field, shape]) =>
                    html`<tr>
                      <th scope="row"><code>${field}</code></th>
                      <td>${shape['title']}</td>
                      <td>
                        ${formOf(shape)}${required.has(field) ? html` <span class="chip">${say(text.required)}</span>` : ''}${shape['x-personal'] ? html` <span class="chip">${say(text.personal)}</span>` : ''}
                      </td>
                    </tr> `,
                )}
              </tbody>
            </table>`,
          )
    }
    ${
      conditions.length === 0
        ? ''
        : html`<p>${say(text.conditions)}</p>
            <ul>
              ${conditions.map(({ code, article, message }) => html`<li><code>${code}</code> ${article}：${message}</li> `)}
            </ul>`
    }
  </details> `
}

/** `string (date)`, `one | two`, `Party`, `integer 1–30`. */
function formOf({ type, format, enum: choices, $ref: ref, minimum, maximum }: JsonSchema): string {
  if (ref !== undefined) return String(ref).split('/').at(-1)!
  if (choices !== undefined) return (choices as readonly string[]).join(' | ')
  const bounds = minimum === undefined && maximum === undefined ? '' : ` ${String(minimum ?? '')}–${String(maximum ?? '')}`
  return `${String(type)}${format === undefined ? '' : ` (${String(format)})`}${bounds}`
}
