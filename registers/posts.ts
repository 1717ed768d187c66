import district from '#district/organs.json' with { type: 'json' }
import { choice, flag, list, open, optional, organ, person, text } from '#engine/field.ts'
import type { Register, RegisterEntry } from '#engine/register.ts'

/** The day from which the demonstration's posts are held. */
const SINCE = '2019-03-01'

/** Posts of a procedure held in one organ, and by how many people. */
interface Holding {
  readonly procedures: readonly string[]
  readonly post: string
  readonly name: string
  readonly organ: string
  readonly holders: number
  /** Looks over every case of its procedures and takes no step of them. */
  readonly supervises?: true
  /** Further posts of the same people. */
  readonly also?: readonly Omit<Holding, 'organ' | 'holders' | 'also'>[]
}

const ISSUE = ['document-issue']
/** Who drafts, approves or seals besides what else they do. */
const drafts = { procedures: ISSUE, post: 'drafter', name: '文书拟稿人' } as const
const approves = { procedures: ISSUE, post: 'approver', name: '文书签发人' } as const

const CENTRE = 'grid-centre'
const hotline = ['hotline-12345', 'source-case']

const ofTheCentre: readonly Holding[] = [
  { procedures: hotline, post: 'agent', name: '话务员', organ: CENTRE, holders: 24 },
  { procedures: hotline, post: 'dispatcher', name: '派单员', organ: CENTRE, holders: 6, also: [drafts] },
  { procedures: hotline, post: 'callback-officer', name: '回访员', organ: CENTRE, holders: 8 },
  { procedures: hotline, post: 'source-officer', name: '溯源专员', organ: CENTRE, holders: 3 },
  { procedures: hotline, post: 'centre-head', name: '热线机构负责人', organ: CENTRE, holders: 1, also: [approves] },
  { procedures: hotline, post: 'supervisor', name: '督办人员', organ: 'gov-office', holders: 2 },
]

/** Every department, branch and zone may be given an order. */
const handlingKinds: readonly string[] = ['government-department', 'vertical', 'zone']
const ofHandlingOrgans: readonly Holding[] = district.organs
  .filter(({ kind }) => handlingKinds.includes(kind))
  .flatMap(({ id }): Holding[] => [
    { procedures: hotline, post: 'liaison', name: '12345热线联络员', organ: id, holders: 1 },
    { procedures: hotline, post: 'handler', name: '承办人', organ: id, holders: 3, also: [drafts] },
    { procedures: hotline, post: 'organ-head', name: '单位负责人', organ: id, holders: 1, also: [approves] },
    { procedures: hotline, post: 'co-organ', name: '协办联络员', organ: id, holders: 1 },
  ])

const ofTheCourt: readonly Holding[] = [
  { procedures: ['pre-trial-mediation'], post: 'court', name: '立案庭法官', organ: 'court', holders: 6 },
]

const ofReconsideration: readonly Holding[] = [
  { procedures: ['reconsideration'], post: 'office', name: '行政复议机构经办人', organ: 'justice', holders: 2, also: [drafts] },
  { procedures: ['reconsideration'], post: 'handler', name: '行政复议人员', organ: 'justice', holders: 4, also: [drafts] },
  { procedures: ['reconsideration'], post: 'office-head', name: '行政复议机构负责人', organ: 'justice', holders: 1, also: [approves] },
  { procedures: ['reconsideration'], post: 'organ-head', name: '行政复议机关负责人', organ: 'gov', holders: 1, also: [approves] },
]

const SUPERVISION = ['case-supervision']
/** Every system: who supervises or writes the report looks over all of them. A test holds it to the catalogue. */
const everything = [...hotline, 'pre-trial-mediation', 'reconsideration', ...SUPERVISION, ...ISSUE]

/** Whoever supervises sees every case, and takes the steps of supervision alone. */
const ofSupervision: readonly Holding[] = [
  ...['justice', 'gov-office'].map((id): Holding => ({
    procedures: SUPERVISION,
    post: 'supervisor',
    name: '案件监督人员',
    organ: id,
    holders: 3,
    also: [{ procedures: everything, post: 'overseer', name: '监督岗', supervises: true }],
  })),
  { procedures: everything, post: 'report-editor', name: '年度报告编写人员', organ: 'justice', holders: 2, supervises: true },
  ...[CENTRE, 'gov', ...district.organs.filter(({ kind }) => handlingKinds.includes(kind)).map(({ id }) => id)].flatMap((id): Holding[] => [
    { procedures: SUPERVISION, post: 'handler', name: '监督整改承办人', organ: id, holders: 1 },
    { procedures: SUPERVISION, post: 'organ-head', name: '单位负责人', organ: id, holders: 1 },
  ]),
]

/** Registers are kept by the organ that owns them: one person proposes, another approves. A post in a register's keeping counts as in a procedure. */
const ofRegisters: readonly Holding[] = [
  { registers: ['organs'], organ: 'justice' },
  { registers: ['duty-directory', 'knowledge'], organ: CENTRE },
  { registers: ['mediators'], organ: 'court' },
].flatMap(({ registers, organ: inOrgan }): Holding[] => {
  const procedures = registers.map((register) => `register:${register}`)
  return [
    { procedures, post: 'registrar', name: '名册管理员', organ: inOrgan, holders: 1 },
    { procedures, post: 'register-approver', name: '名册审核人', organ: inOrgan, holders: 1 },
  ]
})

const sealing: readonly string[] = [
  CENTRE,
  'gov',
  ...district.organs.filter(({ kind }) => handlingKinds.includes(kind)).map(({ id }) => id),
]
/** The seal is kept by somebody who neither drafts nor approves. */
const ofSeals: readonly Holding[] = sealing.map((id) => ({
  procedures: ISSUE,
  post: 'seal-keeper',
  name: '用印人员',
  organ: id,
  holders: 1,
}))

const holdings = [...ofTheCentre, ...ofHandlingOrgans, ...ofTheCourt, ...ofReconsideration, ...ofSupervision, ...ofRegisters, ...ofSeals]

/** One entry a person and post; `虚构` and a running number make the name, so that nobody is taken for a real officer. */
const entries: RegisterEntry[] = holdings
  .flatMap((holding) => Array.from({ length: holding.holders }, (_, index) => ({ holding, number: index + 1 })))
  .flatMap(({ holding, number }, index) => {
    const { organ: inOrgan, also = [] } = holding
    const person = `虚构${'甲乙丙丁戊己庚辛壬癸'[index % 10]}·${String(index + 1).padStart(4, '0')}`
    return [holding, ...also].map(({ procedures, post, name, supervises }) => ({
      // A further post is told apart by the one that it comes with: several of an organ's people may hold it.
      key:
        post === holding.post || supervises
          ? `${inOrgan}.${supervises ? 'all' : procedures[0]}.${post}.${number}`
          : `${inOrgan}.${procedures[0]}.${post}.${holding.procedures[0]}-${holding.post}-${number}`,
      validFrom: SINCE,
      value: { procedures, post, name, organ: inOrgan, person, ...(supervises ? { supervises } : {}) },
    }))
  })

/** 岗位名册: who holds which post in which organ, and from when. Posts, not roles in general: a post counts in its procedures and its organ only. */
export const posts: Register = {
  id: 'posts',
  name: ['岗位名册', 'Posts'],
  key: ['岗位编号', 'Post number'],
  fields: {
    procedures: list('适用程序', 'Procedures', text('程序', 'Procedure')),
    post: open(text('岗位', 'Post')),
    name: open(text('岗位名称', 'Name of the post')),
    organ: open(organ('所在机构', 'Organ')),
    person: person('任职人', 'Holder'),
    // Absent is regular.
    as: optional(
      choice('任职方式', 'How it is held', {
        regular: ['正式任职', 'regular'],
        acting: ['代理职务', 'acting'],
        delegated: ['委托代行', 'delegated'],
      }),
    ),
    standsFor: optional(person('代行何人职务', 'Stands in for')),
    supervises: optional(open(flag('监督岗（只看不办）', 'Supervises: looks, and takes no step'))),
  },
  entries,
}
