import { guard } from '#engine/guard.ts'
import { local, platform } from '#engine/citation.ts'
import type { DerivedFact, Guard } from '#engine/guard.ts'

/** What the guards ask that is no field: worked out from the case. */
export const facts = {
  supervisingOrgan: ({ by }) => by.organ,
  /** The last day that holds before this step. */
  dueSoFar: ({ clock }) => clock('rectify')?.deadline?.due ?? null,
  proofs: ({ input }) => ((input['proof'] as readonly unknown[] | undefined) ?? []).length,
  againDueOn: ({ input }) => input['againDueOn'] ?? null,
} satisfies Record<string, DerivedFact>

export const guards = {
  'supervised-organ-not-in-force': guard({
    needs: ['supervisedOrganInForce'],
    may: ['organ'],
    article: platform,
    message: ['机构名册当日没有“{organ}”。', 'The register of organs has no “{organ}” on that day.'],
    remedy: ['请从机构名册中选择。', 'Choose one of the register.'],
    refuses: ({ supervisedOrganInForce }) => supervisedOrganInForce !== true,
  }),
  'own-organ-supervised': guard({
    needs: ['supervisingOrgan', 'organ'],
    article: platform,
    message: ['监督单位不监督本单位承办的案件。', 'An organ does not supervise a case of its own.'],
    remedy: ['由另一监督单位立案监督。', 'Let another supervising organ open it.'],
    refuses: ({ supervisingOrgan, organ }) => supervisingOrgan === organ,
  }),
  'due-not-after-notice': guard({
    needs: ['noticedOn', 'dueOn'],
    article: platform,
    message: ['整改期限 {dueOn} 不晚于通知日期 {noticedOn}。', 'The last day {dueOn} is not after the day of the notice, {noticedOn}.'],
    remedy: ['请给出通知之后的日期。', 'Name a day after the notice.'],
    refuses: ({ noticedOn, dueOn }) => dueOn <= noticedOn,
  }),
  'new-due-not-later': guard({
    needs: ['newDueOn', 'dueSoFar'],
    article: local,
    message: ['新的期限 {newDueOn} 不晚于原期限 {dueSoFar}。', 'The new last day {newDueOn} is not after the one that holds, {dueSoFar}.'],
    remedy: ['延期须给出更晚的日期；无需延期的，按原期限整改。', 'To prolong, name a later day; else the first one holds.'],
    refuses: ({ newDueOn, dueSoFar }) => dueSoFar !== null && newDueOn <= dueSoFar,
  }),
  'rectification-unproved': guard({
    needs: ['proofs'],
    article: local,
    message: ['整改报告没有证明材料。', 'The report on what was mended has no proof.'],
    remedy: [
      '请附上文书、照片等；无需整改的，改作情况说明。',
      'Add papers or photographs; where nothing is to be mended, explain instead.',
    ],
    refuses: ({ proofs }) => proofs === 0,
  }),
  'again-due-missing': guard({
    needs: ['isSettled', 'againDueOn', 'lookedBackOn'],
    article: platform,
    message: [
      '尚未解决的，须给出回访日期 {lookedBackOn} 之后的整改期限。',
      'Where it is not settled a last day after {lookedBackOn} must be named.',
    ],
    remedy: ['请填写新的整改期限。', 'Name the new last day.'],
    refuses: ({ isSettled, againDueOn, lookedBackOn }) => isSettled === false && (againDueOn === null || againDueOn <= lookedBackOn),
  }),
} satisfies Record<string, Guard>
