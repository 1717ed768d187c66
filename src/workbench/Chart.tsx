import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useDark } from './dark.ts'
import { useEffect, useRef } from 'react'

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

export interface Series {
  readonly name: string
  readonly values: readonly number[]
  /** A pattern of its own as well as a colour: never colour alone. */
  readonly colour: readonly [light: string, dark: string]
  readonly dashed?: true
}

/**
 * Counts as bars that lie above each other, or as lines over months. What it shows stands in a table beside it: for assistive technology it is
 * a picture with a name.
 *
 * @param onChoose told which label was clicked
 */
export function Chart({
  name,
  kind,
  labels,
  series,
  onChoose,
}: {
  readonly name: string
  readonly kind: 'bars' | 'lines'
  readonly labels: readonly string[]
  readonly series: readonly Series[]
  readonly onChoose?: (index: number) => void
}) {
  const [dark] = useDark()
  const place = useRef<HTMLDivElement>(null)
  const height = kind === 'bars' ? 90 + labels.length * 26 : 280

  useEffect(() => {
    const chart = init(place.current!, null, { renderer: 'svg' })
    const ink = dark ? '#e3e5e8' : '#24292f'
    const text = { color: ink }
    const category = { type: 'category' as const, data: [...labels], axisLabel: { ...text, width: 150, overflow: 'truncate' as const } }
    const value = { type: 'value' as const, minInterval: 1, axisLabel: text }
    chart.setOption({
      textStyle: text,
      legend: { top: 0, textStyle: text },
      grid: { left: 8, right: 24, top: 40, bottom: 8, containLabel: true },
      // Rich text and not HTML: the page's CSP takes no style in markup.
      tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: kind === 'bars' ? 'shadow' : 'line' } },
      ...(kind === 'bars' ? { xAxis: value, yAxis: { ...category, inverse: true } } : { xAxis: category, yAxis: value }),
      series: series.map(({ name: of, values, colour, dashed }) => ({
        name: of,
        type: kind === 'bars' ? 'bar' : 'line',
        ...(kind === 'bars' ? { stack: 'all', barMaxWidth: 18 } : { symbol: dashed ? 'rect' : 'circle', symbolSize: 8 }),
        data: [...values],
        itemStyle: {
          color: colour[dark ? 1 : 0],
          ...(kind === 'bars' && dashed ? { borderColor: ink, borderWidth: 1, borderType: 'dashed' } : {}),
        },
        lineStyle: { color: colour[dark ? 1 : 0], type: dashed ? 'dashed' : 'solid' },
      })),
      animation: false,
    })
    if (onChoose) chart.on('click', ({ dataIndex }) => onChoose(dataIndex))
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(place.current!)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [dark, kind, labels, series, onChoose])

  return <div ref={place} role="img" aria-label={name} style={{ height }} />
}
