import { randomUUID } from 'node:crypto'
import { refusalFrom } from './store.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Administrator } from '#identity/viewer.ts'
import type { Store } from './store.ts'
import type pg from 'pg'

type Db = Pick<pg.Pool, 'query'>

/** An account as its administrator sees it. Instants as text. */
export interface AccountRead {
  readonly id: string
  readonly username: string
  readonly person: string
  readonly administrator: Administrator | null
  readonly secondFactor: boolean
  readonly passwordMustChange: boolean
  readonly disabledAt: string | null
  readonly createdAt: string
  /** The end of its last request; null where it has no session. */
  readonly seenAt: string | null
}

export interface NewAccount {
  readonly username: string
  /** The name as it is compared: {@link signInName}. */
  readonly signInName: string
  readonly person: string
  readonly passwordHash: string
  readonly passwordMustChange: boolean
  readonly administrator?: Administrator
  /** An instant. */
  readonly at: string
}

const READ = `select a.id, a.username, a.person, m.kind as administrator, a.two_factor_enabled as "secondFactor",
    a.password_must_change as "passwordMustChange", a.disabled_at as "disabledAt", a.created_at as "createdAt",
    (select max(coalesce(s.seen_at, s.created_at)) from session s where s.user_id = a.id) as "seenAt"
  from account a left join administrator m on m.region = a.region and m.person = a.person`

/**
 * Makes an account; call it in a transaction. The database itself refuses an administrator who holds a post, or is one already.
 *
 * @returns its id
 * @throws Refusal `account.username-taken` · `account.person-taken` · `administrator.holds-post` · `administrator.holds-another`
 */
export async function addAccount(db: Db, region: string, account: NewAccount): Promise<string> {
  const id = randomUUID()
  const { username, signInName, person, passwordHash, passwordMustChange, administrator, at } = account
  try {
    if (administrator)
      await db.query('insert into administrator (region, person, kind, at) values ($1, $2, $3, $4)', [region, person, administrator, at])
    await db.query(
      `insert into account (region, id, username, sign_in_name, person, password_must_change, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $7)`,
      [region, id, username, signInName, person, passwordMustChange, at],
    )
    await db.query(
      `insert into credential (region, id, account_id, provider_id, user_id, password, created_at, updated_at)
       values ($1, $2, $3, 'credential', $3, $4, $5, $5)`,
      [region, randomUUID(), id, passwordHash, at],
    )
  } catch (error) {
    throw accountRefusal(error, account)
  }
  return id
}

/** Accounts in the order of their names, after one of them. @param text part of a name */
export async function listAccounts(
  { pool, region }: Store,
  {
    after,
    text,
    administrators,
    limit,
  }: {
    readonly after?: readonly [username: string, id: string]
    readonly text?: string
    /** Those of the three administrators only. */
    readonly administrators?: boolean
    readonly limit: number
  },
): Promise<AccountRead[]> {
  const values: unknown[] = [region, limit]
  const add = (value: unknown): string => `$${values.push(value)}`
  const later = after ? `and (a.username collate "C", a.id) > (${add(after[0])}, ${add(after[1])})` : ''
  const named = text ? `and (position(${add(text)} in a.username) > 0 or position(${add(text)} in a.person) > 0)` : ''
  const { rows } = await pool.query<AccountRead>(
    `${READ} where a.region = $1 ${later} ${named} ${administrators ? 'and m.kind is not null' : ''} order by a.username collate "C", a.id limit $2`,
    values,
  )
  return rows
}

/** One account, by its id. @throws Refusal `account.unknown` */
export async function readAccount({ pool, region }: Store, id: string): Promise<AccountRead> {
  const { rows } = await pool.query<AccountRead>(`${READ} where a.region = $1 and a.id = $2`, [region, id])
  if (!rows[0]) throw unknownAccount(id)
  return rows[0]
}

/** The account that signs in by this name. */
export async function accountNamed({ pool, region }: Store, signInName: string): Promise<AccountRead | undefined> {
  const { rows } = await pool.query<AccountRead>(`${READ} where a.region = $1 and a.sign_in_name = $2`, [region, signInName])
  return rows[0]
}

/** The made-up e-mail of the account that is meant, for the library that knows accounts by it. */
export async function emailOf(
  { pool, region }: Store,
  by: { readonly signInName: string } | { readonly person: string },
): Promise<string | undefined> {
  const { rows } = await pool.query<{ email: string }>(
    `select email from account where region = $1 and ${'person' in by ? 'person' : 'sign_in_name'} = $2`,
    [region, 'person' in by ? by.person : by.signInName],
  )
  return rows[0]?.email
}

/** Which of these names, and of these persons, have an account. */
export async function takenNames(
  { pool, region }: Store,
  signInNames: readonly string[],
  persons: readonly string[],
): Promise<{ signInNames: ReadonlySet<string>; persons: ReadonlySet<string> }> {
  const { rows } = await pool.query<{ sign_in_name: string; person: string }>(
    'select sign_in_name, person from account where region = $1 and (sign_in_name = any($2) or person = any($3))',
    [region, signInNames, persons],
  )
  return { signInNames: new Set(rows.map((row) => row.sign_in_name)), persons: new Set(rows.map(({ person }) => person)) }
}

/** Is there any account here? */
export async function hasAccounts({ pool, region }: Store): Promise<boolean> {
  const { rows } = await pool.query('select 1 from account where region = $1 limit 1', [region])
  return rows.length > 0
}

/** The hash of an account's password; absent where it signs in by a provider only. */
export async function passwordHashOf({ pool, region }: Store, account: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ password: string | null }>(
    "select password from credential where region = $1 and user_id = $2 and provider_id = 'credential'",
    [region, account],
  )
  return rows[0]?.password ?? undefined
}

/** Gives an account another password. */
export async function setPassword(
  db: Db,
  region: string,
  {
    account,
    passwordHash,
    mustChange,
    at,
  }: { readonly account: string; readonly passwordHash: string; readonly mustChange: boolean; readonly at: string },
): Promise<void> {
  await db.query("update credential set password = $3, updated_at = $4 where region = $1 and user_id = $2 and provider_id = 'credential'", [
    region,
    account,
    passwordHash,
    at,
  ])
  await db.query('update account set password_must_change = $3, updated_at = $4 where region = $1 and id = $2', [
    region,
    account,
    mustChange,
    at,
  ])
}

/** Closes an account, or opens it again. @param disabledAt an instant, or null */
export async function setDisabled(db: Db, region: string, account: string, disabledAt: string | null): Promise<void> {
  await db.query('update account set disabled_at = $3 where region = $1 and id = $2', [region, account, disabledAt])
}

/** Takes an account's second factor away, for it to be set up anew. */
export async function forgetSecondFactor(db: Db, region: string, account: string): Promise<void> {
  await db.query('delete from second_factor where region = $1 and user_id = $2', [region, account])
  await db.query('update account set two_factor_enabled = false where region = $1 and id = $2', [region, account])
}

function unknownAccount(id: string): Refusal {
  return new Refusal({
    code: 'account.unknown',
    message: [`没有账号“${id}”。`, `There is no account “${id}”.`],
    basis: ['账号名录中查无此号。', 'It is not among the accounts.'],
    remedy: ['请从账号列表进入，或用 yifa account list 查看。', 'Start from the list of accounts, or see yifa account list.'],
  })
}

/** Turns what the database says about accounts and administrators into a refusal. */
export function accountRefusal(
  error: unknown,
  { username, person, administrator }: Partial<Pick<NewAccount, 'username' | 'administrator'>> & Pick<NewAccount, 'person'>,
): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code === '23505' && constraint === 'administrator_pkey')
    return new Refusal({
      code: 'administrator.holds-another',
      message: [`${person} 已是三员之一。`, `${person} is one of the three administrators already.`],
      basis: ['系统、安全、审计管理员由三人分任。', 'The system, security and audit administrators are three people.'],
      remedy: ['请另择人员。', 'Choose somebody else.'],
      cause: error,
    })
  if (code === 'YF002')
    return new Refusal({
      code: 'administrator.holds-post',
      message: [
        administrator ? `${person} 在岗位名册中任职，不能兼任管理员。` : `${person} 是管理员，不能任职。`,
        administrator ? `${person} holds a post and cannot be an administrator.` : `${person} is an administrator and holds no post.`,
      ],
      basis: ['管理员不办理案件，不查看案件。', 'An administrator handles no case and sees none.'],
      remedy: ['请先终止其岗位，或另择人员。', 'End the post first, or choose somebody else.'],
      cause: error,
    })
  if (code === '23505' && constraint === 'account_sign_in_name_key')
    return new Refusal({
      code: 'account.username-taken',
      message: [`用户名“${username}”已有人使用。`, `The user name “${username}” is taken.`],
      basis: ['用户名不分大小写、全角半角，一名一号。', 'Capitals and small letters, full and half width are one.'],
      remedy: ['请换一个用户名。', 'Choose another.'],
      cause: error,
    })
  if (code === '23505' && constraint === 'account_region_person_key')
    return new Refusal({
      code: 'account.person-taken',
      message: [`${person} 已有账号。`, `${person} has an account already.`],
      basis: ['一人一号。', 'One person has one account.'],
      remedy: ['请使用其原账号；忘记密码的，重置密码。', 'Use that one; reset its password if it was forgotten.'],
      cause: error,
    })
  return refusalFrom(error)
}
