import { platform } from '#engine/citation.ts'
import type { ServiceLaw, ServingFields } from '../service.ts'
import type { Words } from '#engine/words.ts'

/** Who is given the agreement. */
export const parties = { plaintiff: ['申请人', 'claimant'], defendant: ['被申请人', 'other party'] } satisfies Record<string, Words>

export const serving: readonly ServingFields[] = [
  { services: 'agreementServices', proofs: 'agreementProofs', days: { plaintiff: 'deliveredOn', defendant: 'deliveredOn' } },
]

/** 民事诉讼法 rules the papers of a court; that a mediator follows it as well is the platform's rule. Parties who agreed need no public notice. */
export const serviceLaw: Omit<ServiceLaw, 'publicNotice' | 'noticeNoted'> = {
  receipt: platform,
  left: platform,
  electronic: platform,
  entrusted: platform,
}
