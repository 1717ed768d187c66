import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { readFontFace } from './font-file.ts'
import type { FontFace } from './font-file.ts'

/** The faces that GB/T 9704-2012 asks for: body, level-1 headings, level-2 headings, title and red head, page numbers. */
export type Role = '仿宋' | '黑体' | '楷体' | '小标宋' | '宋体'

/** What documents can be set in on this machine. */
export interface Fonts {
  /** For each role the families to try in turn; the last is always Noto Serif SC, which has the rare characters of names. */
  readonly families: Readonly<Record<Role, readonly string[]>>
  /** Roles for which no true face was found: Noto Serif SC stands in. */
  readonly missing: readonly Role[]
  /** The one face for a role where a list of families cannot be given; a missing role's is Noto Serif SC in the weight that stands in for it. */
  faceOf(role: Role): FontFace
  /** Noto Serif SC, for the characters that a role's own face cannot draw. */
  readonly fallback: FontFace
  /** The files to load. */
  readonly files: readonly string[]
  /** The characters of `text` that none of the files can draw; each would be printed as an empty box. */
  undrawable(text: string): string[]
}

/**
 * Known families only, best first. "Some face with FangSong in its name" is not enough: cwTeX's, for one, is for traditional characters,
 * and sets simplified text as a patchwork.
 */
const KNOWN: Record<Role, readonly string[]> = {
  仿宋: ['仿宋_GB2312', 'FangSong_GB2312', '仿宋', 'FangSong', 'FZFangSong-Z02', 'STFangsong', 'FandolFang', 'FandolFang R'],
  黑体: ['黑体', 'SimHei', 'FZHei-B01', 'STHeiti', 'FandolHei'],
  楷体: ['楷体_GB2312', 'KaiTi_GB2312', '楷体', 'KaiTi', 'FZKai-Z03', 'STKaiti', 'FandolKai'],
  小标宋: ['方正小标宋简体', 'FZXiaoBiaoSong-B05S', 'FZXiaoBiaoSong-B05', '方正小标宋_GBK'],
  宋体: ['宋体', 'SimSun', 'FZShuSong-Z01', 'STSong', 'FandolSong'],
}
const ROLES = Object.keys(KNOWN) as Role[]

export const FALLBACK_FAMILY = 'Noto Serif SC'
const FALLBACK_FILES = ['400Regular', '300Light', '700Bold', '900Black'].map(fallbackFile)
const PROJECT_FOLDER = fileURLToPath(new URL('../../.fonts', import.meta.url))
const DEBIAN_FOLDERS = ['/usr/share/texmf', '/usr/share/texlive/texmf-dist'].map((root) => `${root}/fonts/opentype/public/fandol`)

/**
 * Finds the faces: in the folder that `YIFA_FONTS` names, in the project's `.fonts/` (filled by `tools/fonts.mjs`), in Debian's texlive.
 * The first folder that has a face for a role wins. Works with none of them; then `missing` names every role.
 *
 * @param folders the folders to search in turn
 */
export function findFonts(folders: readonly string[] = [process.env.YIFA_FONTS ?? '', PROJECT_FOLDER, ...DEBIAN_FOLDERS]): Fonts {
  const found = new Map<Role, FontFace[]>()
  for (const folder of folders.filter((name) => name !== '' && existsSync(name))) {
    const faces = facesIn(folder)
    for (const role of ROLES) {
      if (found.has(role)) continue
      const family = KNOWN[role].find((name) => faces.some((face) => face.families.includes(name)))
      if (family !== undefined)
        found.set(
          role,
          faces.filter((face) => face.families.includes(family)),
        )
    }
  }
  const files = new Set([...found.values()].flat().map((face) => face.path))
  const all = [...found.values()].flat()
  const fallback = readFontFace(fallbackFile('400Regular'))!
  const strongFallback = readFontFace(fallbackFile('700Bold'))!
  return {
    families: Object.fromEntries(ROLES.map((role) => [role, familiesOf(role, found)])) as Record<Role, string[]>,
    missing: ROLES.filter((role) => !found.has(role)),
    fallback,
    faceOf: (role) =>
      found.get(role)?.find((face) => !/bold/i.test(face.path)) ??
      found.get(role)?.[0] ??
      (role === '小标宋' || role === '黑体' ? strongFallback : fallback),
    files: [...files, ...FALLBACK_FILES],
    undrawable(text) {
      const characters = [...new Set(text)].filter((character) => !/\s/.test(character))
      return characters.filter((character) => ![fallback, ...all].some((face) => face.has(character.codePointAt(0)!)))
    },
  }
}

function fallbackFile(weight: string): string {
  return fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`))
}

function familiesOf(role: Role, found: ReadonlyMap<Role, readonly FontFace[]>): string[] {
  const faces = found.get(role) ?? []
  return [...new Set(faces.flatMap((face) => face.families)), FALLBACK_FAMILY]
}

function facesIn(folder: string): FontFace[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(otf|ttf|ttc)$/i.test(name))
    .toSorted()
    .map((name) => readFontFace(join(folder, name)))
    .filter((face) => face !== undefined)
}
