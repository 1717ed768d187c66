import { cited } from '#engine/citation.ts'
import type { Citation } from '#engine/citation.ts'
import type { View } from './view.ts'

/** Articles, one after the other; one that is cited for several of its words once. */
export function citations(article: Citation | readonly Citation[], { language }: View): string {
  return [...new Set(([article].flat() as Citation[]).map((one) => cited(one, language)))].join(language === 'zh' ? '；' : '; ')
}
