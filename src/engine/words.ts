/** A text in both interface languages, Chinese first: `['受理', 'Accept']`. */
export type Words = readonly [zh: string, en: string]

/** The languages of the interface; the order is that of {@link Words}. */
export type Language = 'zh' | 'en'

/** The text of `words` in the reader's language. */
export function say(words: Words, language: Language): string {
  return language === 'zh' ? words[0] : words[1]
}

/** One text of several: `joined([['甲', 'A'], ['乙', 'B']], ['、', ', '])`. */
export function joined(all: readonly Words[], [zh, en]: Words): Words {
  return [all.map((one) => one[0]).join(zh), all.map((one) => one[1]).join(en)]
}
