import { guard } from '#engine/guard.ts'
import { local, platform } from '#engine/citation.ts'
import type { DerivedFact, Guard } from '#engine/guard.ts'

/** What the guards ask that is no field: worked out from the case. */
export const facts = {
  /** Digest of the document as it would be filled now; `null` where its step no longer stands. */
  digestNow: ({ input, theCase, digestOf }) => {
    const now = { ...theCase?.fields, ...input } as Record<string, unknown>
    return digestOf(String(now['issuedCase']), Number(now['documentSeq']), String(now['documentId'])) ?? null
  },
} satisfies Record<string, DerivedFact>

export const guards = {
  'issuing-organ-not-in-force': guard({
    needs: ['issuingOrganInForce'],
    may: ['issuingOrgan'],
    article: platform,
    message: ['机构名册当日没有“{issuingOrgan}”。', 'The register of organs has no “{issuingOrgan}” on that day.'],
    remedy: ['请从机构名册中选择。', 'Choose one of the register.'],
    refuses: ({ issuingOrganInForce }) => issuingOrganInForce !== true,
  }),
  'not-the-issuing-organ': guard({
    needs: ['byOrgan', 'issuingOrgan'],
    article: local,
    message: ['该文书由“{issuingOrgan}”签发、用印。', 'The document is “{issuingOrgan}”’s to approve and seal.'],
    remedy: ['请由签发单位的人员办理。', 'Let somebody of that organ do it.'],
    refuses: ({ byOrgan, issuingOrgan }) => byOrgan !== issuingOrgan,
  }),
  'document-changed': guard({
    needs: ['digestNow', 'documentSha256'],
    article: platform,
    message: [
      '案卷中的文书与送审的不同：形成它的步骤已被更正，或者所载内容有变。',
      'The document in the file is not the one submitted: its step was corrected, or what it prints has changed.',
    ],
    remedy: [
      '请退回，以案卷中现在的文书重新送审；原件需要用印的，撤回后另行送审。',
      'Return it, and submit the document as the file has it now.',
    ],
    refuses: ({ digestNow, documentSha256 }) => digestNow !== documentSha256,
  }),
} satisfies Record<string, Guard>
