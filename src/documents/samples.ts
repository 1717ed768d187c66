import type { OfficialDocument } from './official-document.ts'

/** What a form can bring into a document: markup of every language we write, and marks that turn the direction of writing. */
export const HOSTILE = '<script>alert(1)</script> #evil[x] *bold* $x$ `raw` @ref \\end "quoted" & {{field}} \u202eabc\u202c'

/** The same as it must be printed: every sign as it stands, without the two marks of direction. */
export const HOSTILE_PRINTED = HOSTILE.replace(/[\u202c\u202e]/g, '')

/** A decision on reconsideration whose parties have names with rare characters. For the tests of html.ts, docx.ts and pdf.ts. */
export const decision: OfficialDocument = {
  kind: 'decision',
  number: '宿区行复〔2024〕1号',
  title: '宿城区人民政府\n行政复议决定书',
  body: [
    {
      kind: 'fields',
      fields: [
        { label: '申请人', value: '张㛃，住宿城区幸福路12号' },
        { label: '被申请人', value: '宿城区市场监督管理局，法定代表人李𬱖' },
      ],
    },
    { kind: 'heading', level: 1, text: '一、申请人的请求' },
    { kind: 'paragraph', text: `申请人称：${HOSTILE}` },
    { kind: 'heading', level: 2, text: '（一）证据' },
    { kind: 'table', caption: '证据清单', columns: ['序号', '名称', '证明内容'], rows: [['1', '现场检查笔录', `经营面积35㎡${HOSTILE}`]] },
    { kind: 'paragraph', text: ['全年共办结', { text: '2663', figure: 'cases "closed"' }, '件。'] },
  ],
  attachments: ['证据目录', '授权委托书'],
  signatory: '宿城区人民政府',
  date: '2024-04-28',
  sealPlace: true,
  copies: '宿城区司法局',
  printedBy: { organ: '宿城区人民政府办公室', date: '2024-04-29' },
}

/** The size of an annual report: a red head and more than ten pages. */
export const report: OfficialDocument = {
  ...decision,
  kind: 'notice',
  redHead: '宿城区人民政府文件',
  number: '宿区政发〔2021〕3号',
  title: '宿城区人民政府关于2020年度法治政府建设情况的报告',
  addressee: '宿迁市人民政府',
  body: Array.from({ length: 12 }, (_, chapter) => [
    { kind: 'heading' as const, level: 1 as const, text: `第${chapter + 1}章　依法履行政府职能` },
    { kind: 'paragraph' as const, text: '深入推进依法行政，加快建设法治政府，全面履行政府职能。'.repeat(16) },
    {
      kind: 'table' as const,
      columns: ['类别', '件数', '同比'],
      rows: Array.from({ length: 8 }, (_, row) => [`类别${row + 1}`, String(row * 37), '5.20%']),
    },
  ]).flat(),
}

/** 信函格式. */
export const letter: OfficialDocument = {
  ...decision,
  kind: 'letter',
  redHead: '宿城区人民政府',
  urgency: '特急',
  title: '关于协助查询有关登记情况的函',
  addressee: '宿迁市自然资源和规划局',
  body: [{ kind: 'paragraph', text: '请予协助为盼。' }],
}
