import fs from 'node:fs'
import { catalogue } from '#procedures/catalogue.ts'
import { checkCitation, openLibrary } from '#readings/citations.ts'
import { checkSystem, citationsOf } from '#engine/check.ts'
import { cited } from '#engine/citation.ts'
import { command, print } from './command.ts'
import { Refusal } from '#engine/refusal.ts'
import { registers } from '#registers/registers.ts'
import { say } from '#engine/words.ts'
import type { CheckProblem } from '#engine/check.ts'
import type { Command } from 'commander'
import type { Common } from './command.ts'

interface Options extends Common {
  readonly statutes?: string
}

/** `yifa check`: what must hold of every definition, and, with a statute library, that every citation's words stand in its article. */
export function checkCommand(): Command {
  return command('check', 'prove the properties of every definition')
    .option('--statutes <folder>', 'a statute library to check citations against (default: $YIFA_STATUTES)')
    .action((options: Options) => {
      const folder = options.statutes ?? process.env['YIFA_STATUTES']
      const structure = structureProblems()
      const citations = folder ? citationProblems(folder) : undefined
      const problems = [...structure, ...(citations?.problems ?? [])]
      const checked = {
        definitions: catalogue.flatMap(({ definitions }) => definitions).length,
        citations: citations?.checked ?? 0,
        unverified: citations?.unverified ?? 0,
      }
      print(options, { ok: problems.length === 0, ...checked, problems }, () =>
        [
          ...problems.map(({ at, problem }) => `✗ ${at}: ${problem}`),
          say(
            [
              `${checked.definitions} 个定义，${folder ? `${checked.citations} 处引用已核对（${checked.unverified} 处无文本可核）` : '未核对引用（没有法规文本库）'}，${problems.length} 处问题。`,
              `${checked.definitions} definitions; ${folder ? `${checked.citations} citations checked (${checked.unverified} have no text to check)` : 'citations not checked (no statute library)'}; ${problems.length} problem(s).`,
            ],
            options.lang,
          ),
        ].join('\n'),
      )
      if (problems.length > 0) process.exitCode = 1
    })
}

/** Problems of structure over the whole catalogue. */
export function structureProblems(): CheckProblem[] {
  const known = { registers: new Map(registers.map((register) => [register.id, register])), systems: catalogue }
  return catalogue.flatMap((system) => checkSystem(system, known))
}

/** Citations whose words do not stand in their article. Rules marked local, platform or unverified have no text to stand in. */
export function citationProblems(folder: string): { problems: CheckProblem[]; checked: number; unverified: number } {
  if (!fs.existsSync(folder)) throw noLibrary(folder)
  const library = openLibrary(folder)
  const problems: CheckProblem[] = []
  let [checked, unverified] = [0, 0]
  for (const { at, citation } of catalogue.flatMap(citationsOf)) {
    if (citation.standing !== undefined || citation.article === undefined) {
      unverified += 1
      continue
    }
    checked += 1
    const problem = checkCitation(library, citation)
    if (problem) problems.push({ at, problem: `${cited(citation)}“${citation.words ?? ''}”: ${problem.message[1]}` })
  }
  return { problems, checked, unverified }
}

function noLibrary(folder: string): Refusal {
  return new Refusal({
    code: 'statutes.missing',
    exit: 2,
    message: [`没有法规文本库“${folder}”。`, `There is no statute library “${folder}”.`],
    basis: ['引用与法规文本逐条核对，文本由用户自备。', 'Citations are checked against statute texts that the user supplies.'],
    remedy: [
      '请用 --statutes 指定文件夹，或去掉该选项只核对结构。',
      'Name the folder with --statutes, or leave the option out to check structure only.',
    ],
  })
}
