import path from 'node:path'
import { catalogue } from '#procedures/catalogue.ts'
import { command, now, readJson } from './command.ts'
import { evaluateVector } from '#readings/vectors.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Command } from 'commander'
import type { Common } from './command.ts'
import type { Vector } from '#readings/vectors.ts'

/** `yifa vectors FILE…`: the cases that every implementation must pass. Exit code 1 when one fails. */
export function vectorsCommand(): Command {
  return command('vectors', 'evaluate vectors against the definitions')
    .argument('<file...>', 'files of vectors')
    .action((files: string[], options: Common) => {
      let [passed, failed] = [0, 0]
      // All files are read first: a file that is none stops the command before anything is printed.
      const read = files.map((file) => ({ file, vectors: vectorsIn(file) }))
      for (const { file, vectors } of read) {
        vectors.forEach((vector, index) => {
          const outcome = evaluateVector(vector, catalogue, publishedCalendar, now().slice(0, 10))
          if (outcome.ok) passed += 1
          else failed += 1
          const line = { file: path.basename(file), index, ok: outcome.ok, got: outcome.got, expect: outcome.expect, why: outcome.why }
          if (options.json) process.stdout.write(`${JSON.stringify(line)}\n`)
          else if (!outcome.ok)
            process.stdout.write(
              `✗ ${line.file} ${index}: ${JSON.stringify(outcome.got)} ≠ ${JSON.stringify(outcome.expect)} — ${outcome.why}\n`,
            )
        })
      }
      process.stdout.write(options.json ? `${JSON.stringify({ passed, failed })}\n` : `${passed} passed, ${failed} failed\n`)
      if (failed > 0) process.exitCode = 1
    })
}

function vectorsIn(file: string): Vector[] {
  const value = readJson(file)
  if (Array.isArray(value) && value.every((vector) => typeof vector === 'object' && vector !== null)) return value as Vector[]
  throw new Refusal({
    code: 'vectors.malformed',
    exit: 2,
    message: [`“${file}”不是案例列表。`, `“${file}” is not a list of vectors.`],
    basis: ['案例文件为 JSON 数组。', 'A vector file is a JSON array.'],
    remedy: ['请检查文件内容。', 'Check what is in the file.'],
  })
}
