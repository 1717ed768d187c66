import { backup, restore } from '#store/backup.ts'
import { command, now, onStore, print, withStore } from './command.ts'
import { say } from '#engine/words.ts'
import type { Command } from 'commander'
import type { StoreCommon } from './command.ts'

/** `yifa backup FILE` */
export function backupCommand(): Command {
  return onStore(command('backup', 'write everything of the region into one file'))
    .argument('<file>', 'the file to write')
    .action((file: string, options: StoreCommon) =>
      withStore(options, 'guest', async (store) => {
        const written = await backup(store, file, now())
        print(options, { file, ...written }, () =>
          say(
            [
              `已备份 ${written.rows} 行，${written.bytes} 字节；上传文件 ${written.files} 份，在“${file}.files”。备份含个人信息与签名私钥，请妥善保管。`,
              `${written.rows} rows, ${written.bytes} bytes; ${written.files} uploaded files in “${file}.files”. The backup holds personal data and the signing key: keep it safe.`,
            ],
            options.lang,
          ),
        )
      }),
    )
}

/** `yifa restore FILE` */
export function restoreCommand(): Command {
  return onStore(command('restore', 'read a backup into an empty data folder and check it by its ledger'))
    .argument('<file>', 'the backup')
    .action((file: string, options: StoreCommon) =>
      withStore(options, 'guest-or-new', async (store) => {
        const { rows, files, report } = await restore(store, file)
        print(options, { rows, files, ledger: { ok: report.ok, leaves: report.leaves, checkpoints: report.checkpointsConfirmed } }, () =>
          say(
            [
              `已恢复 ${rows} 行、上传文件 ${files} 份；存证 ${report.leaves} 条核对无误。`,
              `${rows} rows and ${files} files restored; ${report.leaves} ledger leaves verified.`,
            ],
            options.lang,
          ),
        )
      }),
    )
}
