import './style.css'
import { Bell } from './Bell.tsx'
import { Button, Grid, Layout, Menu } from 'antd'
import { get, Refused } from './api.ts'
import { LanguageContext, useSay } from './language.tsx'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { MenuOutlined } from '@ant-design/icons'
import { navigation } from './navigation.ts'
import { Panel } from './Panel.tsx'
import { SessionContext } from './session.ts'
import { use, useState } from 'react'
import { useDark } from './dark.ts'
import { useQuery } from '@tanstack/react-query'
import { words } from './words.ts'
import type { SessionJson } from '../server/api/session.ts'

/** Head, navigation and the page within. */
export function Shell() {
  const say = useSay()
  const { language, setLanguage } = use(LanguageContext)
  const [dark, chooseDark] = useDark()
  const [isOpen, setOpen] = useState(false)
  const { pathname } = useLocation()
  const wide = Grid.useBreakpoint().lg ?? true
  const { data: session, error } = useQuery({ queryKey: ['/session'], queryFn: ({ signal }) => get<SessionJson>('/session', signal) })
  const nobody = error instanceof Refused && error.status === 401

  const shown = navigation.filter((one) => one.isFor(session))
  const chosen = shown.findLast(({ path }) => pathname === path || pathname.startsWith(`${path}/`))?.path
  const menu = (
    <nav aria-label={say(words.mainNavigation)}>
      <Menu
        mode="inline"
        selectedKeys={chosen === undefined ? [] : [chosen]}
        items={shown.map(({ path, name, icon: Icon }) => ({
          key: path,
          icon: <Icon aria-hidden />,
          label: (
            <Link to={path} onClick={() => setOpen(false)}>
              {say(name)}
            </Link>
          ),
        }))}
      />
    </nav>
  )
  return (
    <SessionContext value={session}>
      <a className="skip" href="#page">
        {say(words.skip)}
      </a>
      <Layout className={dark ? 'shell is-dark' : 'shell'}>
        <Layout.Header className="head">
          {wide ? null : <Button type="text" aria-label={say(words.menu)} icon={<MenuOutlined />} onClick={() => setOpen(true)} />}
          <Link to="/" className="product">
            {say(words.product)}
          </Link>
          <span className="place">{session?.place}</span>
          <span className="spring" />
          <Button type="text" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
            {say(words.language)}
          </Button>
          <Button type="text" onClick={() => chooseDark(!dark)}>
            {say(dark ? words.light : words.dark)}
          </Button>
          {session && session.person !== '' && session.owes === null ? <Bell /> : null}
          <Who session={session} nobody={nobody} />
        </Layout.Header>
        {session?.demonstration ? (
          <div className="demonstration" role="note">
            {say(words.demonstration)}
          </div>
        ) : null}
        <Layout>
          {wide ? (
            <Layout.Sider width={216} theme="light">
              {menu}
            </Layout.Sider>
          ) : isOpen ? (
            <Panel title={say(words.menu)} onClose={() => setOpen(false)}>
              {menu}
            </Panel>
          ) : null}
          {/* It is the page's one `main`. */}
          <Layout.Content className="page" id="page" tabIndex={-1}>
            <div className="measure">
              <Outlet />
            </div>
          </Layout.Content>
        </Layout>
      </Layout>
    </SessionContext>
  )
}

function Who({ session, nobody }: { readonly session: SessionJson | undefined; readonly nobody: boolean }) {
  const say = useSay()
  if (nobody || session?.person === '') return <Link to="/sign-in">{say(words.signIn)}</Link>
  if (!session) return null
  const organs = [...new Set(session.holdings.map(({ organName }) => organName))]
  const posts = organs.map((organ) => {
    const held = session.holdings.filter(({ organName }) => organName === organ).map(({ postName }) => postName)
    return `${organ} ${[...new Set(held)].join(say(words.listComma))}`
  })
  const as = session.administrator
    ? say(words.administrators[session.administrator])
    : posts.length > 0
      ? posts.join(say(words.listComma))
      : say(words.visitor)
  return (
    <Link to="/account" className="who">
      {session.person} <small>{as}</small>
    </Link>
  )
}
