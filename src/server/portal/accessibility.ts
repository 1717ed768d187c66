import { answer } from '../view.ts'
import { existsSync, readFileSync } from 'node:fs'
import { html } from '../markup.ts'
import { page, scrolling } from '../page.ts'
import path from 'node:path'
import { words } from '../words.ts'
import type { FastifyInstance } from 'fastify'
import type { Markup } from '../markup.ts'
import type { View } from '../view.ts'

/** Written by tools/e2e/portal.test.ts, where it has looked through every kind of page. */
export const ACCESSIBILITY_RESULTS = path.join(import.meta.dirname, '..', '..', '..', 'build', 'accessibility.json')

export interface AccessibilityResults {
  readonly on: string
  readonly pages: readonly {
    readonly page: string
    readonly language: string
    readonly width: number
    readonly violations: readonly string[]
  }[]
}

/** `/portal/accessibility`: what the portal holds itself to, and what the tests of this very build found. */
export function accessibilityRoutes(app: FastifyInstance): void {
  app.get('/portal/accessibility', { config: { open: true } }, (request, reply) => {
    const results = resultsOfBuild()
    return answer(request, reply, {
      json: { standard: 'WCAG 2.1 AA', results: results ?? null },
      page: () => statement(results, request.view),
    })
  })
}

function resultsOfBuild(): AccessibilityResults | undefined {
  return existsSync(ACCESSIBILITY_RESULTS) ? (JSON.parse(readFileSync(ACCESSIBILITY_RESULTS, 'utf8')) as AccessibilityResults) : undefined
}

function statement(results: AccessibilityResults | undefined, view: View): Markup {
  const { say } = view
  return page(view, {
    title: words.accessibility,
    description: words.accessibilityIs,
    main: html`<p class="lead">${say(words.accessibilityIs)}</p>
      <p>${say(words.accessibilityModes)}</p>
      <h2>${say(words.accessibilityLimits)}</h2>
      <p>${say(words.accessibilityLimitsAre)}</p>
      <h2>${say(words.testResults)}</h2>
      ${results === undefined ? html`<p>${say(words.noTestResults)}</p>` : resultTable(results, view)}`,
  })
}

function resultTable({ on, pages }: AccessibilityResults, { say }: View): Markup {
  const caption = say(words.testedOn(on, pages.length))
  return scrolling(
    caption,
    html`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${say(words.pageTested)}</th>
          <th scope="col">${say(words.languageTested)}</th>
          <th scope="col" class="number">${say(words.width)}</th>
          <th scope="col" class="number">${say(words.violations)}</th>
        </tr>
      </thead>
      <tbody>
        ${pages.map(
          (one) =>
            html`<tr>
              <th scope="row">${one.page}</th>
              <td>${one.language}</td>
              <td class="number">${one.width}</td>
              <td class="number">${one.violations.length}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  )
}
