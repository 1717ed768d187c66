import type { Words } from '#engine/words.ts'

/** Every text of the workbench. A missing one is a compile error; a test finds those that nothing says. */
export const words = {
  product: ['依法', 'Yifa'],
  workbench: ['依法工作台', 'Yifa workbench'],
  skip: ['跳到正文', 'Skip to the page'],
  menu: ['菜单', 'Menu'],
  mainNavigation: ['主导航', 'Main navigation'],
  today: ['今日', 'Today'],
  language: ['English', '中文'],
  dark: ['深色', 'Dark'],
  light: ['浅色', 'Light'],
  demonstration: ['演示数据：所有案件与人员均为虚构。', 'Demonstration: every case and person is invented.'],
  visitor: ['访客', 'Visitor'],
  signIn: ['登录', 'Sign in'],
  waiting: ['正在读取…', 'Loading …'],
  basis: ['依据', 'Basis'],
  remedy: ['办法', 'What to do'],
  tryAgain: ['重试', 'Try again'],
  lineLost: ['无法连接服务器。', 'The server cannot be reached.'],
  lineLostBasis: ['请求没有得到应答。', 'The request got no answer.'],
  lineLostRemedy: ['请检查网络后重试；已填写的内容没有丢失。', 'Check the line and try again; nothing entered is lost.'],
  notFound: ['没有这个页面。', 'There is no such page.'],
  administrators: {
    system: ['系统管理员', 'System administrator'],
    security: ['安全管理员', 'Security administrator'],
    audit: ['审计管理员', 'Audit administrator'],
  },
} as const satisfies Record<string, Words | Record<string, Words> | ((...values: never[]) => Words)>
