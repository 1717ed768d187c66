import {
  choice,
  date,
  file,
  flag,
  instant,
  integer,
  linkedCase,
  list,
  longText,
  open,
  optional,
  organ,
  person,
  place,
  subject,
  text,
  takesPart,
} from '#engine/field.ts'
import { documents } from './documents.ts'
import { facts, guards } from './guards.ts'
import { local, statute } from '#engine/citation.ts'
import { procedure } from '#engine/definition.ts'

const disclosure = statute('政府信息公开条例', '2019-04-03')

/** The particulars that every source case begins with, however it is opened. */
const beginning = {
  openedAt: instant('启动时间', 'Opened at'),
  orders: list('所涉工单', 'Orders', linkedCase('工单', 'Order'), { least: 1 }),
  callers: integer('不同诉求人数', 'Different callers', { least: 1 }),
  topic: open(text('诉求类别（派单目录编号）', 'Topic (key in the duty directory)')),
  topicName: open(text('类别名称', 'Name of the topic')),
  community: optional(open(text('社区（村）', 'Village or community'))),
  place: optional(place('中心地点（溯及附近的工单）', 'Centre of the place, with what is near it')),
  subject: optional(subject('所涉单位（统一社会信用代码）', 'Subject concerned (credit code)')),
  suspectedCause: optional(longText('初步判断的原因', 'Cause suspected')),
}

/** 溯源件: one recurring cause behind work orders, handled once and at its source. A local rule throughout. */
export const sourceCase = procedure(
  { guards, facts, documents },
  {
    id: 'source-case',
    name: ['12345工单溯源', 'Source tracing of work orders'],
    inForce: { from: '2012-01-01' },
    basis: [local],
    series: '宿城溯源',
    title: ['topicName', 'community'],
    opened: 'openedAt',
    guide: {
      about: {
        words: [
          '同一地点、同一类别的诉求反复出现的，查明共同原因，从源头办理一次，并观察是否复发。',
          'Where requests of one kind keep coming from one place, their common cause is found, mended once at its source, and watched.',
        ],
        article: local,
      },
      audience: [
        {
          words: [
            '由系统或者溯源专员启动，不需申请；办理责任单位为有权处理的机构。',
            'Opened by the system or an officer, not on request; it binds the organ that has the power.',
          ],
          article: local,
        },
      ],
    },

    posts: {
      'source-officer': { name: ['溯源专员', 'Source-tracing officer'], organ: 'grid-centre' },
      handler: { name: ['责任单位承办人', 'Handler of the responsible organ'] },
      'organ-head': { name: ['责任单位负责人', 'Head of the responsible organ'], head: true },
    },

    states: {
      opened: { name: ['已启动', 'Opened'], with: 'source-officer' },
      assigned: { name: ['待分析', 'Assigned'], with: 'handler' },
      analysed: { name: ['待定方案', 'Analysed'], with: 'organ-head' },
      'carrying-out': { name: ['整改中', 'Carrying out'], with: 'handler' },
      verified: { name: ['已核验', 'Verified'], with: 'source-officer' },
      watched: { name: ['观察中', 'Watched'], with: 'source-officer' },
      closed: { name: ['已办结', 'Closed'], final: true },
    },

    steps: {
      open: {
        name: ['自动启动', 'Open'],
        by: 'case',
        from: [],
        to: 'opened',
        on: 'openedAt',
        input: beginning,
        guards: ['too-few-orders', 'topic-not-in-force'],
        article: local,
      },
      'open-by-choice': {
        name: ['依职权启动', 'Open by choice'],
        by: 'source-officer',
        from: [],
        to: 'opened',
        on: 'openedAt',
        input: { ...beginning, choiceReason: longText('启动理由', 'Reason') },
        guards: ['topic-not-in-force'],
        article: local,
      },
      assign: {
        name: ['交办', 'Assign'],
        by: 'source-officer',
        from: ['opened'],
        to: 'assigned',
        on: 'assignedOn',
        input: {
          assignedOn: date('交办日期', 'Assigned on'),
          organ: open(takesPart(organ('责任单位（有权处理的机构）', 'Responsible organ, holder of the power'))),
          assignmentReason: optional(longText('交办理由', 'Reason')),
        },
        guards: ['organ-not-in-force'],
        produces: ['assignment'],
        article: local,
      },
      analyse: {
        name: ['原因分析', 'Analyse'],
        by: 'handler',
        from: ['assigned'],
        to: 'analysed',
        on: 'analysedOn',
        input: {
          analysedOn: date('分析完成日期', 'Analysed on'),
          cause: open(
            choice('原因', 'Cause', {
              'rule-gap': ['制度缺失', 'a gap in the rules'],
              'not-enforced': ['执行不到位', 'a rule not enforced'],
              facility: ['设施不足或损坏', 'facilities'],
              staff: ['人员履职', 'staff'],
              service: ['服务流程', 'service'],
              information: ['信息告知', 'information'],
              other: ['其他', 'other'],
            }),
          ),
          causeFacts: longText('事实', 'Facts'),
        },
        article: local,
      },
      'propose-rule': {
        name: ['提出制度修订建议', 'Propose a change of rule'],
        by: ['handler', 'source-officer'],
        from: ['analysed', 'carrying-out', 'verified', 'watched'],
        on: 'proposedOn',
        input: {
          proposedOn: date('提出日期', 'Proposed on'),
          ruleProposal: longText('修订建议', 'Proposal'),
          proposalFor: choice('修订对象', 'Of what', {
            'normative-document': ['行政规范性文件', 'normative document'],
            'duty-directory': ['派单目录', 'duty directory'],
          }),
          proposalCase: optional(linkedCase('规范性文件案', 'Case of the normative document')),
        },
        guards: ['cause-not-rule-gap'],
        article: local,
      },
      'open-clue': {
        name: ['移送监督线索', 'Open a clue for supervision'],
        by: 'source-officer',
        from: ['analysed', 'carrying-out', 'verified', 'watched'],
        on: 'clueOn',
        input: {
          clueOn: date('移送日期', 'Handed over on'),
          clue: longText('线索', 'Clue'),
          clueCase: optional(linkedCase('行政执法监督案', 'Case of enforcement supervision')),
        },
        guards: ['cause-not-unenforced'],
        article: local,
      },
      plan: {
        name: ['制定方案', 'Plan'],
        by: 'organ-head',
        from: ['analysed'],
        to: 'carrying-out',
        on: 'plannedOn',
        input: {
          plannedOn: date('批准日期', 'Approved on'),
          firstDueOn: date('首项到期日', 'First due date'),
          plannedMeasures: list(
            '措施',
            'Measures',
            { measure: open(text('措施', 'Measure')), owner: person('责任人', 'Owner'), dueOn: open(date('完成日期', 'Due on')) },
            { least: 1 },
          ),
          planApprovedBy: person('批准人', 'Approved by'),
        },
        guards: ['due-dates-disagree'],
        produces: ['plan'],
        article: local,
      },
      'measure-done': {
        name: ['措施完成', 'Measure done'],
        by: 'handler',
        from: ['carrying-out'],
        on: 'doneOn',
        input: {
          doneOn: date('完成日期', 'Done on'),
          measureNumber: integer('第几项', 'Measure no.', { least: 1 }),
          proof: optional(list('证明', 'Proof', file('照片或材料', 'Photo or paper'))),
          nextDueOn: optional(date('下一项到期日', 'Next due date')),
        },
        guards: ['measure-unknown', 'measure-already-done', 'proof-missing', 'next-due-wrong'],
        article: local,
      },
      verify: {
        name: ['现场核验', 'Verify'],
        by: 'source-officer',
        from: ['carrying-out'],
        // What does not work is analysed and planned anew.
        to: { by: 'effective', is: { true: 'verified', false: 'assigned' } },
        on: 'verifiedOn',
        input: {
          verifiedOn: date('核验日期', 'Verified on'),
          onTheSpot: flag('到现场', 'On the spot'),
          effective: flag('措施有效', 'The measures work'),
          verification: longText('核验情况', 'What was found'),
        },
        guards: ['measures-open', 'verifier-not-independent', 'not-on-the-spot'],
        article: local,
      },
      watch: {
        name: ['开始观察', 'Watch'],
        by: 'source-officer',
        from: ['verified'],
        to: 'watched',
        on: 'watchedFrom',
        input: { watchedFrom: date('观察起始日', 'Watched from') },
        article: local,
      },
      relapse: {
        name: ['复发', 'Relapse'],
        // The machine takes it as soon as enough orders came; an officer may know of others.
        by: ['source-officer', 'case'],
        from: ['watched'],
        to: 'assigned',
        on: 'relapsedOn',
        input: {
          relapsedOn: date('认定复发日期', 'Relapsed on'),
          relapseOrders: list('再次出现的工单', 'New orders', linkedCase('工单', 'Order')),
        },
        guards: ['no-relapse'],
        article: local,
      },
      close: {
        name: ['办结', 'Close'],
        by: 'source-officer',
        from: ['watched'],
        to: 'closed',
        on: 'closedOn',
        input: { closedOn: date('办结日期', 'Closed on'), conclusion: open(longText('结论', 'Conclusion')) },
        guards: ['watch-not-over'],
        produces: ['report'],
        article: local,
      },
    },

    clocks: {
      assign: {
        name: ['交办时限', 'Assign'],
        binds: 'source-officer',
        starts: ['open', 'open-by-choice'],
        stops: ['assign'],
        limit: { workingDays: 1 },
        late: ['记为热线机构的问题。', 'A finding for the centre.'],
        article: local,
      },
      analyse: {
        name: ['分析时限', 'Analyse'],
        binds: 'handler',
        starts: ['assign', 'relapse', { step: 'verify', when: { effective: false } }],
        stops: ['analyse'],
        limit: { workingDays: 5 },
        late: ['记为责任单位的问题。', 'A finding for the organ.'],
        article: local,
      },
      plan: {
        name: ['方案时限', 'Plan'],
        binds: 'organ-head',
        starts: ['open', 'open-by-choice', 'relapse', { step: 'verify', when: { effective: false } }],
        stops: ['plan'],
        limit: { workingDays: 10 },
        late: ['记为责任单位的问题。', 'A finding for the organ.'],
        article: local,
      },
      // Each measure has its own date; the clock stands on the earliest that is left.
      measure: {
        name: ['措施到期', 'Measure due'],
        binds: 'handler',
        starts: [
          { step: 'plan', field: 'firstDueOn' },
          { step: 'measure-done', field: 'nextDueOn' },
        ],
        stops: ['measure-done'],
        limit: { days: 0 },
        rolls: false,
        late: ['记为责任单位的问题。', 'A finding for the organ.'],
        article: local,
      },
      // A watch is a limit on nobody: it ends on its sixtieth day, whatever day that is.
      watch: {
        name: ['观察期', 'Watch'],
        binds: 'source-officer',
        starts: 'watch',
        stops: ['relapse', 'close'],
        limit: { days: 60 },
        rolls: false,
        window: true,
        late: ['期满无复发的，办结。', 'When it ends without a relapse the case is closed.'],
        article: local,
      },
    },

    asks: {
      topicInForce: { register: 'duty-directory', key: 'topic' },
      organInForce: { register: 'organs', key: 'organ' },
    },

    publicity: {
      'typical-case': {
        name: ['溯源治理典型案例', 'Typical cases'],
        after: 'close',
        within: { workingDays: 20 },
        by: 'source-officer',
        fields: ['topicName', 'organ', 'cause', 'conclusion'],
        title: ['topicName', 'organ'],
        text: 'conclusion',
        article: [local, disclosure(26, '形成或者变更之日起20个工作日内')],
      },
    },
  },
)
