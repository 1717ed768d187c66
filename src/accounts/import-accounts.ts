import { isUsername, signInName } from '#identity/username.ts'
import { makeAccounts } from './manage-accounts.ts'
import { takenNames } from '#store/accounts.ts'
import type { AccountOffice } from './account-office.ts'
import type { Actor } from '#engine/case.ts'
import type { MadeAccount } from './manage-accounts.ts'
import type { SheetColumn, SheetRow } from './account-sheet.ts'
import type { Words } from '#engine/words.ts'

/** One thing wrong with one row. */
export interface RowProblem {
  readonly row: number
  readonly column: SheetColumn
  readonly says: Words
}

export interface ImportResult {
  readonly rows: number
  readonly problems: readonly RowProblem[]
  /** What would be made; empty while anything is wrong. */
  readonly wouldMake: readonly { readonly person: string; readonly username: string }[]
  /** What was made, with the passwords to begin with, told once; empty in a preview. */
  readonly made: readonly MadeAccount[]
}

/** Accounts for the people of a spreadsheet: all of them or none. Without `apply` only what would come of it. */
export async function importAccounts(
  office: AccountOffice,
  rows: readonly SheetRow[],
  { apply, by }: { readonly apply: boolean; readonly by: Actor },
): Promise<ImportResult> {
  const problems = await problemsOf(office, rows)
  if (problems.length > 0) return { rows: rows.length, problems, wouldMake: [], made: [] }
  const wanted = rows.map(({ person, username }) => ({ person, username }))
  return { rows: rows.length, problems, wouldMake: wanted, made: apply ? await makeAccounts(office, wanted, by) : [] }
}

async function problemsOf({ store }: AccountOffice, rows: readonly SheetRow[]): Promise<RowProblem[]> {
  const nameOf = (username: string): string => signInName(store.region, username)
  const taken = await takenNames(
    store,
    rows.map(({ username }) => nameOf(username)),
    rows.map(({ person }) => person),
  )
  const first = new Map<string, number>()
  return rows.flatMap(({ row, person, username }) => {
    const problems: Omit<RowProblem, 'row'>[] = []
    const wrong = (column: SheetColumn, zh: string, en: string): void => void problems.push({ column, says: [zh, en] })
    if (person === '') wrong('person', '缺少姓名', 'the name is missing')
    if (username === '') wrong('username', '缺少用户名', 'the user name is missing')
    else if (!isUsername(username)) wrong('username', `“${username}”不能作为用户名`, `“${username}” cannot be a user name`)
    else if (taken.signInNames.has(nameOf(username)))
      wrong('username', `用户名“${username}”已有人使用`, `the user name “${username}” is taken`)
    if (person !== '' && taken.persons.has(person)) wrong('person', `${person} 已有账号`, `${person} has an account already`)
    for (const [key, column, zh, en] of [
      [`name ${nameOf(username)}`, 'username', '用户名', 'user name'],
      [`person ${person}`, 'person', '姓名', 'name'],
    ] as const) {
      const before = first.get(key)
      if (before === undefined) first.set(key, row)
      else if (!key.endsWith(' ') && !key.endsWith('/')) wrong(column, `${zh}与第 ${before} 行相同`, `the same ${en} as in row ${before}`)
    }
    return problems.map((one) => ({ row, ...one }))
  })
}
