import { administratorOf } from '../reader.ts'
import { attachment } from '../attachment.ts'
import { importAccounts } from '#accounts/import-accounts.ts'
import { readQuery } from '../query.ts'
import { accountSheetTemplate, readAccountSheet, sheetColumns } from '#accounts/account-sheet.ts'
import { z } from 'zod'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { FastifyInstance } from 'fastify'
import type { ImportResult } from '#accounts/import-accounts.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const LARGEST_BYTES = 2 * 1024 * 1024

export interface AccountImportJson extends Omit<ImportResult, 'problems'> {
  /** What is wrong, row by row, as the spreadsheet numbers them. */
  readonly problems: readonly { readonly row: number; readonly column: string; readonly says: string }[]
}

/** `/account-imports`: people from a spreadsheet, all of them or none; `?apply=true` does what a preview has shown. */
export function accountImportApi(api: FastifyInstance, office: AccountOffice): void {
  api.addContentTypeParser(XLSX, { parseAs: 'buffer', bodyLimit: LARGEST_BYTES }, (_, body, done) => done(null, body))

  api.get(
    '/account-imports/template',
    { schema: { summary: ['账号与岗位的管理', 'Administration of accounts and posts'] } },
    async (request, reply) => {
      administratorOf(request, 'system')
      return reply
        .type(XLSX)
        .header('content-disposition', attachment('accounts.xlsx', '人员账号.xlsx'))
        .send(await accountSheetTemplate(request.view.say))
    },
  )

  // Repeatable, as the answer of one that is applied holds passwords: the same names cannot be taken twice.
  api.post(
    '/account-imports',
    { schema: { summary: ['导入账号', 'Import accounts'] }, config: { repeatable: true } },
    async (request, reply): Promise<AccountImportJson> => {
      const by = administratorOf(request, 'system')
      const { apply } = readQuery({ apply: z.stringbool().default(false) }, request.query)
      const { say } = request.view
      const result = await importAccounts(office, await readAccountSheet(request.body), { apply, by })
      if (result.made.length > 0) reply.code(201)
      return {
        ...result,
        problems: result.problems.map(({ row, column, says }) => ({ row, column: say(sheetColumns[column]), says: say(says) })),
      }
    },
  )
}
