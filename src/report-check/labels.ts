/** Counters that name the same thing, so that 受理22件 and 审结14起 can be compared. Others stand for themselves. */
const SAME_UNIT: Readonly<Record<string, string>> = {
  宗: '件', 起: '件', 例: '件', 桩: '件', 名: '人', 位: '人', 批: '批次', 场: '场次', 户次: '户', 美元: '美元',
} // prettier-ignore

/** The class of a counter: 起 and 件 are one, 人 and 人次 are not. */
export function unitClass(unit: string): string {
  return SAME_UNIT[unit] ?? unit
}

/** What a rate's name may also be called where the cases are counted: the 结案率 is the quotient of 审结 cases. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  结案: ['审结', '办结', '执结'],
  办结: ['办理完毕', '办毕', '处结', '处理完毕', '办理完结', '审结'],
  审结: ['结案'],
  办复: ['答复', '办理答复'],
  答复: ['办复', '回复'],
  回复: ['答复', '反馈'],
  调成: ['调解成功', '成功调解', '成功化解', '达成协议', '达成调解协议', '调处成功'],
  调解成功: ['成功调解', '成功化解', '达成协议', '达成调解协议', '调处成功', '调成'],
  调处成功: ['成功调处', '调解成功', '成功调解', '成功化解'],
  化解: ['成功调处', '成功调解', '调解成功'],
  合格: ['符合标准', '符合要求', '达标'],
  达标: ['合格', '符合标准'],
  优良: ['优良'],
  完成: ['完工', '办结'],
  整改: ['整改到位', '完成整改'],
  整改完成: ['完成整改', '整改到位', '整改'],
  纠错: ['撤销', '确认违法'],
  参与: ['参加'],
  采纳: ['采用'],
  批捕: ['批准逮捕'],
  处置: ['处理'],
}

/** Words in a rate's name that say nothing about what is counted. */
const HARMLESS =
  /案件|事项|工作|群众|服务对象|全[区县市省镇乡院]|[我本][区县市省镇乡院]|平均|综合|总体|整体|累计|年度|全年|今年|当年|最终|目前|各类|实现|确保|使得?|其中|情况|总|的|其|且|并/g

/**
 * How strongly a count's label says that the count is the numerator of the rate called `name`: 调解成功 for 调成率, 审结 for 结案率.
 *
 * Every word of the name must be accounted for: what stands before the tie must occur in `context`, the words of the counts nearby (行政复议案件结案率
 * after 行政复议申请22件), otherwise the rate is of something else, as 按期办结率 is not of all that was 办结.
 *
 * @returns the number of the name's characters that the label says; 0 for no tie
 */
export function tieStrength(name: string, label: string, context: string): number {
  const words = name.replace(HARMLESS, '')
  for (let at = 0; at <= words.length - 2; at += 1) {
    if (says(label, words.slice(at)) && isCovered(words.slice(0, at), context)) return words.length - at
  }
  return 0
}

/** Whether `words` is nothing but the rate's name or another word for it: 撤销 for 纠错率. */
export function isSynonym(name: string, words: string): boolean {
  const own = name.replace(HARMLESS, '')
  return own === words || (SYNONYMS[own]?.includes(words) ?? false)
}

/** Whether a count is of what does not have the quality that the rate called `name` measures: 不合格 for 合格率. */
export function isDenied(name: string, label: string): boolean {
  const words = name.replace(HARMLESS, '')
  return words.length >= 2 && new RegExp(`(?:不|未|没有|尚未)${escaped(words)}`).test(label)
}

/** Whether `label` contains `words`, or a synonym, and does not deny them (未办结, 不合格) or only demand them (应整改). */
function says(label: string, words: string): boolean {
  return [words, ...(SYNONYMS[words] ?? [])].some((meaning) => contains(label, meaning))
}

/** The characters of `words` in order, with at most two others between neighbours: 调解成功 contains 调成. */
function contains(label: string, words: string): boolean {
  const pattern = new RegExp([...words].map(escaped).join('.{0,2}?'), 'g')
  return [...label.matchAll(pattern)].some(({ index }) => !/[不未无非没待拟应需须]$|尚未$|没有$/.test(label.slice(0, index)))
}

function isCovered(words: string, context: string): boolean {
  if (words === '') return true
  for (let length = words.length; length >= Math.min(2, words.length); length -= 1) {
    if (context.includes(words.slice(0, length)) && isCovered(words.slice(length), context)) return true
  }
  return false
}

/** Words of handling and of time: what is left of a label without them is the matter that is counted. */
const HANDLING =
  /今年以来|去年以来|截至目前|截止目前|截至\d*年?\d*月?底?|\d{4}年度?|\d{1,2}月底?|全年|今年|本年|上半年|期间|全[区县市省镇乡院]|[我本][区县市省镇乡院局]|共计|共|累计|总计|合计|总|收到|接到|接收|接报|新收|新增|收案|收|受理|承办|承接|办理|处理|审理|审结|执结|结案|办结|办复|答复|回复|反馈|立案|调处|调解|化解|排查|检查|抽检|抽查|检测|监测|检验|回访|测评|评价|提出|提交|成功|合格|满意|达标|通过|完成|整改到位|整改|参加|一审|二审|依法|及时|按期|按时|有效|达成协议|已经|已|均|全部|也|其中|含|有|为|分别|的|各类|各|新|于|在|中|到位|符合标准|符合要求|被/g

/** The matter that a label is about, without the words for what was done to it: 行政复议申请 in 共收到行政复议申请. */
export function matterOf(label: string): string {
  return label.replace(HANDLING, '').replace(/[^\p{Script=Han}]/gu, '')
}

/** Whether two labels can be about the same matter: one names none of its own (审结14件), or both share a word. */
export function isSameMatter(part: string, whole: string): boolean {
  const matter = matterOf(part)
  return matter.length < 2 ? matter === '' || whole.includes(matter) : sharesWord(matter, whole)
}

/** What the counts of two figures are compared by: the counter, and the thing counted where the counter counts anything. */
export interface Counted {
  readonly unit: string
  readonly noun: string
}

/** Whether two figures count the same sort of thing. 个 counts anything: two counts in 个, 项 or 家 must share a character of what they count. */
export function isComparable(a: Counted, b: Counted): boolean {
  if (unitClass(a.unit) !== unitClass(b.unit)) return false
  if (!/^[个项家所处支]$/.test(a.unit) || a.noun === '' || b.noun === '') return true
  return [...a.noun].some((character) => b.noun.includes(character))
}

/** Whether two neighbouring characters of `words` stand in `text`. */
export function sharesWord(words: string, text: string): boolean {
  for (let at = 0; at < words.length - 1; at += 1) if (text.includes(words.slice(at, at + 2))) return true
  return false
}

/** Words for stages through which the same cases pass; counts at such stages overlap and are never summed. */
export const STAGE =
  /收到|受理|接收|立案|办理|处理|处置|审理|审结|执结|结案|办结|办复|答复|回复|调解|调处|化解|移送|处罚|整改|抽检|检测|监测|检验|回访|测评|评价|完成|成功|满意|合格|检查|抽查|排查|发现|查处|发放|印发|召开|开展|组织|参加|通过|撤诉|支持|驳回|维持|纠正|采纳/g

/** Properties that one person or thing can have together; counts by such properties overlap. */
export const OVERLAPPING =
  /女|男|党员|青年|少数民族|学历|本科|研究生|硕士|博士|职称|未成年|老年|老人|残疾|妇女|儿童|农民工|退役|以上|以下|涉及|重点|重大|疑难|首次|新增|新建|省级|市级|国家级|区级|县级/

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
