import { Resource } from '../Resource.tsx'
import { useEffect, useRef } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { FlowChartJson } from '../../server/flow-chart.ts'

/** The states of the procedure and the steps between them, with the place where the case is. */
export function FlowChart({ caseId }: { readonly caseId: string }) {
  return <Resource<FlowChartJson> path={`/cases/${caseId}/flow-chart`}>{(chart) => <Drawn chart={chart} />}</Resource>
}

function Drawn({ chart: { width, height, nodes, edges, label, sentences } }: { readonly chart: FlowChartJson }) {
  const say = useSay()
  const frame = useRef<HTMLDivElement>(null)
  const present = nodes.find(({ place }) => place === 'present')
  // A chart wider than its frame begins where the case is.
  useEffect(() => {
    const { current } = frame
    if (current && present)
      current.scrollTo({ left: present.x + present.width / 2 - current.clientWidth / 2, top: present.y - current.clientHeight / 2 })
  }, [present])
  const [wide, high] = [Math.ceil(width) + 16, Math.ceil(height) + 16]
  return (
    <>
      <div ref={frame} className="scroll" role="group" tabIndex={0} aria-label={label}>
        <svg className="flow" viewBox={`-8 -8 ${wide} ${high}`} width={wide} height={high} role="img" aria-label={label}>
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
              <path className="arrow-head" d="M0 0L8 4L0 8z" />
            </marker>
          </defs>
          {edges.map(({ points, kind }, index) => (
            <path
              key={index}
              className={`edge ${kind}`}
              d={`M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`}
              markerEnd="url(#arrow)"
            />
          ))}
          {edges.flatMap(({ labels }, edge) =>
            labels.flatMap(({ x, y, width: w, lines }, one) =>
              lines.map((line, index) => (
                <text key={`${edge}/${one}/${index}`} className="edge-name" x={x + w / 2} y={y + 12 + index * 16}>
                  {line}
                </text>
              )),
            ),
          )}
          {nodes.map(({ id, x, y, width: w, height: h, name, kind, place }) => (
            <g key={id} className={`node ${kind} ${place ?? ''}`}>
              <rect x={x} y={y} width={w} height={h} rx={kind === 'state' ? 4 : h / 2} />
              {kind === 'start' ? null : (
                <text x={x + w / 2} y={y + h / 2 + 5}>
                  {name}
                </text>
              )}
              {place === 'present' ? (
                <text className="present-mark" x={x + w / 2} y={y - 4}>
                  ▼ {say(words.present)}
                </text>
              ) : null}
            </g>
          ))}
        </svg>
      </div>
      <details>
        <summary>{say(words.inWords)}</summary>
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </details>
    </>
  )
}
