import { ConfigProvider, theme } from 'antd'
import enUS from 'antd/locale/en_US'
import { LanguageContext, rememberedLanguage, rememberLanguage } from './language.tsx'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Refused } from './api.ts'
import { router } from './router.tsx'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { useDark } from './dark.ts'
import zhCN from 'antd/locale/zh_CN'
import type { Language } from '#engine/words.ts'

const NONCE = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal is an answer; only a lost line is worth another try.
      retry: (failures, error) => !(error instanceof Refused) && failures < 2,
    },
  },
})

/** The workbench: language, colours, queries, pages. */
export function App() {
  const [language, setLanguage] = useState<Language>(rememberedLanguage)
  const [dark] = useDark()
  const chosen = useMemo(() => ({ language, setLanguage }), [language])

  useEffect(() => {
    rememberLanguage(language)
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    // Answers of the server are in the reader's language.
    queries.clear()
  }, [language])

  useEffect(() => {
    document.documentElement.classList.toggle('dark', dark)
  }, [dark])

  return (
    <LanguageContext value={chosen}>
      <ConfigProvider
        locale={language === 'zh' ? zhCN : enUS}
        csp={{ nonce: NONCE }}
        // A space between two characters is not in the name that a screen reader, or a test, looks for.
        button={{ autoInsertSpace: false }}
        theme={{
          algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
          token: {
            colorPrimary: dark ? '#7cb0ff' : '#1a4f95',
            colorLink: dark ? '#8dbbff' : '#1a4f95',
            // The defaults fall short of 4.5 : 1 on their ground; under the pointer too, where they turn paler.
            colorPrimaryHover: dark ? '#9cc3ff' : '#2a62ad',
            colorPrimaryActive: dark ? '#8dbbff' : '#0d346e',
            colorLinkHover: dark ? '#b3d1ff' : '#0d346e',
            colorLinkActive: dark ? '#b3d1ff' : '#0d346e',
            colorErrorHover: dark ? '#ffb8b3' : '#8a1510',
            colorTextDescription: dark ? '#b5b9c0' : '#565b63',
            colorTextPlaceholder: dark ? '#9da2ab' : '#666b73',
            colorTextTertiary: dark ? '#b5b9c0' : '#565b63',
            colorError: dark ? '#ff9d96' : '#a8201a',
            fontSize: 15,
            // A button whose spinner waits for the end of a transition keeps its name from whoever looks for it by name.
            motion: false,
          },
          // In the dark the defaults fall short of 4.5 : 1 here too.
          ...(dark ? { components: { Menu: { itemSelectedColor: '#d6e6ff' }, Button: { primaryColor: '#0b1a30' } } } : {}),
        }}
      >
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ConfigProvider>
    </LanguageContext>
  )
}
