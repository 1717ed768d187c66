import { html } from './markup.ts'
import { scrolling } from './page.ts'
import { words } from './words.ts'
import type { Arrivals } from '#store/arrivals.ts'
import type { Markup } from './markup.ts'
import type { System } from '#engine/system.ts'
import type { View } from './view.ts'

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1)
const HEIGHT = 92
const TOP = 16
const FOOT = 18

/** Cases opened in each month of a year: one small chart a system, all on the same pages' table beside. */
export function arrivalCharts(arrivals: readonly Arrivals[], catalogue: readonly System[], year: number, view: View): Markup {
  const rows = catalogue.flatMap((system) => {
    const months = MONTHS.map((month) => arrivals.find((one) => one.procedure === system.id && one.month === month)?.count ?? 0)
    const total = months.reduce((sum, count) => sum + count, 0)
    return total === 0 ? [] : [{ id: system.id, name: view.say(system.definitions.at(-1)!.name), months, total }]
  })
  const caption = view.say(words.arrivalsCaption(year))
  return html`<div class="charts">
      ${rows.map(
        ({ id, name, months, total }) =>
          html`<figure>
            <figcaption>
              <a href="/cases?procedure=${id}">${name}</a> <span class="quiet">${view.say(words.casesCount(total))}</span>
            </figcaption>
            ${monthBars(months, `${name}：${view.say(words.monthlyPeak(months.indexOf(Math.max(...months)) + 1, Math.max(...months)))}`)}
          </figure>`,
      )}
    </div>
    <details>
      <summary>${view.say(words.asTable)}</summary>
      ${scrolling(
        caption,
        html`<table>
          <caption>
            ${caption}
          </caption>
          <thead>
            <tr>
              <th scope="col">${view.say(words.system)}</th>
              ${MONTHS.map((month) => html`<th scope="col" class="number">${view.say(words.month(month))}</th>`)}
              <th scope="col" class="number">${view.say(words.total)}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ name, months, total }) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  ${months.map((count) => html`<td class="number">${count}</td>`)}
                  <td class="number">${total}</td>
                </tr>`,
            )}
          </tbody>
        </table>`,
      )}
    </details>`
}

/** Twelve bars; the numbers that matter stand in the table, the highest also on its bar. */
function monthBars(months: readonly number[], label: string): Markup {
  const most = Math.max(...months)
  const room = HEIGHT - TOP - FOOT
  return html`<svg class="bars" width="100%" height="${HEIGHT}" role="img" aria-label="${label}">
    ${months.map((count, index) => {
      const height = most === 0 ? 0 : Math.max(count > 0 ? 1 : 0, Math.round((count / most) * room))
      const [x, middle] = [index * (100 / 12) + 1.2, (index + 0.5) * (100 / 12)]
      return html`<rect x="${x.toFixed(2)}%" y="${TOP + room - height}" width="${(100 / 12 - 2.4).toFixed(2)}%" height="${height}" />
        ${count === most ? html`<text x="${middle.toFixed(2)}%" y="${TOP + room - height - 4}">${count}</text>` : ''}
        <text class="month" x="${middle.toFixed(2)}%" y="${HEIGHT - 4}">${index + 1}</text> `
    })}
    <line x1="0" x2="100%" y1="${TOP + room + 0.5}" y2="${TOP + room + 0.5}" />
  </svg>`
}
