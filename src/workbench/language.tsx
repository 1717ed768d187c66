import { createContext, use, useCallback } from 'react'
import { say } from '#engine/words.ts'
import type { Language, Words } from '#engine/words.ts'

/** The reader's language, and how to change it. */
export const LanguageContext = createContext<{ readonly language: Language; setLanguage(language: Language): void }>({
  language: 'zh',
  setLanguage: () => {},
})

/** Says words in the reader's language. */
export function useSay(): (words: Words) => string {
  const { language } = use(LanguageContext)
  return useCallback((words) => say(words, language), [language])
}

const COOKIE = /(?:^|; )lang=(zh|en)(?:;|$)/

/** What was chosen before, else what the browser prefers; Chinese where neither says. */
export function rememberedLanguage(): Language {
  const chosen = COOKIE.exec(document.cookie)?.[1] as Language | undefined
  return chosen ?? (/^en\b/i.test(navigator.language) ? 'en' : 'zh')
}

/** Keeps the choice where the server reads it too. */
export function rememberLanguage(language: Language): void {
  document.cookie = `lang=${language}; Path=/; Max-Age=31536000; SameSite=Lax`
}
