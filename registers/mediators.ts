import { choice, list, open, optional, text } from '#engine/field.ts'
import type { Register, RegisterEntry } from '#engine/register.ts'

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  loan: ['loan', 'sale'],
  family: ['marriage', 'neighbour'],
  property: ['property', 'neighbour'],
  traffic: ['traffic'],
  labour: ['labour'],
  general: ['loan', 'sale', 'other'],
}

type Specialty = 'loan' | 'family' | 'property' | 'traffic' | 'labour' | 'general'
const specialties: readonly Specialty[] = ['loan', 'family', 'property', 'traffic', 'labour', 'general']

const organisation = (number: number, name: string, specialty: Specialty, validUntil?: string): RegisterEntry => ({
  key: `TYZZ-${String(number).padStart(3, '0')}`,
  validFrom: '2019-01-01',
  ...(validUntil === undefined ? {} : { validUntil }),
  value: { name: `（演示）${name}`, kind: 'organisation', disputes: FIELDS[specialty] },
})

/** People bear names that nobody has: 虚构 and a number. */
const people = (kind: 'mediator' | 'lawyer', prefix: string, count: number, from: number): RegisterEntry[] =>
  Array.from({ length: count }, (_, index) => {
    const number = from + index
    const since = ['2019-01-01', '2019-01-01', '2019-07-01', '2020-05-01'][index % 4]!
    return {
      key: `${prefix}-${String(number).padStart(3, '0')}`,
      validFrom: since,
      // Every ninth leaves the list: a mediator is invited for a time.
      ...(index % 9 === 8 ? { validUntil: '2021-12-31' } : {}),
      value: {
        name: `虚构${'甲乙丙丁戊己庚辛壬癸'[index % 10]}·${String(number).padStart(4, '0')}`,
        kind,
        ...(kind === 'lawyer' ? { organisation: `（演示）第${(index % 6) + 1}律师事务所` } : {}),
        disputes: FIELDS[specialties[index % specialties.length]!],
      },
    }
  })

/** 特邀调解名册: the organisations and persons whom the court invites (特邀调解规定 art. 5–9). A mediator not in it on the day cannot be chosen. */
export const mediators: Register = {
  id: 'mediators',
  name: ['特邀调解名册', 'Invited mediators'],
  key: ['名册编号', 'Register number'],
  keeper: { propose: 'registrar', approve: 'register-approver' },
  fields: {
    name: open(text('姓名或名称', 'Name')),
    kind: open(
      choice('类别', 'Kind', {
        organisation: ['特邀调解组织', 'organisation'],
        mediator: ['特邀调解员', 'mediator'],
        lawyer: ['特邀律师调解员', 'lawyer'],
      }),
    ),
    organisation: optional(open(text('所在单位', 'Where from'))),
    disputes: open(list('擅长纠纷类型', 'Kinds of dispute', text('类型', 'Kind'))),
  },
  entries: [
    organisation(1, '区人民调解委员会', 'general'),
    organisation(2, '婚姻家庭纠纷调解委员会', 'family'),
    organisation(3, '物业纠纷调解委员会', 'property'),
    organisation(4, '道路交通事故纠纷调解委员会', 'traffic'),
    organisation(5, '劳动争议调解委员会', 'labour'),
    organisation(6, '金融纠纷调解中心', 'loan'),
    organisation(7, '消费纠纷调解站', 'general'),
    organisation(8, '商会商事调解中心', 'loan'),
    organisation(9, '某行业调解组织（已退出名册）', 'general', '2020-06-30'),
    ...people('mediator', 'TYTJ', 36, 1),
    ...people('lawyer', 'TYLS', 18, 101),
  ],
}
