import { actKinds, conditions, outcomes, suspensionGrounds } from './grounds.ts'
import { choice, date, flag, integer, list, longText, open, optional, person, text } from '#engine/field.ts'
import { documents } from './documents.ts'
import { facts, guards } from './guards.ts'
import { platform, statute } from '#engine/citation.ts'
import { procedure } from '#engine/definition.ts'
import { reconsiderationUntil2023 as before } from './definition.until-2023-12-31.ts'
import { serviceLaw } from './serving.ts'

const act = statute('行政复议法', '2023-09-01')
const rules = statute('行政复议法实施条例', '2007-05-29')
const suits = statute('行政诉讼法', '2017-06-27')

// What the revision no longer knows: acceptance is decided or deemed, so nobody is told or transferred elsewhere without a refusal.
const { 'told-elsewhere': _told, transferred: _transferred, ...states } = before.states
const {
  'tell-elsewhere': _tell,
  transfer: _transfer,
  'begin-competence': _begin,
  'settle-competence': _settle,
  'switch-law': _switch,
  ...steps
} = before.steps
const { transfer: _clock, ...clocks } = before.clocks
const { underArticle15: _article15, ...received } = before.steps.receive.input
const { reviewedOn: _reviewed, ...accepted } = before.steps.accept.input
const { correctionDays: _days, ...correction } = before.steps['notify-correction'].input
const { mediationMatter: _matter, ...mediated } = before.steps.mediate.input
const { settlementMatter: _settled, settlementAgreement: _agreement, ...withdrawn } = before.steps.withdraw.input

/** What is left out of the time to decide. */
const notCounted = [
  { from: 'suspend', until: ['resume'], article: act('39(1)', '行政复议中止') },
  { from: 'open-attached-review', until: ['end-attached-review'], article: act('39(1)9', '第五十六条或者第五十七条') },
  { from: 'begin-inspection', until: ['end-inspection'], article: rules('34(3)', '现场勘验所用时间不计入') },
  { from: 'begin-appraisal', until: ['end-appraisal'], article: rules(37, '鉴定所用时间不计入') },
] as const

const longer = {
  by: 'extend',
  field: 'days',
  unit: 'days',
  atMost: { days: 30 },
  times: 1,
  unless: { procedureKind: 'summary' },
  article: act('62(1)', '延长期限最多不得超过三十日'),
} as const

/**
 * Accepted, or deemed so. The acceptance of a case that came over from the law of 2017 (`switch-law`) bears the day of its receipt; what
 * counts under this law is the day on which its review was finished.
 */
const acceptance = [{ step: 'accept', field: 'reviewedOn' }, 'accept', 'deem-accepted'] as const

const ends = ['decide', 'mediation-document', 'withdraw', 'terminate', 'dismiss-application'] as const

/** The application is handed in, or posted (C9). */
const applied = [
  ...before.clocks.apply.stops,
  { step: 'forward-from-agency', field: 'postmarkDate' },
  { step: 'forward-from-agency', field: 'appliedOn' },
] as const

const receiveInput = {
  ...received,
  actKind: open(choice('行政行为种类', 'Kind of act', actKinds)),
  learnedOn: optional(date('知道或者应当知道行政行为之日', 'Knew or should have known of it on')),
  knewRightsOn: optional(date('知道复议权利、机关和期限之日', 'Learned of right, organ and limit on')),
  knewContentOn: optional(date('知道行政行为内容之日', 'Learned of its content on')),
  realEstate: optional(flag('因不动产提出', 'About real estate')),
} as const

// What comes through the penalising agency has that channel by the step itself.
const { channel: _channel, ...forwarded } = receiveInput

// The year before the sixty days, so that the refusal names the one that no knowledge of the right brings back.
const receiveGuards = ['over-one-year-from-knowing-content', ...before.steps.receive.guards, 'over-absolute-limit'] as const

/** 行政复议 of applications received from 2024-01-01, under the law as revised in 2023. */
export const reconsideration = procedure(
  { guards, facts, documents },
  {
    ...before,
    inForce: { from: '2024-01-01' },
    basis: [act(1, '制定本法'), rules(1, '制定本条例')],
    guide: {
      about: {
        words: [
          '认为行政机关的行政行为侵犯自己合法权益的，可以请行政复议机关审查并作出决定。',
          'Whoever believes that an act of an administrative organ infringes their rights can have it reviewed and decided by a reconsideration organ.',
        ],
        article: act('2(1)', '认为行政机关的行政行为侵犯其合法权益'),
      },
      audience: [
        {
          words: ['公民、法人或者其他组织都可以申请。', 'Citizens, legal persons and other organisations may apply.'],
          article: act('14(1)', '公民、法人或者其他组织是申请人'),
        },
        {
          words: [
            '公民死亡的，其近亲属可以申请；无民事行为能力或者限制民事行为能力的，法定代理人可以代为申请。',
            'For one who has died the close relatives may apply; for one without or with limited capacity the statutory representative may.',
          ],
          article: [act('14(2)', '其近亲属可以申请行政复议'), act('14(3)', '其法定代理人可以代为申请行政复议')],
        },
        {
          words: [
            '可以委托一至二名代理人，须提交授权委托书和身份证明。',
            'One or two agents may act, with a power of attorney and proof of identity.',
          ],
          article: [act('17(1)', '可以委托一至二名'), act('17(2)', '应当向行政复议机构提交授权委托书')],
        },
      ],
      online: {
        as: 'applicant',
        opens: 'receive',
        steps: {
          receive: {
            // An application through the internet channel is received when it reaches the system (第二十二条第二款).
            arrived: ['appliedOn'],
            sets: { channel: 'online' },
            left: [
              'postmarkDate',
              'representatives',
              'agents',
              'respondentKind',
              'acts',
              'noPerformLimit',
              'specialApplyDays',
              'registeredLate',
              'specialLimitDays',
              'signed',
              'recordReadBack',
              'fee',
            ],
          },
          'receive-correction': { left: ['correctionPostmark'] },
        },
        documents: ['decision', 'mediation-document', 'receipt', 'refusal', 'dismissal', 'termination'],
      },
      fee: { words: ['不收取任何费用。', 'Free of charge.'], article: act(87, '不得向申请人收取任何费用') },
      remedies: [
        {
          words: [
            '对复议决定不服的，可以自收到决定书之日起十五日内起诉；复议机关逾期不作决定的，自复议期满之日起十五日内起诉。法律规定复议决定为最终裁决或者另有规定的除外。',
            'Against the decision a suit can be brought within fifteen days of receiving it; where none is made in time, within fifteen days of the end of the limit, unless a law makes the decision final or says otherwise.',
          ],
          article: [act(10, '可以依照《中华人民共和国行政诉讼法》的规定向人民法院提起行政诉讼'), suits(45, '十五日内向人民法院提起诉讼')],
        },
        {
          words: [
            '应当先申请复议的，对不予受理、驳回申请或者逾期不答复，可以在十五日内起诉。',
            'Where reconsideration must come first, a suit is open for fifteen days against a refusal, a dismissal, or silence beyond the limit.',
          ],
          article: act(34, '十五日内，依法向人民法院提起行政诉讼'),
        },
        {
          words: [
            '无正当理由不予受理、驳回申请或者逾期不答复的，申请人有权向上级行政机关反映。',
            'Against a refusal, dismissal or silence without good reason the applicant can turn to the superior organ.',
          ],
          article: act(35, '申请人有权向上级行政机关反映'),
        },
      ],
    },
    posts: {
      ...before.posts,
      'penalising-agency': { name: ['作出处罚决定的机关', 'Penalising agency'], outside: true },
      'document-maker': { name: ['规范性文件制定机关', 'Maker of the normative document'], outside: true },
    },
    states,

    steps: {
      ...steps,
      receive: {
        ...steps.receive,
        input: receiveInput,
        guards: receiveGuards,
        article: [act('22(1)', '可以书面申请'), act('22(2)', '行政复议机关指定的互联网渠道'), act('22(3)', '应当当场记录')],
      },
      'forward-from-agency': {
        ...steps.receive,
        name: ['处罚机关转送申请', 'The penalising agency forwards the application'],
        by: ['penalising-agency', 'office'],
        input: {
          ...forwarded,
          agencyReceivedOn: date('处罚机关收到申请之日', 'Agency received it on'),
          forwardedOn: date('转送之日', 'Forwarded on'),
          agencyView: choice('处罚机关的意见', 'View of the agency', {
            uphold: ['维持', 'uphold'],
            'self-correct': ['自行纠正', 'correct itself'],
          }),
          penaltyWay: choice('处罚的作出方式', 'How the penalty was made', {
            'on-the-spot': ['当场作出', 'on the spot'],
            camera: ['依据电子技术监控设备记录', 'by camera'],
            other: ['其他', 'other'],
          }),
        },
        sets: { channel: 'via-penalising-agency' },
        guards: ['not-through-the-agency', ...receiveGuards],
        produces: ['agency-forwarding', 'receipt'],
        article: act('32(1)', '通过作出行政处罚决定的'),
      },
      'notify-correction': {
        ...steps['notify-correction'],
        input: { ...correction, unjudgeable: flag('无法判断是否符合受理条件', 'Acceptance cannot be judged on the papers') },
        guards: ['acceptance-can-be-judged', ...steps['notify-correction'].guards],
        article: act('31(1)', '应当一次性载明'),
      },
      'extend-correction': {
        name: ['延长补正期限', 'Extend the time to correct'],
        by: 'office',
        from: ['awaiting-correction'],
        on: 'extendedOn',
        input: {
          extendedOn: date('延长之日', 'Extended on'),
          days: integer('延长的工作日数', 'Working days', { least: 1 }),
          goodCause: flag('有正当理由', 'Good cause'),
          correctionReason: longText('理由', 'Reason'),
        },
        guards: ['good-cause-missing', 'correction-over'],
        produces: ['correction-extension'],
        article: act('31(2)', '可以延长合理的补正期限'),
      },
      'receive-correction': { ...steps['receive-correction'], article: act('31(3)', '收到补正材料后') },
      'deem-abandoned': { ...steps['deem-abandoned'], article: act('31(2)', '视为申请人放弃行政复议申请') },
      accept: {
        ...steps.accept,
        input: {
          ...accepted,
          acceptedOn: date('受理之日', 'Accepted on'),
          acceptedBefore: flag('行政复议机关已受理过', 'Accepted by a reconsideration organ before'),
        },
        guards: [
          'court-already-accepted',
          'already-accepted',
          'barred-after-withdrawal',
          'accepted-before-receipt',
          'out-of-scope',
          'not-our-jurisdiction',
          'registered-late',
          'conditions-not-met',
        ],
        article: act('30(1)', '行政复议机关应当予以受理'),
      },
      'deem-accepted': {
        ...steps['deem-accepted'],
        name: ['审查期满，视为受理', 'Review over: deemed accepted'],
        input: { acceptedOn: date('视为受理之日（审查期满之日）', 'Deemed accepted on (last day of the review)') },
        article: act('30(3)', '审查期限届满之日起视为受理'),
      },
      refuse: {
        ...steps.refuse,
        guards: ['competent-organ-missing', 'refused-after-review'],
        article: act('30(2)', '决定不予受理并说明理由'),
      },
      'withdraw-application': { ...steps['withdraw-application'], article: act('74(2)', '由申请人向行政复议机构撤回行政复议申请') },

      'choose-procedure': {
        name: ['确定审理程序', 'Choose the procedure'],
        by: 'office',
        from: ['accepted'],
        input: {
          procedureKind: choice('审理程序', 'Procedure', { ordinary: ['普通程序', 'ordinary'], summary: ['简易程序', 'summary'] }),
          ground: optional(
            choice('适用简易程序的情形', 'Ground of the summary procedure', {
              'on-the-spot': ['行政行为当场作出', 'made on the spot'],
              'warning-or-criticism': ['警告或者通报批评', 'warning or public criticism'],
              amount: ['款额三千元以下', 'amount of 3000 yuan or less'],
              disclosure: ['政府信息公开案件', 'disclosure case'],
              consent: ['当事人各方同意', 'all parties consent'],
            }),
          ),
          // Whole yuan, not fen: what the law compares is a round sum.
          amountYuan: optional(integer('案件涉及款额（元）', 'Amount in yuan', { least: 0 })),
          factsClear: optional(flag('事实清楚、权利义务关系明确、争议不大', 'Facts and rights clear, little dispute')),
          allPartiesConsent: optional(flag('当事人各方同意', 'All parties consent')),
        },
        guards: ['summary-not-open', 'not-simple'],
        produces: ['procedure-notice'],
        article: [act('53(1)', '可以适用简易程序'), act('53(2)', '当事人各方同意适用简易程序')],
      },
      assign: {
        ...steps.assign,
        input: {
          ...steps.assign.input,
          // Asked of every case: what makes a hearing and the committee mandatory must not depend on somebody thinking of it.
          complex: flag('重大、疑难、复杂', 'Major, difficult or complex'),
          technical: flag('专业性、技术性较强', 'Specialised or technical'),
          provinceOwnAct: optional(flag('省级人民政府对本机关行为的复议', 'A province’s own act')),
        },
        article: [act('36(1)', '应当指定行政复议人员'), rules(32, '由2名以上行政复议人员参加')],
      },
      'to-ordinary': {
        name: ['转为普通程序', 'Convert to the ordinary procedure'],
        by: 'office-head',
        from: ['accepted', 'awaiting-reply', 'under-review'],
        on: 'convertedOn',
        input: {
          convertedOn: date('转换之日', 'Converted on'),
          conversionReason: longText('不宜适用简易程序的理由', 'Why the summary procedure does not fit'),
          approvedBy: choice('批准人', 'Approved by', { 'office-head': ['行政复议机构负责人', 'head of the office'] }),
        },
        // The limit becomes sixty days from the same acceptance: nothing restarts.
        sets: { procedureKind: 'ordinary' },
        guards: ['not-in-summary', 'wrong-approver'],
        produces: ['conversion'],
        article: act(55, '可以转为普通程序审理'),
      },
      'send-copy': { ...steps['send-copy'], article: [act(48, '申请受理之日起七日内'), act('54(1)', '行政复议申请之日起三日内')] },
      reply: {
        ...steps.reply,
        input: { ...steps.reply.input, supplementAgreed: optional(flag('经同意补充的证据', 'Supplement agreed by the office')) },
        article: [act(48, '十日内，提出书面答复'), act('54(1)', '五日内，提出书面答复'), act('46(2)', '被申请人可以补充证据')],
      },
      'no-reply': { ...steps['no-reply'], article: act(70, '视为该行政行为没有证据') },
      'file-access': {
        ...steps['file-access'],
        input: {
          ...steps['file-access'].input,
          accessRefusalGround: optional(
            choice('不同意的理由', 'Ground of refusal', {
              ...steps['file-access'].input.accessRefusalGround.options,
              security: ['可能危及国家安全、公共安全、社会稳定', 'danger to national or public security or social stability'],
            }),
          ),
        },
        article: act(47, '查阅、复制被申请人提出的'),
      },
      'suit-filed': {
        ...steps['suit-filed'],
        article: [suits(45, '十五日内向人民法院提起诉讼'), act('29(1)', '在行政复议期间不得向人民法院')],
      },
      'stay-enforcement': { ...steps['stay-enforcement'], article: act(42, '应当停止执行') },
      'hear-views': { ...steps['hear-views'], article: act(49, '听取当事人的意见') },
      'notify-hearing': { ...steps['notify-hearing'], guards: ['hearing-notice-late'], article: act('51(1)', '应当于举行听证的五日前') },
      'hold-hearing': {
        ...steps['hold-hearing'],
        guards: ['hearing-not-notified', ...steps['hold-hearing'].guards, 'respondent-head-absent'],
        tells: ['申请人无正当理由拒不参加听证的，视为放弃听证权利。', 'An applicant absent without cause waives the hearing.'],
        article: [act('50(3)', '两名以上行政复议人员任听证员'), act('51(3)', '被申请人的负责人应当参加听证')],
      },
      'consult-committee': {
        name: ['提请行政复议委员会咨询', 'Consult the committee'],
        by: 'office',
        from: ['under-review'],
        on: 'consultedOn',
        input: {
          consultedOn: date('咨询之日', 'Consulted on'),
          consultGround: choice('情形', 'Ground', {
            major: ['案情重大、疑难、复杂', 'major, difficult or complex'],
            technical: ['专业性、技术性较强', 'specialised or technical'],
            'province-own-act': ['省级人民政府对本机关行为的复议', 'a province’s own act'],
            necessary: ['认为有必要', 'thought necessary'],
          }),
          committeeMembers: list('参加的委员', 'Members', person('委员', 'Member'), { least: 1 }),
          opinions: longText('咨询意见', 'Opinions'),
        },
        produces: ['committee-record'],
        article: [act('52(2)', '应当提请行政复议委员会'), act('52(3)', '应当记录行政复议委员会')],
      },

      'open-attached-review': {
        ...steps['open-attached-review'],
        article: [act('13(1)', '附带审查申请'), act('39(1)9', '第五十六条或者第五十七条')],
      },
      'notify-maker': {
        name: ['通知制定机关答复', 'Ask the maker to answer'],
        by: 'office',
        from: ['suspended'],
        on: 'makerNotifiedOn',
        input: {
          makerNotifiedOn: date('通知之日', 'Notified on'),
          maker: text('制定机关', 'Maker'),
          makerReceivedOn: date('制定机关收到之日', 'Maker received it on'),
        },
        guards: ['not-competent-for-document'],
        produces: ['maker-notice'],
        article: act('58(1)', '自行政复议中止之日起三日内'),
      },
      'maker-replies': {
        name: ['制定机关答复', 'The maker answers'],
        by: ['document-maker', 'office'],
        from: ['suspended'],
        on: 'makerRepliedOn',
        input: { makerRepliedOn: date('答复之日', 'Answered on'), makerReply: longText('书面答复', 'Answer') },
        article: act('58(1)', '十日内提交书面答复'),
      },
      'transfer-attached': { ...steps['transfer-attached'], article: [act(56, '应当在七日内转送'), act(57, '应当在七日内转送')] },
      'receive-outside-opinion': { ...steps['receive-outside-opinion'], article: act(60, '自收到转送之日起六十日内') },
      'end-attached-review': { ...steps['end-attached-review'], article: act(59, '决定停止该条款的执行') },

      suspend: {
        ...steps.suspend,
        input: {
          ...steps.suspend.input,
          ground: choice('中止理由', 'Ground', suspensionGrounds),
          applicantConsents: optional(flag('申请人同意中止', 'Applicant consents')),
          respondentConsents: optional(flag('被申请人同意中止', 'Respondent consents')),
        },
        guards: ['both-parties-must-consent'],
        article: [act('39(1)', '行政复议中止'), act('39(3)', '应当书面告知当事人')],
      },
      resume: { ...steps.resume, article: act('39(2)', '应当及时恢复行政复议案件') },
      extend: { ...steps.extend, article: [act('62(1)', '经行政复议机构的负责人批准'), act('62(1)', '并书面告知当事人')] },

      mediate: {
        ...steps.mediate,
        input: mediated,
        guards: ['mediation-not-voluntary', 'mediation-harmful'],
        article: act('5(1)', '可以进行调解'),
      },
      'mediation-document': { ...steps['mediation-document'], article: act('73(1)', '加盖行政复议机关印章') },
      'ask-withdrawal': { ...steps['ask-withdrawal'], article: act('74(2)', '由申请人向行政复议机构撤回行政复议申请') },
      withdraw: {
        ...steps.withdraw,
        input: withdrawn,
        guards: ['withdrawal-not-voluntary', 'withdrawal-not-permitted'],
        article: [act('41(1)1', '行政复议机构准予撤回'), act('74(2)', '不得再以同一事实和理由')],
      },
      terminate: { ...steps.terminate, article: act('41(1)', '行政复议机关决定终止行政复议') },
      'dismiss-application': {
        ...steps['dismiss-application'],
        input: { ...steps['dismiss-application'].input, failing: open(choice('不符合的受理条件', 'Condition that fails', conditions)) },
        article: act(33, '应当决定驳回申请并说明理由'),
      },

      decide: {
        ...steps.decide,
        input: {
          ...steps.decide.input,
          outcome: open(choice('决定', 'Outcome', outcomes)),
          thirdPartyAskedOpposite: optional(flag('第三人提出相反请求', 'A third party asked the opposite')),
          thirdPartyEvidence: optional(flag('第三人提供了证据', 'A third party gave evidence')),
          onHearingRecord: optional(flag('已根据听证笔录', 'Rests on the hearing record')),
          citesCommittee: optional(flag('已参考行政复议委员会的咨询意见', 'Refers to the committee’s opinion')),
        },
        guards: [
          'resume-first',
          'worse-for-applicant',
          'approval-missing',
          'handlers-not-assigned',
          'evidence-missing',
          'performance-limit-missing',
          'views-not-heard',
          'hearing-missing',
          'hearing-record-not-relied-on',
          'committee-mandatory',
          'committee-opinion-not-cited',
        ],
        article: [act('61(1)', '负责人同意或者集体讨论通过'), act('62(1)', '自受理申请之日起六十日内'), act('61(2)', '应当根据听证笔录')],
      },
      serve: { ...steps.serve, article: act('75(2)', '一经送达，即发生法律效力') },
      'serve-closing': { ...steps['serve-closing'], article: act('88(1)', '行政复议文书的送达') },
      'give-public-notice': { ...steps['give-public-notice'], article: [serviceLaw.publicNotice, serviceLaw.noticeNoted] },
      publish: {
        name: ['公开决定书', 'Publish the decision'],
        by: 'organ-head',
        from: ['served', 'performed', 'archived'],
        on: 'publishedOn',
        input: {
          publishedOn: date('公开之日', 'Published on'),
          actIsPublic: flag('被复议的行政行为公开', 'The act itself is public'),
          redacted: flag('已隐去个人信息和秘密', 'Redacted'),
          redactions: longText('隐去的内容', 'What was redacted'),
          publicText: open(longText('公开文本', 'Public text')),
        },
        guards: ['act-not-public', 'not-redacted'],
        produces: ['public-copy'],
        article: act('79(1)', '行政复议决定书向社会公开'),
      },
      'copy-superior': {
        name: ['抄告上一级主管部门', 'Copy to the superior department'],
        by: 'office',
        // Opinion letters come with every outcome, and are copied too.
        from: ['served', 'performed', 'mediated', 'terminated', 'dismissed', 'archived'],
        on: 'copiedOn',
        input: {
          copiedOn: date('抄告之日', 'Copied on'),
          copiedTo: text('上一级主管部门', 'To'),
          copied: list(
            '抄告的文书',
            'What is copied',
            choice('文书', 'Document', { decision: ['行政复议决定书', 'decision'], opinion: ['行政复议意见书', 'opinion letter'] }),
            { least: 1 },
          ),
        },
        guards: ['respondent-not-our-department', 'nothing-to-copy'],
        produces: ['superior-copy'],
        article: act('79(2)', '抄告被申请人的上一级主管部门'),
      },
      // 第七十七条 binds the respondent to a mediation document as to a decision.
      perform: {
        ...steps.perform,
        from: ['served', 'mediated'],
        article: [act('77(1)', '应当履行行政复议决定书'), act('64(2)', '不得以同一事实和理由')],
      },
      'order-performance': {
        ...steps['order-performance'],
        from: ['served', 'mediated'],
        article: [act('77(2)', '应当责令其限期履行'), act('77(2)', '可以约谈被申请人')],
      },
      'opinion-letter': { ...steps['opinion-letter'], article: act(76, '可以向其制发行政复议意见书') },
      'report-on-opinion': { ...steps['report-on-opinion'], article: act(76, '意见书之日起六十日内') },
      archive: {
        ...steps.archive,
        from: ['served', 'performed', 'mediated', 'terminated', 'dismissed', 'refused', 'abandoned', 'withdrawn'],
        article: platform,
      },
    },

    clocks: {
      ...clocks,
      apply: {
        ...clocks.apply,
        starts: [
          { step: 'receive', field: 'learnedOn', when: { toldRights: true } },
          { step: 'forward-from-agency', field: 'learnedOn', when: { toldRights: true } },
        ],
        stops: applied,
        article: [act('20(1)', '该行政行为之日起六十日内'), act('20(2)', '自障碍消除之日起继续计算')],
      },
      'apply-untold': {
        name: ['未告知权利时的申请期限', 'Time to apply where the right was not told'],
        binds: 'applicant',
        starts: [
          { step: 'receive', field: 'knewRightsOn', when: { toldRights: false } },
          { step: 'forward-from-agency', field: 'knewRightsOn', when: { toldRights: false } },
        ],
        stops: applied,
        limit: [{ fact: 'specialApplyDays', unit: 'days' }, { days: 60 }],
        earlierOf: { limit: { years: 1 }, from: 'knewContentOn', article: act('20(3)', '最长不得超过一年') },
        window: true,
        late: ['不予受理（R4）。', 'Refused (R4).'],
        article: act('20(3)', '知道申请行政复议的权利'),
      },
      'apply-bar': {
        name: ['最长申请期限', 'Absolute limit to apply'],
        binds: 'applicant',
        starts: [
          { step: 'receive', field: 'madeOn' },
          { step: 'forward-from-agency', field: 'madeOn' },
        ],
        stops: applied,
        limit: [{ when: { realEstate: true }, years: 20, article: act(21, '作出之日起超过二十年') }, { years: 5 }],
        window: true,
        late: ['不予受理（R4），不因正当理由延长。', 'Refused (R4); no good cause lengthens it.'],
        article: act(21, '作出之日起超过五年'),
      },
      'agency-forward': {
        name: ['处罚机关转送期限', 'Time of the agency to forward'],
        binds: 'penalising-agency',
        starts: { step: 'forward-from-agency', field: 'agencyReceivedOn' },
        stops: [{ step: 'forward-from-agency', field: 'forwardedOn' }],
        limit: { workingDays: 5 },
        late: ['依法追究责任。', 'Those in charge are liable.'],
        article: [act('32(2)', '五日内转送行政复议机关'), act('88(2)', '是指工作日，不含法定休假日')],
      },
      review: {
        name: clocks.review.name,
        binds: 'office',
        starts: ['receive', 'forward-from-agency', 'receive-correction'],
        stops: ['notify-correction', ...acceptance, 'refuse', 'withdraw-application'],
        limit: { workingDays: 5 },
        lapse: 'deem-accepted',
        late: ['自审查期限届满之日起视为受理。', 'The application is deemed accepted on the last day.'],
        article: [act('30(1)', '应当在五日内进行审查'), act('88(2)', '是指工作日，不含法定休假日')],
      },
      'correction-notice': {
        ...clocks['correction-notice'],
        starts: ['receive', 'forward-from-agency'],
        stops: ['notify-correction', 'accept', 'deem-accepted', 'refuse', 'withdraw-application'],
        late: ['审查期限届满，视为受理。', 'The review runs out: deemed accepted.'],
        article: [act('31(1)', '五日内书面通知申请人补正'), act('88(2)', '是指工作日，不含法定休假日')],
      },
      correct: {
        ...clocks.correct,
        limit: { workingDays: 10 },
        longer: { by: 'extend-correction', field: 'days', unit: 'workingDays', article: act('31(2)', '可以延长合理的补正期限') },
        article: [act('31(2)', '十日内提交补正材料'), act('88(2)', '是指工作日，不含法定休假日')],
      },
      'send-copy': {
        name: clocks['send-copy'].name,
        binds: 'office',
        starts: acceptance,
        stops: ['send-copy', 'withdraw', 'terminate', 'dismiss-application'],
        limit: [
          { when: { procedureKind: 'summary' }, workingDays: 3, article: act('54(1)', '行政复议申请之日起三日内') },
          { workingDays: 7 },
        ],
        paused: [{ from: 'suspend', until: ['resume'], article: act('39(1)', '行政复议中止') }],
        late: ['依法追究责任。', 'Those in charge are liable.'],
        article: [act(48, '申请受理之日起七日内'), act('88(2)', '是指工作日，不含法定休假日')],
      },
      reply: {
        ...clocks.reply,
        limit: [{ when: { procedureKind: 'summary' }, workingDays: 5, article: act('54(1)', '五日内，提出书面答复') }, { workingDays: 10 }],
        paused: [{ from: 'suspend', until: ['resume'], article: act('39(1)', '行政复议中止') }],
        late: ['视为没有证据、依据。', 'The act counts as without evidence.'],
        article: [act(48, '十日内，提出书面答复'), act('88(2)', '是指工作日，不含法定休假日')],
      },
      'hearing-notice': {
        name: ['听证通知', 'Notice of the hearing'],
        binds: 'office',
        starts: { step: 'notify-hearing', field: 'hearingAt' },
        stops: [{ step: 'notify-hearing', field: 'notifiedOn' }],
        limit: { workingDays: 5 },
        backward: true,
        late: ['推迟听证。', 'The hearing is postponed.'],
        article: [act('51(1)', '应当于举行听证的五日前'), act('88(2)', '是指工作日，不含法定休假日')],
      },
      'attached-notify': {
        name: ['通知制定机关的期限', 'Time to notify the maker'],
        binds: 'office',
        starts: { step: 'open-attached-review', when: { competent: true } },
        stops: ['notify-maker', 'end-attached-review', 'withdraw', 'terminate'],
        limit: { workingDays: 3 },
        late: ['依法追究责任。', 'Those in charge are liable.'],
        article: [act('58(1)', '自行政复议中止之日起三日内'), act('88(2)', '是指工作日，不含法定休假日')],
      },
      'attached-maker-reply': {
        name: ['制定机关答复期限', 'Time of the maker to answer'],
        binds: 'document-maker',
        starts: { step: 'notify-maker', field: 'makerReceivedOn' },
        stops: ['maker-replies', 'end-attached-review', 'withdraw', 'terminate'],
        limit: { workingDays: 10 },
        late: ['催促答复。', 'To be urged.'],
        article: [act('58(1)', '十日内提交书面答复'), act('88(2)', '是指工作日，不含法定休假日')],
      },
      'attached-decide': { ...clocks['attached-decide'], article: [act(56, '应当在三十日内依法处理'), act(57, '应当在三十日内依法处理')] },
      'attached-transfer': { ...clocks['attached-transfer'], article: [act(56, '应当在七日内转送'), act(57, '应当在七日内转送')] },
      'attached-outside': {
        ...clocks['attached-outside'],
        starts: { step: 'transfer-attached', field: 'competentReceivedOn' },
        article: act(60, '自收到转送之日起六十日内'),
      },
      decide: {
        ...clocks.decide,
        starts: acceptance,
        stops: ends,
        // Conversion changes the limit, not the start: sixty days from acceptance (第五十五条).
        limit: [
          { when: { procedureKind: 'summary' }, days: 30, article: act('62(2)', '自受理申请之日起三十日内') },
          { fact: 'specialLimitDays', unit: 'days', article: act('62(1)', '行政复议期限少于六十日的除外') },
          { days: 60 },
        ],
        paused: notCounted,
        longer,
        article: act('62(1)', '自受理申请之日起六十日内'),
      },
      undecided: {
        ...clocks.undecided,
        starts: acceptance,
        stops: ['limit-over', ...ends],
        limit: [{ when: { procedureKind: 'summary' }, days: 30 }, { fact: 'specialLimitDays', unit: 'days' }, { days: 60 }],
        paused: notCounted,
        longer,
      },
      'suspended-60': { ...clocks['suspended-60'], article: act('41(1)5', '中止行政复议满六十日') },
      // Cases of this version begin after the sixty days were law.
      'public-notice': { ...clocks['public-notice'], limit: { days: 30 }, article: serviceLaw.publicNotice },
      sue: { ...clocks.sue, article: [suits(45, '十五日内向人民法院提起诉讼'), act(34, '十五日内，依法向人民法院')] },
      perform: {
        ...clocks.perform,
        starts: { step: 'serve', field: 'respondentServedOn', when: { outcome: ['order-perform', 'agreement-liability'] } },
        article: act('77(1)', '应当履行行政复议决定书'),
      },
      'perform-ordered': { ...clocks['perform-ordered'], article: act('77(2)', '应当责令其限期履行') },
      'opinion-report': { ...clocks['opinion-report'], article: act(76, '意见书之日起六十日内') },
    },

    publicity: {
      decision: {
        name: ['行政复议决定书', 'Reconsideration decisions'],
        after: 'publish',
        fields: ['respondent', 'actKind', 'outcome', 'publicText'],
        title: ['respondent', 'actKind'],
        text: 'publicText',
        article: act('79(1)', '行政复议决定书向社会公开'),
      },
    },
  },
)
