import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

const [WIDTH, HEIGHT, TOP, BOTTOM] = [640, 150, 18, 18]

/**
 * Counts by month as an inline SVG bar chart. Every bar bears its number, so that the chart needs no axis and reads in print.
 *
 * @param title what is counted, for those who cannot see it
 */
export function monthsChart(
  months: readonly { readonly month: string; readonly count: number }[],
  title: string,
): HtmlEscapedString | Promise<HtmlEscapedString> {
  const most = Math.max(1, ...months.map(({ count }) => count))
  const step = WIDTH / months.length
  const bars = months.map(({ month, count }, index) => {
    const height = ((HEIGHT - TOP - BOTTOM) * count) / most
    const [x, y, middle] = [index * step + step * 0.18, HEIGHT - BOTTOM - height, index * step + step / 2]
    return html`<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${(step * 0.64).toFixed(1)}" height="${height.toFixed(1)}" /><text
        x="${middle.toFixed(1)}"
        y="${(y - 5).toFixed(1)}"
        >${count}</text
      ><text class="month" x="${middle.toFixed(1)}" y="${HEIGHT - 4}">${Number(month.slice(5))}</text>`
  })
  const told = months.map(({ month, count }) => `${month}: ${count}`).join(', ')
  return html`<svg class="months" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${told}">
    <line x1="0" x2="${WIDTH}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}" />
    ${bars}
  </svg>`
}
