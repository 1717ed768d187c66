import { command, print, readJson } from './command.ts'
import { replay } from '#sampling/published-draw.ts'
import type { Command } from 'commander'
import type { Common } from './command.ts'

/** `yifa draw FILE`: repeats a published double-random draw. Exit code 1 when it comes out otherwise than published. */
export function drawCommand(): Command {
  return command('draw', 'repeat a published double-random draw (双随机抽查) from its data')
    .argument('<file>', 'the data as published')
    .action((file: string, options: Common) => {
      const replayed = replay(readJson(file))
      const { seed, counts, drawn, differs } = replayed
      print(options, replayed, () =>
        [
          `seed ${seed}`,
          Object.entries(counts)
            .map(([riskClass, count]) => `${riskClass} ${count}`)
            .join(' · '),
          options.lang === 'zh'
            ? differs.length === 0
              ? `重算一致：${drawn.length} 个检查对象及其检查人员与公布的相同。`
              : `重算不一致：${differs.join('、')}`
            : differs.length === 0
              ? `Repeated: ${drawn.length} objects and their inspectors are as published.`
              : `Not as published: ${differs.join(', ')}`,
        ].join('\n'),
      )
      if (differs.length > 0) process.exitCode = 1
    })
}
