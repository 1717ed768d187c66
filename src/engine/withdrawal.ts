import { platform, statute } from './citation.ts'
import type { Citation } from './citation.ts'
import type { Words } from './words.ts'

const disclosure = statute('政府信息公开条例', '2019-04-03')

/** Why a publication no longer stands. Fixed words: what an officer types could say again what was withdrawn. */
export type Withdrawal = 'corrected' | 'undone' | 'ended' | 'wrong' | 'private' | 'secret'

interface Ground {
  readonly name: Words
  readonly article: Citation
  /** Found by the machine; nobody chooses it. */
  readonly byMachine?: true
}

export const withdrawals: Readonly<Record<Withdrawal, Ground>> = {
  corrected: {
    name: ['所依据的办理记录已更正', 'The record that it rests on was corrected'],
    article: disclosure(6, '及时、准确地公开政府信息'),
    byMachine: true,
  },
  undone: {
    name: ['案件其后的办理使其不再成立', 'A later step of the case undid it'],
    article: disclosure(6, '及时、准确地公开政府信息'),
    byMachine: true,
  },
  ended: { name: ['公开期限届满', 'The time for which it was published is over'], article: platform, byMachine: true },
  wrong: { name: ['内容不准确', 'It was not accurate'], article: disclosure(6, '及时、准确地公开政府信息') },
  private: { name: ['涉及商业秘密或者个人隐私', 'It touched trade secrets or privacy'], article: disclosure(15, '商业秘密、个人隐私') },
  secret: { name: ['属于不予公开的信息', 'It was of a kind that is not published'], article: disclosure(14, '不予公开') },
}

/** The grounds on which an officer withdraws. */
export const OFFICERS_GROUNDS = (Object.keys(withdrawals) as Withdrawal[]).filter((ground) => !withdrawals[ground].byMachine)
