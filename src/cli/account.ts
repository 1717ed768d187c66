import { accountOf, openAccounts, OPERATOR } from '#accounts/account-office.ts'
import { accountPolicy } from './account-settings.ts'
import { command, now, onStore, print, tell, withStore } from './command.ts'
import { isDemonstration } from '#store/place-setting.ts'
import { listAccounts } from '#store/accounts.ts'
import { makeAccounts, resetPassword, resetSecondFactor, switchAccount } from '#accounts/manage-accounts.ts'
import { place } from '#district/place.ts'
import { Refusal } from '#engine/refusal.ts'
import { say } from '#engine/words.ts'
import type { AccountOffice } from '#accounts/account-office.ts'
import type { AccountRead } from '#store/accounts.ts'
import type { Administrator } from '#identity/viewer.ts'
import type { Command } from 'commander'
import type { MadeAccount } from '#accounts/manage-accounts.ts'
import type { Store } from '#store/store.ts'
import type { StoreCommon } from './command.ts'

const KINDS: readonly Administrator[] = ['system', 'security', 'audit']
const PAGE = 200

interface AddOptions extends StoreCommon {
  readonly person: string
  readonly username: string
  readonly administrator?: string
}

/** `yifa account`: what only whoever runs the machine does: the first administrators, and their passwords. */
export function accountCommand(): Command {
  const account = command('account', 'accounts, and the three administrators')
  account.addCommand(
    onStore(command('add', 'make an account; its initial password is printed once'))
      .requiredOption('--person <name>', 'the person, as the posts’ register names them')
      .requiredOption('--username <name>', 'what they sign in with')
      .option('--administrator <kind>', 'system, security or audit: three people')
      .action((options: AddOptions) =>
        withOffice(options, async (office) => {
          const { person, username, administrator } = options
          const kind = administrator === undefined ? undefined : kindOf(administrator)
          const [made] = await makeAccounts(office, [{ person, username, ...(kind ? { administrator: kind } : {}) }], OPERATOR)
          printMade(options, made!)
        }),
      ),
  )
  account.addCommand(
    onStore(command('list', 'list the accounts')).action((options: StoreCommon) =>
      withOffice(options, async ({ store }) => {
        const accounts = await everyAccount(store)
        print(options, { accounts }, () => accounts.map((one) => lineOf(one, options)).join('\n'))
      }),
    ),
  )
  const onOne = (
    name: string,
    description: string,
    act: (office: AccountOffice, found: AccountRead, options: StoreCommon) => Promise<void>,
  ) =>
    account.addCommand(
      onStore(command(name, description))
        .argument('<username>', 'what they sign in with')
        .action((username: string, options: StoreCommon) =>
          withOffice(options, async (office) => {
            const found = await accountOf(office, username)
            if (!found) throw unknownUsername(username)
            await act(office, found, options)
          }),
        ),
    )
  onOne('disable', 'close an account and end its sessions', async (office, { id, username }, options) => {
    await switchAccount(office, id, 'closed', OPERATOR)
    print(options, { username, state: 'closed' }, () => say([`${username} 已停用。`, `${username} is closed.`], options.lang))
  })
  onOne('enable', 'open a closed account again', async (office, { id, username }, options) => {
    await switchAccount(office, id, 'open', OPERATOR)
    print(options, { username, state: 'open' }, () => say([`${username} 已启用。`, `${username} is open.`], options.lang))
  })
  onOne('reset-password', 'give an initial password, printed once', async (office, { id }, options) => {
    printMade(options, await resetPassword(office, id, OPERATOR))
  })
  onOne('reset-second-factor', 'have the second factor set up anew', async (office, { id, username }, options) => {
    await resetSecondFactor(office, id, OPERATOR)
    print(options, { username }, () =>
      say([`${username} 的第二重验证已重置。`, `The second factor of ${username} is reset.`], options.lang),
    )
  })
  return account
}

function withOffice(options: StoreCommon, use: (office: AccountOffice) => Promise<void>): Promise<void> {
  return withStore(options, 'guest-or-new', async (store) => {
    await use(
      openAccounts({
        store,
        origin: 'http://127.0.0.1', // nobody signs in through a command
        policy: accountPolicy(),
        providers: [],
        place: place.name,
        demonstration: await isDemonstration(store),
        now,
      }),
    )
  })
}

async function everyAccount(store: Store): Promise<AccountRead[]> {
  const all: AccountRead[] = []
  for (;;) {
    const last = all.at(-1)
    const page = await listAccounts(store, { limit: PAGE, ...(last ? { after: [last.username, last.id] as const } : {}) })
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

function lineOf({ username, person, administrator, secondFactor, disabledAt }: AccountRead, { lang }: StoreCommon): string {
  const marks = [
    administrator,
    secondFactor ? say(['已设第二重验证', 'second factor'], lang) : undefined,
    disabledAt === null ? undefined : say(['已停用', 'closed'], lang),
  ].filter((mark) => mark !== undefined && mark !== null)
  return [username, person, ...marks].join('  ')
}

function printMade(options: StoreCommon, made: MadeAccount): void {
  print(options, made, () => `${made.username}  ${made.initialPassword}`)
  tell(options, [
    '初始密码只显示这一次；首次登录须更换。',
    'The initial password is shown this once; it is to be changed with the first sign-in.',
  ])
}

function kindOf(text: string): Administrator {
  const kind = KINDS.find((one) => one === text)
  if (kind) return kind
  throw new Refusal({
    code: 'administrator.kind-unknown',
    exit: 2,
    message: [`没有“${text}”这类管理员。`, `There is no such administrator as “${text}”.`],
    basis: ['管理员为 system（系统）、security（安全）、audit（审计）三类。', 'They are system, security and audit.'],
    remedy: ['请改正 --administrator。', 'Correct --administrator.'],
  })
}

function unknownUsername(username: string): Refusal {
  return new Refusal({
    code: 'account.username-unknown',
    message: [`没有用户名为“${username}”的账号。`, `No account is called “${username}”.`],
    basis: ['账号名录中查无此名。', 'It is not among the accounts.'],
    remedy: ['请用 yifa account list 查看。', 'See yifa account list.'],
  })
}
