import {
  AlignmentType,
  BorderStyle,
  CarriageReturn,
  convertMillimetersToTwip,
  Document,
  Footer,
  FrameAnchorType,
  FrameWrap,
  Header,
  HeadingLevel,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import type { IParagraphOptions } from 'docx'
import subsetFont from 'subset-font'
import { officialDate } from './chinese-date.ts'
import { fontFileBytes } from './font-file.ts'
import type { FontFace } from './font-file.ts'
import { FALLBACK_FAMILY, findFonts } from './fonts.ts'
import type { Fonts, Role } from './fonts.ts'
import { plainText, printable } from './official-document.ts'
import type { Block, OfficialDocument } from './official-document.ts'
import {
  columnsOf,
  labelShare,
  lastBlockIsShort,
  PAGE_MM,
  POINTS,
  RED,
  redHeadPoints,
  signatureIndents,
  titleLines,
  widthInCharacters,
} from './page-layout.ts'

/** The faces by the names under which offices' word processors know them. */
const OFFICE_FACES: Record<Role, string> = {
  仿宋: '仿宋_GB2312',
  黑体: '黑体',
  楷体: '楷体_GB2312',
  小标宋: '方正小标宋简体',
  宋体: '宋体',
}

const TWIPS_PER_POINT = 20
const twips = (points: number): number => Math.round(points * TWIPS_PER_POINT)
const CHARACTER_TWIPS = twips(POINTS.body + POINTS.tracking)
const TEXT_WIDTH_TWIPS = convertMillimetersToTwip(PAGE_MM.width - PAGE_MM.left - PAGE_MM.right)
/** A letter's red lines are 170 mm long, centred on the paper. */
const BEYOND_TYPE_AREA = { left: -convertMillimetersToTwip(8), right: -convertMillimetersToTwip(6) }
/** 22 lines and 28 characters by exact spacing, not by a document grid: word processors reckon a grid's characters differently. */
const LINE = { line: Math.floor(POINTS.line * TWIPS_PER_POINT), lineRule: LineRuleType.EXACT }
const TRACKING = Math.round(POINTS.tracking * TWIPS_PER_POINT)

/**
 * The document as a DOCX that can be edited further: true headings, tables and page numbers, the measures of GB/T 9704-2012.
 *
 * It names the faces that offices have, and carries for each the characters that it uses, out of what this machine has: LibreOffice shows
 * these where the named face is not installed. Word reads only such as have TrueType outlines, and of the others takes its own face of the name.
 */
export async function documentDocx(given: OfficialDocument, fonts: Fonts = findFonts()): Promise<Uint8Array> {
  const document = printable(given)
  const set = setter(fonts)
  const isLetter = document.kind === 'letter' && document.redHead !== undefined
  const section = {
    properties: {
      titlePage: isLetter,
      page: {
        size: { width: convertMillimetersToTwip(PAGE_MM.width), height: convertMillimetersToTwip(PAGE_MM.height) },
        margin: {
          top: convertMillimetersToTwip(PAGE_MM.top),
          left: convertMillimetersToTwip(PAGE_MM.left),
          right: convertMillimetersToTwip(PAGE_MM.right),
          bottom: convertMillimetersToTwip(PAGE_MM.bottom),
          header: convertMillimetersToTwip(isLetter ? 30 : 15),
          // A letter's red head stands 30 mm below the paper's edge, its lower line 20 mm above it (10.1).
          // The page number's dashes stand 7 mm below the type area (7.5).
          footer: convertMillimetersToTwip(isLetter ? 20 : 23),
        },
      },
    },
    headers: isLetter ? { first: letterHead(document, set) } : {},
    footers: { default: pageNumber(set, 'odd'), even: pageNumber(set, 'even'), ...(isLetter ? { first: letterFoot() } : {}) },
    children: [
      ...(isLetter ? letterNumber(document, set) : document.redHead === undefined ? urgencyLines(document, set) : redHead(document, set)),
      ...mainPart(document, set, imprint(document, set, isLetter)),
    ],
  }
  const file = new Document({
    title: document.title.replaceAll('\n', ' '),
    creator: document.signatory,
    lastModifiedBy: document.signatory,
    evenAndOddHeaderAndFooters: true,
    styles: styles(set),
    sections: [section],
    // Last: by now every text has been set.
    fonts: await set.fontsUsed(),
  })
  return new Uint8Array(await Packer.toBuffer(file))
}

/** Runs of text in one of the faces; keeps account of which characters it has set in which. */
interface Setter {
  face(role: Role): { ascii: string; hAnsi: string; eastAsia: string; cs: string }
  run(text: string, role?: Role, more?: { size?: number; color?: string }): TextRun[]
  pageNumber(): TextRun
  fontsUsed(): Promise<{ name: string; data: Buffer }[]>
}

function setter(fonts: Fonts): Setter {
  const used = new Map<string, { readonly face: FontFace; readonly characters: Set<string> }>()
  const named = (family: string, face: FontFace, text: string) => {
    const entry = used.get(family) ?? { face, characters: new Set<string>() }
    used.set(family, entry)
    for (const character of text) entry.characters.add(character)
    return { ascii: family, hAnsi: family, eastAsia: family, cs: family }
  }
  return {
    face: (role) => named(OFFICE_FACES[role], fonts.faceOf(role), ''),
    run: (text, role = '仿宋', { size = POINTS.body, color } = {}) =>
      byFace(text, fonts.faceOf(role), fonts.fallback).map(
        ({ piece, rare }) =>
          new TextRun({
            children: piece.split(/(\n|\t)/).map((part) => (part === '\n' ? new CarriageReturn() : part === '\t' ? new Tab() : part)),
            font: rare ? named(FALLBACK_FAMILY, fonts.fallback, piece) : named(OFFICE_FACES[role], fonts.faceOf(role), piece),
            size: size * 2,
            characterSpacing: size === POINTS.body ? TRACKING : 0,
            ...(color === undefined ? {} : { color }),
          }),
      ),
    pageNumber: () =>
      new TextRun({
        children: ['— ', PageNumber.CURRENT, ' —'],
        font: named(OFFICE_FACES.宋体, fonts.faceOf('宋体'), '— 0123456789'),
        size: POINTS.small * 2,
      }),
    fontsUsed: async () => {
      const embedded = [...used].filter(([, { face, characters }]) => face.embeddable && characters.size > 0)
      return Promise.all(
        embedded.map(async ([name, { face, characters }]) => ({
          name,
          data: await subsetFont(fontFileBytes(face.path), [...characters].join(''), { targetFormat: 'sfnt', noLayoutClosure: true }),
        })),
      )
    },
  }
}

/** The text in pieces: what the face can draw, and the rare characters, mostly of names, that only the fallback has. */
function byFace(text: string, face: FontFace, fallback: FontFace): { piece: string; rare: boolean }[] {
  const pieces: { piece: string; rare: boolean }[] = []
  for (const character of text) {
    const codePoint = character.codePointAt(0)!
    const rare = !/\s/.test(character) && !face.has(codePoint) && fallback.has(codePoint)
    const last = pieces.at(-1)
    if (last?.rare === rare) last.piece += character
    else pieces.push({ piece: character, rare })
  }
  return pieces
}

function styles(set: Setter) {
  const heading = (level: 1 | 2 | 3 | 4) => ({
    run: {
      font: set.face(level === 1 ? '黑体' : level === 2 ? '楷体' : '仿宋'),
      size: POINTS.body * 2,
      characterSpacing: TRACKING,
      bold: false,
      italics: false,
      color: '000000',
    },
    paragraph: { spacing: { before: 0, after: 0, ...LINE }, indent: { firstLine: 2 * CHARACTER_TWIPS }, keepNext: true, keepLines: false },
  })
  return {
    default: {
      document: {
        run: { font: set.face('仿宋'), size: POINTS.body * 2, language: { value: 'en-US', eastAsia: 'zh-CN' } },
        paragraph: { spacing: { before: 0, after: 0, ...LINE }, widowControl: false },
      },
      heading1: heading(1),
      heading2: heading(2),
      heading3: heading(3),
      heading4: heading(4),
    },
  }
}

// --- 版头 -----------------------------------------------------------------------------------------------------------------------------

/** 发文机关标志 35 mm below the top of the type area; 密级 and 紧急程度 stand in that room (7.2). */
function redHead(document: OfficialDocument, set: Setter): Paragraph[] {
  const marks = urgencyLines(document, set)
  const size = redHeadPoints(document.redHead!)
  const before = convertMillimetersToTwip(35) - marks.length * twips(POINTS.line)
  return [
    ...marks,
    line({
      children: set.run(document.redHead!, '小标宋', { size, color: RED }),
      alignment: AlignmentType.CENTER,
      spacing: { before, ...exactly(size * 1.15) },
    }),
    emptyLine(),
    emptyLine(),
    line({
      children: document.number === undefined ? [] : set.run(document.number),
      alignment: AlignmentType.CENTER,
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 8 } }, // 1.5 pt, 4 mm below the number
    }),
    emptyLine(),
    emptyLine(),
  ]
}

/** 信函格式: the head 30 mm below the paper's edge, so in the header; 4 mm under it a double red line 170 mm long (10.1). */
function letterHead(document: OfficialDocument, set: Setter): Header {
  const size = redHeadPoints(document.redHead!)
  return new Header({
    children: [
      line({
        children: set.run(document.redHead!, '小标宋', { size, color: RED }),
        alignment: AlignmentType.CENTER,
        indent: BEYOND_TYPE_AREA,
        spacing: exactly(size * 1.15),
        border: { bottom: { style: BorderStyle.THICK_THIN_SMALL_GAP, size: 24, color: RED, space: 8 } },
      }),
      line({ children: [], spacing: exactly(0.875 * POINTS.body) }),
    ],
  })
}

/** 密级, 紧急程度 at the left and 发文字号 at the right of the first line under the double line. */
function letterNumber({ classification, urgency, number = '' }: OfficialDocument, set: Setter): Paragraph[] {
  const marks = [classification, urgency].filter((mark) => mark !== undefined).join('　')
  const tabStops = [{ type: TabStopType.RIGHT, position: TEXT_WIDTH_TWIPS }]
  return [line({ children: [...set.run(marks, '黑体'), ...set.run(`\t${number}`)], tabStops }), emptyLine(), emptyLine()]
}

function letterFoot(): Footer {
  return new Footer({
    children: [
      line({
        children: [],
        indent: BEYOND_TYPE_AREA,
        spacing: exactly(2),
        border: { bottom: { style: BorderStyle.THIN_THICK_SMALL_GAP, size: 24, color: RED, space: 0 } },
      }),
    ],
  })
}

function urgencyLines({ classification, urgency }: OfficialDocument, set: Setter): Paragraph[] {
  return [classification, urgency].filter((mark) => mark !== undefined).map((mark) => line({ children: set.run(mark, '黑体') }))
}

// --- 主体 -----------------------------------------------------------------------------------------------------------------------------

function mainPart(document: OfficialDocument, set: Setter, imprintFrame: readonly Paragraph[]): (Paragraph | Table)[] {
  const title = titleLines(document.title).map((text) =>
    line({
      children: set.run(text, '小标宋', { size: POINTS.title }),
      alignment: AlignmentType.CENTER,
      keepNext: true,
      spacing: exactly(36),
    }),
  )
  const numberUnderTitle =
    document.redHead === undefined && document.number !== undefined
      ? [line({ children: set.run(document.number), alignment: AlignmentType.RIGHT, indent: { right: CHARACTER_TWIPS } })]
      : []
  const addressee = document.addressee === undefined ? [] : [line({ children: set.run(`${document.addressee}：`) })]
  // A short last block is kept with the signature, which then does not stand alone on a page. A long one must be free to break, and
  // LibreOffice breaks no paragraph that it keeps with the next.
  const kept = lastBlockIsShort(document) ? document.body.length - 1 : -1
  return [
    ...title,
    ...numberUnderTitle,
    emptyLine(),
    ...addressee,
    ...document.body.flatMap((block, index) => bodyBlock(block, document, set, index === kept)),
    ...attachments(document, set),
    ...signature(document, set, imprintFrame),
  ]
}

function bodyBlock(block: Block, document: OfficialDocument, set: Setter, isKept: boolean): (Paragraph | Table)[] {
  if (block.kind === 'heading') {
    const role = block.level === 1 ? '黑体' : block.level === 2 ? '楷体' : '仿宋'
    const heading = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4][block.level - 1]!
    return [line({ heading, children: set.run(plainText(block.text), role), indent: { firstLine: 2 * CHARACTER_TWIPS } })]
  }
  if (block.kind === 'table') {
    const caption =
      block.caption === undefined
        ? []
        : [line({ children: set.run(block.caption, '黑体', { size: POINTS.small }), alignment: AlignmentType.CENTER, keepNext: true })]
    const columns = columnsOf(block)
    const rows = block.rows.map((row) => block.columns.map((_, index) => plainText(row[index] ?? '')))
    return [...caption, ruledTable(columns, rows, set, { header: block.columns, size: POINTS.table, keepNext: isKept })]
  }
  if (block.kind === 'fields' && document.kind === 'record') {
    const share = labelShare(document)
    const columns = [
      { share, align: 'center' as const },
      { share: 1 - share, align: 'left' as const },
    ]
    return [
      ruledTable(
        columns,
        block.fields.map(({ label, value }) => [label, plainText(value)]),
        set,
        { labels: true, size: POINTS.small, keepNext: isKept },
      ),
    ]
  }
  const texts = block.kind === 'fields' ? block.fields.map(({ label, value }) => `${label}：${plainText(value)}`) : [plainText(block.text)]
  return texts.map((text) =>
    line({ children: set.run(text), indent: { firstLine: 2 * CHARACTER_TWIPS }, alignment: AlignmentType.BOTH, keepNext: isKept }),
  )
}

function ruledTable(
  columns: readonly { share: number; align: 'center' | 'left' }[],
  rows: readonly (readonly string[])[],
  set: Setter,
  { header, labels = false, size, keepNext }: { header?: readonly string[]; labels?: boolean; size: number; keepNext: boolean },
): Table {
  const widths = columns.map(({ share }) => Math.round(share * TEXT_WIDTH_TWIPS))
  const cell = (text: string, index: number, strong: boolean, withNext = false): TableCell =>
    new TableCell({
      width: { size: widths[index]!, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { top: 80, bottom: 80, left: 80, right: 80 },
      children: [
        line({
          children: set.run(text, strong ? '黑体' : '仿宋', { size }),
          alignment: strong || columns[index]!.align === 'center' ? AlignmentType.CENTER : AlignmentType.LEFT,
          spacing: exactly(size * 1.4),
          keepNext: withNext,
        }),
      ],
    })
  return new Table({
    width: { size: TEXT_WIDTH_TWIPS, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [
      ...(header === undefined
        ? []
        : [new TableRow({ tableHeader: true, cantSplit: true, children: header.map((text, index) => cell(text, index, true)) })]),
      ...rows.map(
        (row, at) =>
          new TableRow({
            cantSplit: row.every((text) => text.length < 400),
            children: row.map((text, index) => cell(text, index, labels && index === 0, keepNext && at === rows.length - 1)),
          }),
      ),
    ],
  })
}

/** 附件说明: two characters in; each further name under the first (7.3.4). */
function attachments({ attachments: names = [] }: OfficialDocument, set: Setter): Paragraph[] {
  if (names.length === 0) return []
  const numbered = names.length > 1
  const left = (numbered ? 6.5 : 5) * CHARACTER_TWIPS
  const rows = names.map((name, index) => {
    const number = numbered ? `${index + 1}．` : ''
    const hanging = (index === 0 ? (numbered ? 4.5 : 3) : 1.5) * CHARACTER_TWIPS
    return line({ children: set.run(`${index === 0 ? '附件：' : ''}${number}${name}`), indent: { left, hanging }, keepNext: true })
  })
  return [emptyLine(true), ...rows]
}

/**
 * Signatory and date under the room for the seal (7.3.5); the pale hint says where the seal goes.
 * 版记 hangs on the date, the last paragraph, so that it comes on the last page whatever its length.
 */
function signature(document: OfficialDocument, set: Setter, imprintFrame: readonly Paragraph[]): Paragraph[] {
  const indents = signatureIndents(document)
  const at = (text: string, indent: number, more: Partial<IParagraphOptions> = {}): Paragraph =>
    line({ children: set.run(text), alignment: AlignmentType.RIGHT, indent: { right: Math.round(indent * CHARACTER_TWIPS) }, ...more })
  const hint = document.sealPlace
    ? [
        line({
          children: set.run('（印章）', '仿宋', { size: 12, color: 'B2B2B2' }),
          alignment: AlignmentType.RIGHT,
          indent: { right: Math.round((indents.date + 1.75) * CHARACTER_TWIPS) },
          keepNext: true,
        }),
      ]
    : []
  const signatory = at(document.signatory, indents.signatory, { keepNext: true })
  return [emptyLine(true), ...hint, signatory, ...imprintFrame, at(officialDate(document.date), indents.date)]
}

// --- 版记 -----------------------------------------------------------------------------------------------------------------------------

/**
 * 抄送, 印发机关 and 印发日期 at the foot of the last page, between lines of 0.35 and 0.25 mm (7.4); a letter's has no lines (10.1).
 *
 * Framed paragraphs, not a floating table: LibreOffice sets such a table where its anchor stands. Paragraph lines begin at the indent,
 * so the character of room at both sides is a full-width space.
 */
function imprint(document: OfficialDocument, set: Setter, isLetter: boolean): Paragraph[] {
  const rows: string[] = []
  if (document.copies !== undefined) rows.push(`　抄送：${linesOf(`${document.copies}。`, 26).join('\n　　　　')}`)
  if (document.printedBy !== undefined && !isLetter)
    rows.push(`　${document.printedBy.organ}\t${officialDate(document.printedBy.date)}印发　`)

  const bottomEdge = convertMillimetersToTwip(PAGE_MM.height - PAGE_MM.bottom)
  const ruled = (size: number) => ({ style: BorderStyle.SINGLE, size, color: '000000', space: 3 })
  // A frame for each: LibreOffice gives up a frame of two paragraphs that have a line between them.
  return rows.map((row, index) => {
    const linesFromHere = rows.slice(index).join('\n').split('\n').length
    const height = twips(linesFromHere * IMPRINT_LINE_POINTS + (isLetter ? 0 : (rows.length - index) * 10))
    return line({
      children: set.run(row, '仿宋', { size: POINTS.small }),
      tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH_TWIPS }],
      spacing: exactly(IMPRINT_LINE_POINTS),
      ...(isLetter ? {} : { border: { ...(index === 0 ? { top: ruled(8) } : {}), bottom: ruled(index === rows.length - 1 ? 8 : 6) } }),
      frame: {
        type: 'absolute',
        width: TEXT_WIDTH_TWIPS,
        wrap: FrameWrap.NOT_BESIDE,
        anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.PAGE },
        position: { x: 0, y: bottomEdge - height },
      },
    })
  })
}

const IMPRINT_LINE_POINTS = 22

/** Text in lines of so many characters; no line begins with a mark that closes. */
function linesOf(text: string, longest: number): string[] {
  const lines = ['']
  for (const character of text) {
    const current = lines.length - 1
    if (widthInCharacters(lines[current]! + character) > longest && !/[，。、；]/.test(character)) lines.push(character)
    else lines[current] += character
  }
  return lines
}

/** `— 1 —` in 4号 at the outer edge, one character in: odd pages right, even pages left (7.5). */
function pageNumber(set: Setter, side: 'odd' | 'even'): Footer {
  const inset = twips(POINTS.small)
  return new Footer({
    children: [
      line({
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === 'odd' ? { right: inset } : { left: inset },
        children: [set.pageNumber()],
      }),
    ],
  })
}

function line(options: IParagraphOptions): Paragraph {
  return new Paragraph({ autoSpaceEastAsianText: false, ...options })
}

function emptyLine(keepNext = false): Paragraph {
  return line({ children: [], keepNext })
}

function exactly(points: number): { line: number; lineRule: (typeof LineRuleType)['EXACT'] } {
  return { line: twips(points), lineRule: LineRuleType.EXACT }
}
