import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passageOf } from './figures.ts'
import { plainParagraphs } from './plain-text.ts'
import { shown } from './rational.ts'

/** The figures of a text as `low–high unit`; a bound that is open or equal to the other is left out. */
function figures(text: string): string[] {
  return plainParagraphs(text)
    .flat()
    .flatMap((sentence) =>
      passageOf(sentence).figures.map(({ form, quantity, unit, scale }) => {
        const bound = (value: typeof quantity.low) => shown({ ...value, numerator: value.numerator * scale }, 4)
        const high = quantity.high === undefined ? '–' : bound(quantity.high) === bound(quantity.low) ? '' : `–${bound(quantity.high)}`
        return `${bound(quantity.low)}${high}${form === 'percent' ? '%' : unit}`
      }),
    )
}

const FOUND: readonly (readonly [text: string, figures: string[]])[] = [
  ['備案運營政務新媒體由53家下降至11家', ['53家', '11家']],
  ['公開信息30005條，直播會議9次', ['30005条', '9次']],
  ['應用信用核查約1.5萬人（戶）次，對30余例嚴重失信', ['13500–16500人次', '30–40例']],
  ['接受法律咨詢100多次', ['100–200次']],
  ['创建四个乡镇，开展两次，出台十条措施', ['4个', '2次', '10条']],
  ['满意率达98%以上', ['98–%']],
  ['满意率为９８．５％', ['98.5%']],
  ['满意率近98%', ['88.2–98%']],
  ['合格率百分之九十八点五', ['98.5%']],
  ['发案率千分之五', ['5%']],
  ['举办3-5次', ['3–5次']],
  ['惠及近200户', ['180–200户']],
  ['不超过20件', ['0–20件']],
  ['罚款2.5万元', ['24500–26000元']],
  ['1.开展检查3次', ['3次']],
  ['（二）完成5项', ['5项']],
  ['截至目前22件', ['22件']],
  ['手机APP 30个移动应用', ['30个']],
]

for (const [text, expected] of FOUND) test(`${text} · ${expected.join(', ')}`, () => assert.deepEqual(figures(text), expected))

const NONE = [
  '2020年12月28日', '二〇二〇年十二月', '第二次會議', '五屆三十三次和三十四次常務會議', '国办发〔2020〕1号', '“1+32+N”应急预案体系', '24H自助服务区', '保障“十条意见”',
  '《报灾救助常用10表》', '12345热线', '第五十五条、六十二条', '第62条第一款', '全市前10名', '千家万户', '“双随机、一公开”', '三项制度', '每月2次', '每年召开3次会议', '“三统一”制度', '党的十九大', '两级', '四大类',
] // prettier-ignore

for (const text of NONE) test(`no figure · ${text}`, () => assert.deepEqual(figures(text), []))
