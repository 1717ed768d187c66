import { cited } from '#engine/citation.ts'
import type { Citation } from '#engine/citation.ts'
import type { View } from './view.ts'

/** Articles, one after the other. */
export function citations(article: Citation | readonly Citation[], { language }: View): string {
  return ([article].flat() as Citation[]).map((one) => cited(one, language)).join(language === 'zh' ? '；' : '; ')
}
