import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { NotFound } from './NotFound.tsx'
import { Shell } from './Shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

/** A page loaded when it is opened: the first one is not to pay for the others. */
const page = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<string, () => React.ReactNode>>, name),
  })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today' })
  },
})

export const router = createRouter({
  basepath: '/workbench',
  routeTree: root.addChildren([
    home,
    page('/today', () => import('./pages/Today.tsx'), 'Today'),
    page('/cases', () => import('./pages/CaseList.tsx'), 'CaseList'),
    page('/registers', () => import('./pages/Registers.tsx'), 'Registers'),
    page('/registers/$id', () => import('./pages/RegisterPage.tsx'), 'RegisterPage'),
    page('/registers/$id/entries/$key', () => import('./pages/EntryPage.tsx'), 'EntryPage'),
    page('/registers/$id/propose', () => import('./pages/ProposeEntry.tsx'), 'ProposeEntry'),
    page('/registers/$id/import', () => import('./pages/ImportSheet.tsx'), 'ImportSheet'),
    page('/proposals', () => import('./pages/Proposals.tsx'), 'Proposals'),
    page('/proposals/$id', () => import('./pages/ProposalPage.tsx'), 'ProposalPage'),
    page('/open', () => import('./pages/OpenCase.tsx'), 'OpenCase'),
    page('/open/$procedure', () => import('./pages/OpenCase.tsx'), 'OpenCase'),
    page('/cases/$id', () => import('./pages/CasePage.tsx'), 'CasePage'),
    page('/sign-in', () => import('./pages/SignIn.tsx'), 'SignIn'),
    page('/supervision', () => import('./pages/Supervision.tsx'), 'Supervision'),
    page('/reports', () => import('./pages/Reports.tsx'), 'Reports'),
    page('/reports/$year', () => import('./pages/ReportEditor.tsx'), 'ReportEditor'),
    page('/reports/$year/editions/$number', () => import('./pages/ReportEdition.tsx'), 'ReportEdition'),
    page('/administration/accounts', () => import('./administration/Accounts.tsx'), 'Accounts'),
    page('/administration/people-import', () => import('./administration/ImportPeople.tsx'), 'ImportPeople'),
    page('/administration/people/$person', () => import('./administration/PersonPosts.tsx'), 'PersonPosts'),
    page('/administration/posts', () => import('./administration/Posts.tsx'), 'Posts'),
    page('/administration/posts/propose', () => import('./administration/ProposePost.tsx'), 'ProposePost'),
    page('/administration/audit', () => import('./administration/AuditLog.tsx'), 'AuditLog'),
    page('/administration/clients', () => import('./administration/Clients.tsx'), 'Clients'),
    page('/administration/webhooks', () => import('./administration/Webhooks.tsx'), 'Webhooks'),
    page('/administration/webhooks/$id', () => import('./administration/Deliveries.tsx'), 'Deliveries'),
    page('/administration/calendars', () => import('./administration/Calendars.tsx'), 'Calendars'),
    page('/administration/templates', () => import('./administration/Templates.tsx'), 'Templates'),
    page('/administration/number-series', () => import('./administration/NumberSeries.tsx'), 'NumberSeries'),
    page('/notifications', () => import('./pages/Notifications.tsx'), 'Notifications'),
    page('/administration/notifications', () => import('./administration/NotificationChannels.tsx'), 'NotificationChannels'),
    page('/account', () => import('./pages/Account.tsx'), 'Account'),
  ]),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
