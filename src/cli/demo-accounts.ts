import { initialPassword } from '#identity/initial-password.ts'
import { makeAccounts } from '#accounts/manage-accounts.ts'
import { openAccounts, OPERATOR } from '#accounts/account-office.ts'
import { accountPolicy } from './account-settings.ts'
import { now } from './command.ts'
import { place } from '#district/place.ts'
import { posts } from '#registers/posts.ts'
import type { Administrator } from '#identity/viewer.ts'
import type { Store } from '#store/store.ts'
import type { WantedAccount } from '#accounts/manage-accounts.ts'

/** Posts of the demonstration that have an account, by the keys of their entries. */
const POSTS: Readonly<Record<string, string>> = {
  agent: 'grid-centre.hotline-12345.agent.1',
  dispatcher: 'grid-centre.hotline-12345.dispatcher.1',
  'callback-officer': 'grid-centre.hotline-12345.callback-officer.1',
  liaison: 'housing.hotline-12345.liaison.1',
  'order-handler': 'housing.hotline-12345.handler.1',
  'organ-head': 'housing.hotline-12345.organ-head.1',
  'reconsideration-office': 'justice.reconsideration.office.1',
  'reconsideration-handler': 'justice.reconsideration.handler.1',
  'office-head': 'justice.reconsideration.office-head.1',
  'government-head': 'gov.reconsideration.organ-head.1',
  'seal-keeper': 'gov.document-issue.seal-keeper.1',
  court: 'court.pre-trial-mediation.court.1',
  supervisor: 'justice.all.overseer.1',
  'report-editor': 'justice.all.report-editor.1',
  registrar: 'justice.register:organs.registrar.1',
}

/** The three administrators: names that no post of the register has. */
const ADMINISTRATORS: Readonly<Record<string, { readonly person: string; readonly administrator: Administrator }>> = {
  'system-administrator': { person: '虚构系统管理员', administrator: 'system' },
  'security-administrator': { person: '虚构安全管理员', administrator: 'security' },
  'audit-administrator': { person: '虚构审计管理员', administrator: 'audit' },
}

export interface DemoAccounts {
  /** One for all of them; told once. */
  readonly password: string
  readonly usernames: readonly string[]
}

/** Makes accounts for a handful of the demonstration's posts and for the three administrators. */
export async function makeDemoAccounts(store: Store): Promise<DemoAccounts> {
  const policy = accountPolicy()
  const office = openAccounts({ store, origin: 'http://127.0.0.1', policy, providers: [], place: place.name, demonstration: true, now })
  const personOf = new Map(posts.entries.map(({ key, value }) => [key, String(value['person'])]))
  const wanted: WantedAccount[] = [
    ...Object.entries(POSTS).map(([username, key]) => ({ username, person: personOf.get(key)! })),
    ...Object.entries(ADMINISTRATORS).map(([username, of]) => ({ username, ...of })),
  ]
  const password = initialPassword(policy.password.least)
  const made = await makeAccounts(office, wanted, OPERATOR, password)
  return { password, usernames: made.map(({ username }) => username) }
}
