import { caseHeads, checkpointTexts, ledgerRecords } from '#store/read-ledger.ts'
import { command, now, onStore, print, readText, withStore } from './command.ts'
import { ledgerKeys, seal } from '#store/ledger.ts'
import { receiptOf } from '#store/receipt.ts'
import { say } from '#engine/words.ts'
import { verifyLedger } from '#ledger/verify.ts'
import type { Command } from 'commander'
import type { StoreCommon } from './command.ts'

/** `yifa ledger verify | proof | checkpoint` */
export function ledgerCommand(): Command {
  const ledger = command('ledger', 'verify the ledger, prove a step, sign a checkpoint')
  ledger.addCommand(verifyCommand())
  ledger.addCommand(proofCommand())
  ledger.addCommand(checkpointCommand())
  return ledger
}

interface VerifyOptions extends StoreCommon {
  readonly key?: string
  readonly kept: readonly string[]
}

function verifyCommand(): Command {
  return onStore(command('verify', 'check every value against its leaf, every leaf and every checkpoint'))
    .option('--key <file>', 'public key, PEM (default: the data folder’s own)')
    .option(
      '--kept <file>',
      'a checkpoint kept from before, to be found again; repeatable',
      (file: string, all: readonly string[]) => [...all, file],
      [],
    )
    .action((options: VerifyOptions) =>
      withStore(options, 'guest', async (store) => {
        const report = await verifyLedger({
          region: store.region,
          records: ledgerRecords(store),
          checkpoints: await checkpointTexts(store),
          publicKey: options.key ? readText(options.key) : (await ledgerKeys(store)).publicKey,
          heads: caseHeads(store),
          ...(options.kept.length ? { kept: { checkpoints: options.kept.map((file) => readText(file)) } } : {}),
        })
        print(options, report, () =>
          [
            ...report.problems.map((problem) => `✗ ${problem.problem}: ${options.lang === 'zh' ? problem.zh : problem.en}`),
            say(
              report.ok
                ? [
                    `存证完整：${report.leaves} 条，${report.checkpointsConfirmed} 个检查点。`,
                    `The ledger is whole: ${report.leaves} leaves, ${report.checkpointsConfirmed} checkpoints.`,
                  ]
                : [`存证有 ${report.problemCount} 处不符。`, `The ledger has ${report.problemCount} problem(s).`],
              options.lang,
            ),
          ].join('\n'),
        )
        if (!report.ok) process.exitCode = 1
      }),
    )
}

interface ProofOptions extends StoreCommon {
  readonly step?: string
}

function proofCommand(): Command {
  return onStore(command('proof', 'the receipt of a step: its leaf, inclusion proof and checkpoint'))
    .argument('<case>', 'id or number of the case')
    .option('--step <seq>', 'number of the step (default: the last)')
    .action((theCase: string, options: ProofOptions) =>
      withStore(options, 'guest', async (store) => {
        const receipt = await receiptOf(store, theCase, options.step === undefined ? undefined : Number(options.step))
        print(options, receipt, () => JSON.stringify(receipt, null, 2))
      }),
    )
}

function checkpointCommand(): Command {
  return onStore(command('checkpoint', 'seal what was written and print the signed checkpoint')).action((options: StoreCommon) =>
    withStore(options, 'guest', async (store) => {
      const sealed = await seal(store, now())
      print(options, sealed ?? null, () => sealed?.text.trimEnd() ?? say(['尚无存证。', 'Nothing is in the ledger yet.'], options.lang))
    }),
  )
}
