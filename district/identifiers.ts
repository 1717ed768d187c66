import { Refusal } from '#engine/refusal.ts'
import { identifierChecks } from '#law/identifiers.ts'
import { divisions } from './divisions.ts'
import type { Checked } from '#law/identifiers/checked.ts'
import type { IdentifierKind } from '#law/identifiers.ts'

/** The identifiers of the model district, by kind. */
export const identifierKinds = identifierChecks({ divisions, area: '宿城' })

/**
 * Checks one identifier.
 *
 * @param today decides what is a future date or a coming year, `YYYY-MM-DD`
 * @throws Refusal `identifier.kind-unknown`
 */
export function checkIdentifier(kind: string, value: string, today: string): Checked {
  if (Object.hasOwn(identifierKinds, kind)) return identifierKinds[kind as IdentifierKind](value, today)
  const kinds = Object.keys(identifierKinds).join(', ')
  throw new Refusal({
    code: 'identifier.kind-unknown',
    exit: 2,
    message: [`没有“${kind}”这一类编号。`, `There is no kind of identifier called “${kind}”.`],
    basis: [`编号的类别有：${kinds}。`, `The kinds are: ${kinds}.`],
    remedy: ['请改用其中一类。', 'Use one of them.'],
  })
}
