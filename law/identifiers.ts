import { checkDocNumber } from './identifiers/doc-number.ts'
import { checkEnforcementNumber } from './identifiers/enforcement-number.ts'
import { checkInfoIndex } from './identifiers/info-index.ts'
import { checkItemCode } from './identifiers/item-code.ts'
import { checkPhone } from './identifiers/phone.ts'
import { checkRegionCode } from './identifiers/region-code.ts'
import { checkResidentId } from './identifiers/resident-id.ts'
import { checkUscc } from './identifiers/uscc.ts'
import type { Check } from './identifiers/checked.ts'
import type { Division } from './identifiers/region-code.ts'

export type IdentifierKind =
  | 'resident-id'
  | 'uscc'
  | 'region-code'
  | 'item-code'
  | 'info-index'
  | 'doc-number'
  | 'enforcement-number'
  | 'phone'

/** What the checks need to know of the place, because the law leaves it to the place. */
export interface Place {
  readonly divisions: readonly Division[]
  /** The district's short name in enforcement numbers, e.g. 宿城. */
  readonly area: string
}

/** The check of each kind of identifier, for one place. `district/identifiers.ts` binds the model district. */
export function identifierChecks(place: Place): Record<IdentifierKind, Check> {
  return {
    'resident-id': checkResidentId,
    uscc: checkUscc,
    'region-code': (value, today) => checkRegionCode(value, place.divisions, today),
    'item-code': checkItemCode,
    'info-index': checkInfoIndex,
    'doc-number': checkDocNumber,
    'enforcement-number': (value, today) => checkEnforcementNumber(value, place.area, today),
    phone: checkPhone,
  }
}
