import ElkBundled from 'elkjs/lib/elk.bundled.js'
import { chartCss } from './assets.ts'
import { createHash } from 'node:crypto'
import { html, trusted } from './markup.ts'
import { words } from './words.ts'
import type { Definition, Step } from '#engine/definition.ts'
import type { ELK, ElkExtendedEdge, ElkNode, ElkPoint } from 'elkjs/lib/elk-api.js'
import type { Language, Words } from '#engine/words.ts'
import type { Markup } from './markup.ts'
import type { View } from './view.ts'

/** Where a case is before it is opened, and every state that is not final: no states of the definition, but ends of arrows. */
const START = '(start)'
const RUNNING = '(running)'

const elk = new (ElkBundled as unknown as new () => ELK)()

/** One arrow: from a state to another, by one step or several. */
interface Arrow {
  readonly from: string
  readonly to: string
  readonly steps: string[]
  /** Taken by the machine, or back to where the case stood. */
  readonly kind: 'act' | 'machine' | 'back'
}

/** The states of a procedure and the steps between them. Steps that leave the state as it is are in the table of steps, not here. */
export async function flowChart(definition: Definition, view: View): Promise<Markup> {
  return html`${svg(definition, await layout(definition, arrowsOf(definition), view.language), view)}${flowChartWords(definition, view)}`
}

/** The same as an image of its own, with its measures in pixels. What it says in words stands beside it. */
export async function flowChartImage(
  definition: Definition,
  view: Pick<View, 'say' | 'language'>,
): Promise<{ readonly svg: string; readonly width: number; readonly height: number }> {
  const drawing = await layout(definition, arrowsOf(definition), view.language)
  return { svg: String(svg(definition, drawing, view, chartCss)), ...measures(drawing) }
}

/** The style that an image holds, for its policy to allow. */
export const chartStyleHash = `'sha256-${createHash('sha256').update(chartCss).digest('base64')}'`

function measures({ width, height }: Drawn): { readonly width: number; readonly height: number } {
  return { width: Math.ceil(width) + 16, height: Math.ceil(height) + 16 }
}

function svg(definition: Definition, drawing: Drawn, { say }: Pick<View, 'say'>, style?: string): Markup {
  const { nodes, edges } = drawing
  const { width, height } = measures(drawing)
  return html`<svg
    ${style === undefined ? '' : html` xmlns="http://www.w3.org/2000/svg"`}
    class="flow"
    viewBox="-8 -8 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-label="${say(words.flowChartOf(definition.name))}"
    ${style === undefined ? html` aria-describedby="flow-words"` : ''}
  >
    ${style === undefined ? '' : trusted(`<style>${style}</style>`)}
    <defs>
      <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
        <path class="arrow-head" d="M0 0L8 4L0 8z" />
      </marker>
    </defs>
    ${edges.map(({ points, kind }) => html`<path class="edge ${kind}" d="M${points.map(({ x, y }) => `${round(x)} ${round(y)}`).join('L')}" marker-end="url(#arrow)" />`)}
    ${edges.map(({ labels, kind }) =>
      labels.map((label) =>
        label.lines.map(
          (line, index) =>
            html`<text class="edge-name ${kind}" x="${round(label.x + label.width / 2)}" y="${round(label.y + 12 + index * 16)}"
              >${line}</text
            >`,
        ),
      ),
    )}
    ${nodes.map(
      ({ id, x, y, width: w, height: h, name, kind }) =>
        html`<g class="node ${kind}">
          <rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" rx="${kind === 'state' ? 4 : h / 2}" />
          ${id === START ? '' : html`<text x="${round(x + w / 2)}" y="${round(y + h / 2 + 5)}">${name}</text>`}
        </g>`,
    )}
  </svg>`
}

/** The arrows of the chart in words. */
export function flowChartWords(definition: Definition, { say }: Pick<View, 'say'>): Markup {
  return html`<details id="flow-words">
    <summary>${say(words.inWords)}</summary>
    <ul>
      ${arrowsOf(definition).map(
        ({ from, to, steps }) =>
          html`<li>
            ${say(nodeName(definition, from))} →
            ${say(nodeName(definition, to))}${say(words.colon)}${steps.map((id) => say(definition.steps[id]!.name)).join(say(words.listComma))}
          </li>`,
      )}
    </ul>
  </details>`
}

/** The same as values, for a page that draws it itself, with the place of a case in it. */
export interface FlowChartJson {
  readonly label: string
  readonly width: number
  readonly height: number
  readonly nodes: readonly (Drawn['nodes'][number] & { readonly place: 'present' | 'been' | null })[]
  readonly edges: Drawn['edges']
  /** The arrows in words. */
  readonly sentences: readonly string[]
}

/** @param place the state in which a case is, and those in which it has been */
export async function drawnFlowChart(
  definition: Definition,
  { say, language }: View,
  { present, been }: { readonly present: string; readonly been: readonly string[] },
): Promise<FlowChartJson> {
  const arrows = arrowsOf(definition)
  const { nodes, ...drawing } = await layout(definition, arrows, language)
  return {
    ...drawing,
    label: say(words.flowChartOf(definition.name)),
    nodes: nodes.map((node) => ({ ...node, place: node.id === present ? 'present' : been.includes(node.id) ? 'been' : null })),
    sentences: arrows.map(
      ({ from, to, steps }) =>
        `${say(nodeName(definition, from))} → ${say(nodeName(definition, to))}${say(words.colon)}${steps.map((id) => say(definition.steps[id]!.name)).join(say(words.listComma))}`,
    ),
  }
}

function arrowsOf(definition: Definition): Arrow[] {
  const arrows = new Map<string, Arrow>()
  const add = (from: string, to: string, step: string, kind: Arrow['kind']): void => {
    if (from === to) return
    const key = `${from}→${to}/${kind}`
    const known = arrows.get(key) ?? { from, to, steps: [], kind }
    known.steps.push(step)
    arrows.set(key, known)
  }
  for (const [id, step] of Object.entries(definition.steps)) {
    const machine = step.by === 'clock' || step.by === 'case'
    for (const from of sourcesOf(step)) {
      for (const to of targetsOf(definition, step)) add(from, to.state, id, to.back ? 'back' : machine ? 'machine' : 'act')
    }
  }
  return [...arrows.values()]
}

function sourcesOf({ from }: Step): readonly string[] {
  if (from === 'running' || from === 'any') return [RUNNING]
  return from.length === 0 ? [START] : from
}

function targetsOf(definition: Definition, { to }: Step): { state: string; back?: true }[] {
  if (to === undefined) return []
  if (typeof to === 'string') return [{ state: to }]
  if ('is' in to) return [...new Set(Object.values(to.is))].filter((state) => state !== 'stays').map((state) => ({ state }))
  const before = definition.steps[to.before]
  return before ? sourcesOf(before).map((state) => ({ state, back: true })) : []
}

function nodeName(definition: Definition, id: string): Words {
  if (id === START) return words.opening
  return id === RUNNING ? words.anyRunning : definition.states[id]!.name
}

interface Drawn {
  readonly nodes: readonly {
    id: string
    x: number
    y: number
    width: number
    height: number
    name: string
    kind: 'start' | 'running' | 'state' | 'final'
  }[]
  readonly edges: readonly {
    points: readonly ElkPoint[]
    kind: Arrow['kind']
    labels: readonly { x: number; y: number; width: number; lines: readonly string[] }[]
  }[]
  readonly width: number
  readonly height: number
}

const drawn = new WeakMap<Definition, Partial<Record<Language, Promise<Drawn>>>>()

/** A definition does not change while the process runs: each is laid out once a language. */
function layout(definition: Definition, arrows: readonly Arrow[], language: Language): Promise<Drawn> {
  const known = drawn.get(definition) ?? {}
  drawn.set(definition, known)
  return (known[language] ??= layOut(definition, arrows, language))
}

async function layOut(definition: Definition, arrows: readonly Arrow[], language: Language): Promise<Drawn> {
  const text = (both: Words): string => both[language === 'zh' ? 0 : 1]
  const used = new Set(arrows.flatMap(({ from, to }) => [from, to]))
  const ids = [...[START, RUNNING].filter((id) => used.has(id)), ...Object.keys(definition.states)]
  const name = (id: string): string => text(nodeName(definition, id))
  const lines = arrows.map(({ steps }) => steps.map((step) => text(definition.steps[step]!.name)))
  const wanted: ElkNode = {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'DOWN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': '40',
      'elk.layered.spacing.edgeNodeBetweenLayers': '18',
      'elk.spacing.nodeNode': '36',
      'elk.spacing.edgeLabel': '4',
    },
    children: ids.map((id) => (id === START ? { id, width: 16, height: 16 } : { id, width: widthOf(name(id), 16) + 36, height: 38 })),
    edges: arrows.map(({ from, to }, index) => ({
      id: String(index),
      sources: [from],
      targets: [to],
      labels: [
        {
          text: lines[index]!.join('\n'),
          width: Math.max(...lines[index]!.map((line) => widthOf(line, 13))) + 8,
          height: lines[index]!.length * 16,
        },
      ],
    })),
  }
  const graph = await elk.layout(wanted)
  return {
    width: graph.width ?? 0,
    height: graph.height ?? 0,
    nodes: (graph.children ?? []).map(({ id, x = 0, y = 0, width = 0, height = 0 }) => ({
      id,
      x,
      y,
      width,
      height,
      name: name(id),
      kind: kindOf(definition, id),
    })),
    edges: (graph.edges ?? []).map((edge: ElkExtendedEdge) => ({
      kind: arrows[Number(edge.id)]!.kind,
      points: (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]),
      labels: (edge.labels ?? []).map(({ x = 0, y = 0, width = 0 }) => ({ x, y, width, lines: lines[Number(edge.id)]! })),
    })),
  }
}

function kindOf(definition: Definition, id: string): Drawn['nodes'][number]['kind'] {
  if (id === START) return 'start'
  return id === RUNNING ? 'running' : definition.states[id]!.final ? 'final' : 'state'
}

/** Width of a text: a Chinese sign is as wide as the letters are high, others about three fifths. */
function widthOf(text: string, points: number): number {
  return [...text].reduce((width, sign) => width + (sign.codePointAt(0)! > 0xff ? points : points * 0.6), 0)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
