import { date, flag, integer, linkedCase, longText, optional, organ, party, place, text } from './field.ts'
import { guard } from './guard.ts'
import { procedure } from './definition.ts'
import { statute } from './citation.ts'
import type { System } from './system.ts'

// A small made-up procedure for the engine's own tests: one of each thing that the language knows. It rests on no law.

const act = statute('示例法', '2020-01-01')

const guards = {
  'reason-too-short': guard({
    needs: ['reason'],
    article: act(3),
    message: ['理由“{reason}”过短。', 'The reason “{reason}” is too short.'],
    remedy: ['请写明理由。', 'Give the reason.'],
    refuses: ({ reason }) => String(reason).length < 3,
  }),
  'extended-before': guard({
    needs: ['extendedBefore'],
    article: act(4),
    message: ['已延长过。', 'It was extended before.'],
    remedy: ['请在期限内办结。', 'Act within the limit.'],
    refuses: ({ extendedBefore }) => extendedBefore === true,
  }),
  'main-case-over': guard({
    needs: ['mainState'],
    article: act(6),
    message: ['主案“{mainState}”。', 'The main case is “{mainState}”.'],
    remedy: ['请另行办理。', 'Handle it by itself.'],
    refuses: ({ mainState }) => mainState !== 'received' && mainState !== 'running',
  }),
  'officer-not-in-force': guard({
    needs: ['officerInForce'],
    article: act(5),
    message: ['经办人当日无资格。', 'The officer was not qualified on that day.'],
    remedy: ['请更换经办人。', 'Choose another officer.'],
    refuses: ({ officerInForce }) => officerInForce !== true,
  }),
}

export const example = procedure(
  {
    guards,
    facts: {
      extendedBefore: ({ taken }) => taken('extend').length > 0,
      mainState: ({ input, stateOf }) => stateOf(String(input['into'])) ?? 'unknown',
    },
    documents: {
      notice: {
        id: 'notice',
        name: ['通知书', 'Notice'],
        series: '示例通',
        title: '通知书',
        body: ['{reason}'],
        signatory: '{issuer}',
        fields: ['reason'],
      },
    },
  },
  {
    id: 'example',
    name: ['示例程序', 'Example'],
    inForce: { from: '2020-01-01' },
    basis: [act(1)],
    series: '示例',
    opened: 'receivedOn',
    posts: { clerk: { name: ['经办人', 'Clerk'] }, head: { name: ['负责人', 'Head'] } },
    states: {
      received: { name: ['已收件', 'Received'], with: 'clerk' },
      running: { name: ['办理中', 'Running'], with: 'clerk' },
      suspended: { name: ['中止', 'Suspended'], with: 'clerk' },
      done: { name: ['办结', 'Done'], final: true },
    },
    steps: {
      receive: {
        name: ['收件', 'Receive'],
        by: 'clerk',
        from: [],
        to: 'received',
        on: 'receivedOn',
        input: {
          receivedOn: date('收件日期', 'Received on'),
          applicant: party('申请人', 'Applicant'),
          into: optional(linkedCase('并入', 'Joins')),
          place: optional(place('地点', 'Place')),
        },
        article: act(2),
      },
      accept: {
        name: ['受理', 'Accept'],
        by: 'clerk',
        from: ['received'],
        to: 'running',
        on: 'acceptedOn',
        input: { acceptedOn: date('受理日期', 'Accepted on'), unit: optional(organ('承办机构', 'Handling organ')) },
        article: act(2),
      },
      'deem-accepted': {
        name: ['视为受理', 'Deemed accepted'],
        by: 'clock',
        from: ['received'],
        to: 'running',
        on: 'acceptedOn',
        input: { acceptedOn: date('受理日期', 'Accepted on') },
        article: act(2),
      },
      suspend: {
        name: ['中止', 'Suspend'],
        by: 'clerk',
        from: ['received', 'running'],
        to: 'suspended',
        on: 'since',
        input: { since: date('中止日期', 'Since'), reason: text('理由', 'Reason') },
        guards: ['reason-too-short'],
        article: act(3),
      },
      resume: {
        name: ['恢复', 'Resume'],
        by: 'clerk',
        from: ['suspended'],
        to: { before: 'suspend' },
        on: 'until',
        input: { until: date('恢复日期', 'Until') },
        article: act(3),
      },
      extend: {
        name: ['延长', 'Extend'],
        by: 'head',
        from: ['running'],
        input: { days: integer('日数', 'Days', { least: 1, most: 30 }) },
        guards: ['extended-before'],
        article: act(4),
      },
      decide: {
        name: ['决定', 'Decide'],
        by: 'head',
        from: ['running'],
        to: 'done',
        on: 'decidedOn',
        input: {
          decidedOn: date('决定日期', 'Decided on'),
          reason: longText('理由', 'Reason'),
          officer: text('经办人', 'Officer'),
          urgent: optional(flag('紧急', 'Urgent')),
        },
        guards: ['reason-too-short', 'officer-not-in-force'],
        produces: ['notice'],
        article: act(5),
      },
      join: {
        name: ['并入', 'Join'],
        by: 'clerk',
        from: ['received', 'running'],
        on: 'joinedOn',
        input: { joinedOn: date('并入日期', 'Joined on'), into: linkedCase('并入', 'Joins') },
        guards: ['main-case-over'],
        article: act(6),
      },
      follow: {
        name: ['随主案办结', 'Ended with the main case'],
        by: 'case',
        follows: 'into',
        from: ['received', 'running'],
        to: 'done',
        article: act(6),
      },
    },
    clocks: {
      review: {
        name: ['审查期限', 'Review'],
        binds: 'clerk',
        starts: 'receive',
        stops: ['accept', 'deem-accepted'],
        limit: { workingDays: 5 },
        lapse: 'deem-accepted',
        late: ['视为受理。', 'Deemed accepted.'],
        article: act(2),
      },
      decide: {
        name: ['办理期限', 'Decision'],
        binds: 'head',
        starts: ['accept', 'deem-accepted'],
        stops: ['decide', 'follow'],
        limit: { days: 60 },
        longer: { by: 'extend', field: 'days', atMost: { days: 30 }, times: 1, article: act(4) },
        paused: [{ from: 'suspend', until: ['resume'], article: act(3) }],
        late: ['逾期。', 'Late.'],
        article: act(5),
      },
    },
    asks: { officerInForce: { register: 'officers', key: 'officer' } },
  },
)

export const exampleSystem: System = {
  id: 'example',
  definitions: [example],
  indicators: {
    indicators: {
      received: { name: ['收件', 'Received'], formula: { count: 'receive' } },
      decided: { name: ['办结', 'Decided'], formula: { count: 'decide' } },
      'with-reason': {
        name: ['有理由', 'With reason'],
        formula: { count: ['suspend', 'decide'], where: { reason: ['理由充分', '情况复杂'] } },
      },
      'carried-over': { name: ['上年结转', 'Carried over'], formula: { count: 'decide', earlier: 'acceptedOn' } },
      'suspended-cases': { name: ['中止过的案件', 'Cases ever suspended'], formula: { count: 'suspend', distinctCases: true } },
      pending: { name: ['期末未结', 'Pending'], formula: { asOf: 'end', since: ['accept', 'deem-accepted'], until: ['decide', 'follow'] } },
      'pending-start': {
        name: ['期初未结', 'Pending at the start'],
        formula: { asOf: 'start', since: ['accept', 'deem-accepted'], until: ['decide', 'follow'] },
      },
      'in-time': { name: ['按期', 'In time'], formula: { clock: 'decide', is: 'in-time' } },
      'decided-in-time': { name: ['按期决定', 'Decided in time'], formula: { clock: 'decide', is: 'in-time', by: ['decide'] } },
      late: { name: ['逾期办结', 'Late'], formula: { clock: 'decide', is: 'late' } },
      overdue: { name: ['逾期未结', 'Overdue'], formula: { clock: 'decide', is: 'overdue' } },
      'urgent-decided': { name: ['紧急办结', 'Urgent'], formula: { count: 'decide', whereCase: { urgent: true } } },
      rate: { name: ['办结率', 'Rate'], formula: { ratio: ['decided', 'received'] } },
      applicants: { name: ['申请人', 'Applicants'], formula: { count: 'receive', distinct: 'applicant' } },
      officers: { name: ['经办人', 'Officers'], formula: { entries: 'officers' } },
      'received-by-township': {
        name: ['各镇街收件', 'Received by township'],
        formula: { count: 'receive', each: { input: 'place.township' } },
      },
      'applicants-by-community': {
        name: ['各村申请人', 'Applicants by village'],
        formula: { count: 'receive', distinct: 'applicant', each: { input: 'place.community' } },
      },
      'suspended-by-unit': {
        name: ['各机构中止过的案件', 'Cases suspended by organ'],
        formula: { count: 'suspend', distinctCases: true, each: { case: 'unit' } },
      },
      'decided-by-taker': { name: ['各机构决定', 'Decided by organ'], formula: { count: 'decide', each: { taker: 'organ' } } },
      'decision-rate-by-unit': {
        name: ['各机构决定率', 'Decision rate by organ'],
        formula: { ratio: ['decided-by-taker', { count: 'accept', each: { input: 'unit' } }] },
      },
      inhabitants: { name: ['人口', 'Inhabitants'], formula: { values: 'inhabitants', field: 'count' } },
      'per-thousand': {
        name: ['每千人收件', 'Received per 1,000'],
        formula: { ratio: ['received-by-township', 'inhabitants'], per: 1000 },
      },
    },
    statements: {},
  },
}
