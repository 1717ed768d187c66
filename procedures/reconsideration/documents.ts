import { servedBlocks } from '../service.ts'
import type { DocumentTemplate } from '#engine/document-template.ts'

/** Where each document says that it rests: the same document under two laws differs in this alone. */
interface Basis {
  readonly correction: string
  readonly correctionTime: string
  readonly abandoned: string
  readonly acceptance: string
  readonly deemed: string
  readonly refusal: string
  /** The applicant's complaint to the superior about a refusal; the law of 2017 does not name it as a right. */
  readonly complaint?: string
  readonly reply: string
  readonly replyTime: string
  readonly noReply: string
  readonly access: string
  readonly stay: string
  readonly hearing: string
  readonly attached: string
  readonly attachedTransfer: string
  readonly suspension: string
  readonly resumption: string
  readonly extension: string
  readonly mediation: string
  readonly mediationEffect: string
  readonly withdrawal: string
  readonly termination: string
  readonly dismissal: string
  readonly opinion: string
  readonly performance: string
  /** Where the committee's opinion is a reference for the decision; the law of 2017 has no committee. */
  readonly committee?: string
  readonly outcomes: Readonly<
    Record<'uphold' | 'reject-request' | 'revoke' | 'revoke-part' | 'alter' | 'confirm-unlawful' | 'order-perform', string>
  >
}

const REVISED = '《中华人民共和国行政复议法》'
const RULES = '《中华人民共和国行政复议法实施条例》'

/** 行政复议机关: its documents bear its name and seal, whoever of its office has taken the step. */
const AUTHORITY = '宿城区人民政府'
/** 行政复议机构: what the law lets it do in its own name it signs. */
const OFFICE = '宿城区司法局'

/** The requests one by one. */
const REQUESTS = { paragraph: '{index}. {entry}', each: 'requests' }
/** Where whoever is served signs beside the day. */
const SIGNED = '　　（签名或者盖章）'

/** Under the revision of 2023: nobody is told or transferred elsewhere without a refusal. */
const {
  'told-elsewhere': _told,
  'transfer-letter': _transferred,
  ...current
} = documentsResting({
  correction: `${REVISED}第三十一条第一款`,
  correctionTime: '请自收到本通知之日起十日（工作日）内提交补正材料；有正当理由不能按期补正的，可以申请延长。',
  abandoned: `${REVISED}第三十一条第二款`,
  acceptance: `${REVISED}第三十条第一款`,
  deemed: `${REVISED}第三十条第三款的规定，自审查期限届满之日起视为受理`,
  refusal: `${REVISED}第三十条第二款`,
  complaint: `${REVISED}第三十五条`,
  reply: `${REVISED}第四十八条、第五十四条第一款`,
  replyTime: '适用普通程序的，请自收到申请书副本（申请笔录复印件）之日起十日（工作日）内；适用简易程序的，请自收到之日起五日（工作日）内',
  noReply: `${REVISED}第七十条的规定，视为该行政行为没有证据、依据`,
  access: `${REVISED}第四十七条`,
  stay: `${REVISED}第四十二条`,
  hearing: `${REVISED}第五十条、第五十一条`,
  attached: `${REVISED}第三十九条第一款第九项`,
  attachedTransfer: `${REVISED}第五十六条、第五十七条、第六十条的规定，现转送你单位处理。请自收到之日起六十日内将处理意见回复本机关`,
  suspension: `${REVISED}第三十九条第一款、第三款`,
  resumption: `${REVISED}第三十九条第二款、第三款`,
  extension: `${REVISED}第六十二条第一款的规定，经行政复议机构的负责人批准`,
  mediation: `${REVISED}第五条、第七十三条`,
  mediationEffect: '本调解书经各方当事人签字或者签章，并加盖行政复议机关印章，即具有法律效力。',
  withdrawal: `${REVISED}第四十一条第一项、第七十四条`,
  termination: `${REVISED}第四十一条`,
  dismissal: `${REVISED}第三十三条`,
  opinion: `${REVISED}第七十六条`,
  performance: `${REVISED}第七十七条第二款`,
  committee: `${REVISED}第六十一条第三款`,
  outcomes: {
    uphold: `${REVISED}第六十八条`,
    'reject-request': `${REVISED}第六十九条`,
    revoke: `${REVISED}第六十四条第一款`,
    'revoke-part': `${REVISED}第六十四条第一款`,
    alter: `${REVISED}第六十三条第一款`,
    'confirm-unlawful': `${REVISED}第六十五条`,
    'order-perform': `${REVISED}第六十六条`,
  },
})

/** Under the law of 2017 and the regulations of 2007, which know no committee, summary procedure, forwarding agency or publication. */
const {
  'agency-forwarding': _forwarding,
  'correction-extension': _correctionExtension,
  conversion: _conversion,
  'procedure-notice': _procedure,
  'committee-record': _committee,
  'maker-notice': _maker,
  'public-copy': _publicCopy,
  'superior-copy': _superiorCopy,
  ...former
} = documentsResting({
  correction: `${RULES}第二十九条`,
  correctionTime: '请自收到本通知之日起{correctionDays}日内提交补正材料。',
  abandoned: `${RULES}第二十九条`,
  acceptance: `${REVISED}第十七条第二款、${RULES}第二十八条`,
  deemed: `${REVISED}第十七条第二款的规定，自本机关负责法制工作的机构收到之日起即为受理`,
  refusal: `${REVISED}第十七条第一款`,
  reply: `${REVISED}第二十三条第一款`,
  replyTime: '请自收到申请书副本（申请笔录复印件）之日起十日内',
  noReply: `${REVISED}第二十八条第一款第四项、${RULES}第四十六条的规定，视为该具体行政行为没有证据、依据`,
  access: `${REVISED}第二十三条第二款`,
  stay: `${REVISED}第二十一条`,
  hearing: `${RULES}第三十三条`,
  attached: `${REVISED}第二十六条、第二十七条`,
  attachedTransfer: `${REVISED}第二十六条、第二十七条的规定，现转送你单位依法处理，并请将处理结果告知本机关`,
  suspension: `${RULES}第四十一条第一款、第三款`,
  resumption: `${RULES}第四十一条第二款、第三款`,
  extension: `${REVISED}第三十一条第一款的规定，经行政复议机关的负责人批准`,
  mediation: `${RULES}第五十条`,
  mediationEffect: '本调解书经双方当事人签字，即具有法律效力。',
  withdrawal: `${REVISED}第二十五条、${RULES}第三十八条、第四十二条`,
  termination: `${RULES}第四十二条`,
  dismissal: `${RULES}第四十八条第一款第二项`,
  opinion: `${RULES}第五十七条第一款`,
  performance: `${REVISED}第三十二条第二款`,
  outcomes: {
    uphold: `${REVISED}第二十八条第一款第一项`,
    'reject-request': `${RULES}第四十八条第一款第一项`,
    revoke: `${REVISED}第二十八条第一款第三项`,
    'revoke-part': `${REVISED}第二十八条第一款第三项`,
    alter: `${REVISED}第二十八条第一款第三项、${RULES}第四十七条`,
    'confirm-unlawful': `${REVISED}第二十八条第一款第三项`,
    'order-perform': `${REVISED}第二十八条第一款第二项`,
  },
})

export const documents = current
export const documentsUntil2023 = former

function documentsResting(on: Basis) {
  const complaint = (what: string): string[] =>
    on.complaint === undefined ? [] : [`申请人认为本机关无正当理由${what}的，依照${on.complaint}的规定，有权向上级行政机关反映。`]
  return {
    'oral-application': {
      id: 'oral-application',
      name: ['口头申请笔录', 'Record of an oral application'],
      kind: 'record',
      title: '行政复议申请笔录',
      body: [
        { paragraph: '本案申请为书面提出，申请书附卷。', unless: { channel: 'oral' } },
        { paragraph: '申请人{applicant.name}于{appliedOn:date}口头申请行政复议，当场记录如下。', when: { channel: 'oral' } },
        {
          fields: [
            ['申请人', '{applicant.name}'],
            ['被申请人', '{respondent}'],
            ['被申请行政复议的行政行为', '{act}'],
          ],
        },
        { heading: '一、行政复议请求', level: 1 },
        REQUESTS,
        { heading: '二、主要事实和理由', level: 1 },
        '{facts}',
        { paragraph: '以上笔录经申请人核对（已向申请人宣读），与申请人陈述一致，由申请人签字确认。', when: { channel: 'oral' } },
        { fields: [['申请人签署', '　　　　　　（签字）']], when: { channel: 'oral' } },
      ],
      signatory: '{issuer}',
      seal: false,
      fields: ['channel', 'applicant', 'appliedOn', 'respondent', 'act', 'requests', 'facts'],
    },
    receipt: {
      id: 'receipt',
      name: ['收件凭证', 'Receipt'],
      series: '宿区行复收',
      kind: 'notice',
      title: '行政复议申请材料收件凭证',
      addressee: '{applicant.name}',
      body: [
        '你（单位）不服{respondent}作出的{act}提出的行政复议申请，本机关已于{receivedOn:date}收到。',
        '本机关将自收到之日起五个工作日内进行审查。行政复议不收取任何费用。',
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'receivedOn'],
    },
    'agency-forwarding': {
      id: 'agency-forwarding',
      name: ['转送函', 'Forwarding letter of the penalising agency'],
      kind: 'letter',
      title: '关于转送行政复议申请的函',
      addressee: AUTHORITY,
      body: [
        '{applicant.name}不服{act}，于{agencyReceivedOn:date}通过本机关提交行政复议申请。本机关认为：{agencyView}。',
        '依照《中华人民共和国行政复议法》第三十二条第二款的规定，现将该申请转送你机关。',
      ],
      signatory: '{respondent}',
      fields: ['applicant', 'act', 'agencyReceivedOn', 'agencyView', 'respondent'],
    },
    'correction-notice': {
      id: 'correction-notice',
      name: ['补正行政复议申请通知书', 'Correction notice'],
      series: '宿区行复补',
      kind: 'notice',
      title: '补正行政复议申请通知书',
      addressee: '{applicant.name}',
      body: [
        `你（单位）不服{respondent}作出的{act}提出的行政复议申请，材料不齐全或者表述不清楚。依照${on.correction}的规定，请补正下列事项：`,
        { paragraph: '{index}. {entry}', each: 'missing' },
        on.correctionTime,
        '无正当理由逾期不补正的，视为放弃行政复议申请。',
      ],
      signatory: AUTHORITY,
      fields: on.correctionTime.includes('{correctionDays}')
        ? ['applicant', 'respondent', 'act', 'missing', 'correctionDays']
        : ['applicant', 'respondent', 'act', 'missing'],
    },
    'correction-extension': {
      id: 'correction-extension',
      name: ['延长补正期限通知书', 'Extension of the time to correct'],
      series: '宿区行复补延',
      kind: 'notice',
      title: '延长补正期限通知书',
      addressee: '{applicant.name}',
      body: [
        '你（单位）因{correctionReason}不能按期补正。依照《中华人民共和国行政复议法》第三十一条第二款的规定，补正期限延长{days}个工作日。',
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'correctionReason', 'days'],
    },
    'abandonment-record': {
      id: 'abandonment-record',
      name: ['视为放弃申请记录', 'Record of a deemed abandonment'],
      kind: 'record',
      title: '视为放弃行政复议申请记录',
      body: [
        `{applicant.name}不服{respondent}作出的{act}提出行政复议申请，经通知补正，至{abandonedOn:date}期限届满未补正，也未说明正当理由。依照${on.abandoned}的规定，视为申请人放弃行政复议申请，记录在案。`,
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'abandonedOn'],
    },
    'acceptance-notice': {
      id: 'acceptance-notice',
      name: ['受理通知书', 'Notice of acceptance'],
      series: '宿区行复受',
      kind: 'notice',
      title: '行政复议申请受理通知书',
      addressee: '{applicant.name}',
      body: [
        `你（单位）不服{respondent}作出的{act}提出的行政复议申请，符合受理条件。依照${on.acceptance}的规定，本机关于{acceptedOn:date}受理。`,
        '行政复议期间，不得就同一行政行为向人民法院提起行政诉讼。申请人可以委托一至二名代理人参加行政复议，可以依法查阅被申请人提出的书面答复、证据、依据和其他有关材料。',
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'acceptedOn'],
    },
    'deemed-acceptance': {
      id: 'deemed-acceptance',
      name: ['受理情况告知书', 'Notice of a deemed acceptance'],
      series: '宿区行复受',
      kind: 'notice',
      title: '行政复议申请受理情况告知书',
      addressee: '{applicant.name}',
      body: [
        `你（单位）不服{respondent}作出的{act}于{receivedOn:date}提出的行政复议申请，审查期限已于{acceptedOn:date}届满，本机关未作出不予受理决定。依照${on.deemed}。`,
      ],
      signatory: AUTHORITY,
      copies: '{respondent}',
      fields: ['applicant', 'respondent', 'act', 'receivedOn', 'acceptedOn'],
    },
    refusal: {
      id: 'refusal',
      name: ['不予受理行政复议申请决定书', 'Decision not to accept'],
      series: '宿区行复不受',
      title: `${AUTHORITY}\n不予受理行政复议申请决定书`,
      body: [
        '申请人：{applicant.name}。',
        '被申请人：{respondent}。',
        '申请人不服被申请人作出的{act}，向本机关申请行政复议，本机关于{receivedOn:date}收到。',
        '经审查，该申请不符合下列受理条件：{reason}。{refusalReason}',
        `依照${on.refusal}的规定，本机关决定：不予受理。`,
        { paragraph: '有管辖权的行政复议机关为：{competentOrgan}。申请人可以向其提出行政复议申请。', when: 'competentOrgan' },
        '依法应当先申请行政复议的，申请人可以自收到本决定书之日起十五日内，依法向人民法院提起行政诉讼。',
        ...complaint('不予受理'),
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'receivedOn', 'reason', 'refusalReason', 'competentOrgan'],
    },
    'told-elsewhere': {
      id: 'told-elsewhere',
      name: ['行政复议告知书', 'Notice where to apply'],
      series: '宿区行复告',
      kind: 'notice',
      title: '行政复议告知书',
      addressee: '{applicant.name}',
      body: [
        `你（单位）不服{respondent}作出的{act}提出的行政复议申请，不属于本机关受理。依照${on.refusal}的规定，请向{competentOrgan}提出行政复议申请。`,
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'competentOrgan'],
    },
    'transfer-letter': {
      id: 'transfer-letter',
      name: ['行政复议申请转送函', 'Transfer letter'],
      series: '宿区行复转',
      kind: 'letter',
      title: '行政复议申请转送函',
      addressee: '{toOrgan}',
      body: [
        '{applicant.name}不服{respondent}作出的{act}，向本机关提出行政复议申请。依照《中华人民共和国行政复议法》第十八条的规定，现将该申请转送你机关，并已告知申请人。',
      ],
      signatory: AUTHORITY,
      copies: '{applicant.name}',
      fields: ['toOrgan', 'applicant', 'respondent', 'act'],
    },

    assignment: {
      id: 'assignment',
      name: ['承办登记', 'Assignment'],
      kind: 'record',
      title: '行政复议案件承办登记表',
      body: [
        {
          fields: [
            ['案由', '{applicant.name}不服{respondent}作出的{act}'],
            ['承办人员', '{handlers:list}'],
          ],
        },
        '上述人员未参与作出被申请行政复议的行政行为。',
      ],
      signatory: '{issuer}',
      seal: false,
      fields: ['applicant', 'respondent', 'act', 'handlers'],
    },
    conversion: {
      id: 'conversion',
      name: ['转换审理程序通知书', 'Notice of conversion'],
      series: '宿区行复转普',
      kind: 'notice',
      title: '转为普通程序审理通知书',
      addressee: '{applicant.name}、{respondent}',
      body: [
        '{applicant.name}不服{respondent}作出的{act}一案，因{conversionReason}，不宜适用简易程序。依照《中华人民共和国行政复议法》第五十五条的规定，经行政复议机构的负责人批准，自{convertedOn:date}起转为普通程序审理。',
        '审理期限为六十日，仍自受理申请之日起计算。',
      ],
      signatory: '{issuer}',
      fields: ['applicant', 'respondent', 'act', 'conversionReason', 'convertedOn'],
    },
    'procedure-notice': {
      id: 'procedure-notice',
      name: ['审理程序告知书', 'Notice of the procedure'],
      series: '宿区行复程',
      kind: 'notice',
      title: '行政复议审理程序告知书',
      addressee: '{applicant.name}、{respondent}',
      body: [
        '{applicant.name}不服{respondent}作出的{act}一案，依照《中华人民共和国行政复议法》第三十六条第一款、第五十三条的规定，适用{procedureKind}审理。',
        { paragraph: '适用简易程序的情形：{ground}。', when: { procedureKind: 'summary' } },
        {
          paragraph: '审理期限为三十日，自受理申请之日起计算，不延长；不宜适用简易程序的，可以转为普通程序。',
          when: { procedureKind: 'summary' },
        },
        { paragraph: '审理期限为六十日，自受理申请之日起计算。', when: { procedureKind: 'ordinary' }, unless: 'specialLimitDays' },
        {
          paragraph: '审理期限为{specialLimitDays}日，自受理申请之日起计算。',
          when: 'specialLimitDays',
          unless: { procedureKind: 'summary' },
        },
      ],
      signatory: '{issuer}',
      fields: ['applicant', 'respondent', 'act', 'procedureKind', 'ground', 'specialLimitDays'],
    },
    'reply-notice': {
      id: 'reply-notice',
      name: ['提出答复通知书', 'Notice to reply'],
      series: '宿区行复答',
      kind: 'notice',
      title: '行政复议答复通知书',
      addressee: '{respondent}',
      body: [
        `{applicant.name}不服你单位作出的{act}提出的行政复议申请，${AUTHORITY}已依法受理。依照${on.reply}的规定，现将行政复议申请书副本（申请笔录复印件）发送你单位。${on.replyTime}，提出书面答复，并提交作出行政行为的证据、依据和其他有关材料。`,
        `逾期不提出书面答复、不提交证据、依据的，依照${on.noReply}。`,
      ],
      attachments: ['行政复议申请书副本'],
      signatory: '{issuer}',
      fields: ['respondent', 'applicant', 'act'],
    },
    'evidence-list': {
      id: 'evidence-list',
      name: ['行政复议答复书及证据目录', 'Answer and list of evidence'],
      kind: 'record',
      title: '行政复议答复书\n及证据目录',
      body: [
        '被申请人{respondent}就{applicant.name}不服{act}一案，于{repliedOn:date}答复如下。',
        '{answer}',
        { heading: '一、证据目录', level: 1 },
        { table: { columns: ['序号', '证据'], each: 'evidence', row: ['{index}', '{name}'] } },
        { heading: '二、依据', level: 1 },
        '{legalBasis:list}',
      ],
      signatory: '{respondent}',
      fields: ['respondent', 'applicant', 'act', 'repliedOn', 'answer', 'evidence', 'legalBasis'],
    },
    'access-record': {
      id: 'access-record',
      name: ['查阅记录', 'Record of access'],
      kind: 'record',
      title: '查阅行政复议案件材料记录',
      body: [
        `依照${on.access}的规定，{accessOn:date}就下列材料办理查阅、复制：{items:list}。`,
        { paragraph: '同意查阅、复制。', when: { granted: true } },
        { paragraph: '因涉及{accessRefusalGround}，不同意查阅、复制。', when: 'accessRefusalGround' },
      ],
      signatory: OFFICE,
      seal: false,
      fields: ['accessOn', 'items', 'granted', 'accessRefusalGround'],
    },
    'stay-notice': {
      id: 'stay-notice',
      name: ['停止执行通知书', 'Notice of stay'],
      series: '宿区行复停',
      kind: 'notice',
      title: '停止执行通知书',
      addressee: '{respondent}',
      body: [
        `{applicant.name}不服你单位作出的{act}一案，因{stayGround}，依照${on.stay}的规定，自{stayedOn:date}起至行政复议决定作出之日止，停止执行该行政行为。`,
      ],
      signatory: AUTHORITY,
      copies: '{applicant.name}',
      fields: ['respondent', 'applicant', 'act', 'stayGround', 'stayedOn'],
    },
    'views-record': {
      id: 'views-record',
      name: ['听取意见笔录', 'Record of the views heard'],
      kind: 'record',
      title: '听取意见笔录',
      body: [
        '{applicant.name}不服{respondent}作出的{act}一案，行政复议人员于{heardOn:date}听取当事人意见，方式：{way}。',
        { paragraph: '{views}', when: 'views' },
        { paragraph: '因当事人原因不能听取意见：{notHeardReason}', when: 'notHeardReason' },
      ],
      signatory: '{issuer}',
      seal: false,
      fields: ['applicant', 'respondent', 'act', 'heardOn', 'way', 'views', 'notHeardReason'],
    },
    'hearing-notice': {
      id: 'hearing-notice',
      name: ['听证通知书', 'Notice of the hearing'],
      series: '宿区行复听',
      kind: 'notice',
      title: '行政复议听证通知书',
      addressee: '{applicant.name}、{respondent}',
      body: [
        `{applicant.name}不服{respondent}作出的{act}一案，依照${on.hearing}的规定，定于{hearingAt:time}在{hearingPlace}举行听证。`,
        '拟听证事项：{matters}',
        '申请人无正当理由拒不参加听证的，视为放弃听证权利。被申请人的负责人应当参加；不能参加的，应当说明理由并委托相应的工作人员参加。',
      ],
      signatory: '{issuer}',
      fields: ['applicant', 'respondent', 'act', 'hearingAt', 'hearingPlace', 'matters'],
    },
    'hearing-record': {
      id: 'hearing-record',
      name: ['听证笔录', 'Record of the hearing'],
      kind: 'record',
      title: '行政复议听证笔录',
      body: [
        {
          fields: [
            ['案由', '{applicant.name}不服{respondent}作出的{act}'],
            ['时间', '{heardAt:time}'],
            ['主持人', '{host}'],
            ['听证员', '{officers:list}'],
            ['记录员', '{recorder}'],
          ],
        },
        { paragraph: '被申请人的负责人参加听证。', when: { respondentHeadPresent: true } },
        { paragraph: '被申请人的负责人未参加听证：{deputyReason}', when: 'deputyReason' },
        { paragraph: '申请人无正当理由拒不参加听证，视为放弃听证权利。', when: 'applicantAbsent' },
        '{hearingRecord}',
      ],
      signatory: '{issuer}',
      seal: false,
      fields: [
        'applicant',
        'respondent',
        'act',
        'heardAt',
        'host',
        'officers',
        'recorder',
        'respondentHeadPresent',
        'deputyReason',
        'applicantAbsent',
        'hearingRecord',
      ],
    },
    'committee-record': {
      id: 'committee-record',
      name: ['行政复议委员会咨询意见记录', 'Record of the committee’s opinion'],
      kind: 'record',
      title: '行政复议委员会咨询意见记录',
      body: [
        '{applicant.name}不服{respondent}作出的{act}一案，因{consultGround}，依照《中华人民共和国行政复议法》第五十二条的规定，于{consultedOn:date}提请行政复议委员会提出咨询意见。参加的委员：{committeeMembers:list}。',
        '{opinions}',
      ],
      signatory: '{issuer}',
      seal: false,
      fields: ['applicant', 'respondent', 'act', 'consultGround', 'consultedOn', 'committeeMembers', 'opinions'],
    },

    'attached-suspension': {
      id: 'attached-suspension',
      name: ['行政复议中止通知书（附带审查）', 'Suspension for an attached review'],
      series: '宿区行复中',
      kind: 'notice',
      title: '行政复议中止通知书',
      addressee: '{applicant.name}、{respondent}',
      body: [
        `{applicant.name}不服{respondent}作出的{act}一案，需对《{attachedDocument}》{clause}进行审查（{origin}）。依照${on.attached}的规定，自{attachedReviewOn:date}起中止行政复议。`,
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'attachedDocument', 'clause', 'origin', 'attachedReviewOn'],
    },
    'maker-notice': {
      id: 'maker-notice',
      name: ['规范性文件书面答复通知书', 'Notice to the maker of the document'],
      series: '宿区行复文答',
      kind: 'notice',
      title: '规范性文件书面答复通知书',
      addressee: '{maker}',
      body: [
        '依照《中华人民共和国行政复议法》第五十八条第一款的规定，请你单位自收到本通知之日起十日（工作日）内，就《{attachedDocument}》{clause}的合法性提出书面答复，并提交相关材料。',
      ],
      signatory: '{issuer}',
      fields: ['maker', 'attachedDocument', 'clause'],
    },
    'attached-transfer': {
      id: 'attached-transfer',
      name: ['规范性文件转送函', 'Transfer of the normative document'],
      series: '宿区行复文转',
      kind: 'letter',
      title: '规范性文件转送函',
      addressee: '{attachedTo}',
      body: [
        `本机关在审理{applicant.name}不服{respondent}作出的{act}一案中，需对《{attachedDocument}》{clause}进行审查，本机关无权处理。依照${on.attachedTransfer}。`,
      ],
      signatory: AUTHORITY,
      fields: ['attachedTo', 'applicant', 'respondent', 'act', 'attachedDocument', 'clause'],
    },
    'attached-resumption': {
      id: 'attached-resumption',
      name: ['恢复审理通知书（附带审查）', 'Resumption after an attached review'],
      series: '宿区行复恢',
      kind: 'notice',
      title: '行政复议恢复审理通知书',
      addressee: '{applicant.name}、{respondent}',
      body: [
        '《{attachedDocument}》{clause}已处理完毕，结果：{attachedResult}。{attachedReasons}',
        `依照${on.resumption}的规定，自{attachedEndedOn:date}起恢复{applicant.name}不服{respondent}作出的{act}一案的审理。`,
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'attachedDocument', 'clause', 'attachedResult', 'attachedReasons', 'attachedEndedOn', 'act'],
    },
    suspension: {
      id: 'suspension',
      name: ['行政复议中止通知书', 'Notice of suspension'],
      series: '宿区行复中',
      kind: 'notice',
      title: '行政复议中止通知书',
      addressee: '{applicant.name}、{respondent}',
      body: [
        `{applicant.name}不服{respondent}作出的{act}一案，因{ground}（{suspendReason}），依照${on.suspension}的规定，自{suspendedOn:date}起中止行政复议。中止的原因消除后，恢复审理。`,
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'ground', 'suspendReason', 'suspendedOn'],
    },
    resumption: {
      id: 'resumption',
      name: ['行政复议恢复审理通知书', 'Notice of resumption'],
      series: '宿区行复恢',
      kind: 'notice',
      title: '行政复议恢复审理通知书',
      addressee: '{applicant.name}、{respondent}',
      body: [
        `{applicant.name}不服{respondent}作出的{act}一案，中止的原因已经消除。依照${on.resumption}的规定，自{resumedOn:date}起恢复审理。`,
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'resumedOn'],
    },
    extension: {
      id: 'extension',
      name: ['延期审理通知书', 'Notice of extension'],
      series: '宿区行复延',
      kind: 'notice',
      title: '行政复议延期审理通知书',
      addressee: '{applicant.name}、{respondent}',
      body: [
        `{applicant.name}不服{respondent}作出的{act}一案，因{extendReason}，不能在规定期限内作出行政复议决定。依照${on.extension}，审理期限延长{days}日，至{deadlines.decide:date}止。`,
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'extendReason', 'days', 'deadlines'],
    },
    'mediation-record': {
      id: 'mediation-record',
      name: ['调解笔录', 'Record of mediation'],
      kind: 'record',
      title: '行政复议调解笔录',
      body: [
        '{applicant.name}不服{respondent}作出的{act}一案，双方自愿，于{mediatedOn:date}进行调解。',
        '{mediationRecord}',
        { paragraph: '双方达成协议。', when: 'agreed' },
        { paragraph: '双方未达成协议，继续审理。', unless: 'agreed' },
      ],
      signatory: '{issuer}',
      seal: false,
      fields: ['applicant', 'respondent', 'act', 'mediatedOn', 'mediationRecord', 'agreed'],
    },
    'mediation-document': {
      id: 'mediation-document',
      name: ['行政复议调解书', 'Mediation document'],
      series: '宿区行复调',
      title: `${AUTHORITY}\n行政复议调解书`,
      body: [
        '申请人：{applicant.name}。',
        '被申请人：{respondent}。',
        { paragraph: '第三人：{thirdParty.name}。', when: 'thirdParty' },
        '申请人不服被申请人作出的{act}，向本机关申请行政复议。',
        '行政复议请求：',
        REQUESTS,
        '事实和理由：{factsFound}',
        `依照${on.mediation}的规定，经本机关主持调解，当事人自愿达成如下协议：`,
        '{terms}',
        on.mediationEffect,
        {
          fields: [
            ['申请人签署', '　　　　　　（签字）'],
            ['被申请人签署', '　　　　　　（签章）'],
          ],
        },
        { fields: [['第三人签署', '　　　　　　（签字）']], when: 'thirdParty' },
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'thirdParty', 'act', 'requests', 'factsFound', 'terms'],
    },
    withdrawal: {
      id: 'withdrawal',
      name: ['行政复议终止决定书（撤回）', 'Termination upon withdrawal'],
      series: '宿区行复终',
      title: `${AUTHORITY}\n行政复议终止决定书`,
      body: [
        '申请人：{applicant.name}。',
        '被申请人：{respondent}。',
        '申请人不服被申请人作出的{act}申请行政复议，本机关依法受理。审理中，申请人以“{withdrawReason}”为由撤回申请。',
        { paragraph: '当事人已自愿达成和解。', when: 'settled' },
        `经审查，撤回系申请人的真实意愿，准予撤回。依照${on.withdrawal}的规定，本机关决定：终止行政复议。`,
        '申请人不得再以同一事实和理由提出行政复议申请，但是能够证明撤回违背其真实意愿的除外。',
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'withdrawReason', 'settled'],
    },
    termination: {
      id: 'termination',
      name: ['行政复议终止决定书', 'Termination'],
      series: '宿区行复终',
      title: `${AUTHORITY}\n行政复议终止决定书`,
      body: [
        '申请人：{applicant.name}。',
        '被申请人：{respondent}。',
        `申请人不服被申请人作出的{act}申请行政复议一案，因{ground}（{terminateReason}），依照${on.termination}的规定，本机关决定：终止行政复议。`,
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'ground', 'terminateReason'],
    },
    dismissal: {
      id: 'dismissal',
      name: ['驳回行政复议申请决定书', 'Decision to dismiss the application'],
      series: '宿区行复驳',
      title: `${AUTHORITY}\n驳回行政复议申请决定书`,
      body: [
        '申请人：{applicant.name}。',
        '被申请人：{respondent}。',
        '申请人不服被申请人作出的{act}申请行政复议，本机关依法受理。经审理查明，该申请不符合下列受理条件：{failing}。{dismissReason}',
        `依照${on.dismissal}的规定，本机关决定：驳回申请人的行政复议申请。`,
        '申请人如对本决定不服，可以自收到本决定书之日起十五日内，依法向人民法院提起行政诉讼。',
        ...complaint('驳回申请'),
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'act', 'failing', 'dismissReason'],
    },

    decision: {
      id: 'decision',
      name: ['行政复议决定书', 'Decision'],
      series: '宿区行复决',
      title: `${AUTHORITY}\n行政复议决定书`,
      body: [
        '申请人：{applicant.name}。',
        { paragraph: '法定代表人：{legalRepresentative}。', when: 'legalRepresentative' },
        '被申请人：{respondent}。',
        { paragraph: '第三人：{thirdParty.name}。', when: 'thirdParty' },
        '申请人不服被申请人作出的{act}，向本机关申请行政复议，本机关于{receivedOn:date}收到，依法受理。现已审理终结。',
        '申请人请求：',
        REQUESTS,
        '申请人称：{facts}',
        { paragraph: '被申请人称：{answer}', when: 'answer' },
        { paragraph: `被申请人未在法定期限内提出书面答复、提交证据、依据，依照${on.noReply}。`, when: 'noReplyOn' },
        { paragraph: '{hearingRecord}', when: 'hearingRecord' },
        '经审理查明：{factsFound}',
        ...(on.committee
          ? [
              {
                paragraph: `本案提请行政复议委员会提出咨询意见：{opinions}依照${on.committee}的规定，本机关将其作为重要参考依据。`,
                when: 'opinions',
              },
            ]
          : []),
        '本机关认为：{reasons}',
        { paragraph: `依照${on.outcomes.uphold}的规定，本机关决定：维持被申请人作出的{act}。`, when: { outcome: 'uphold' } },
        {
          paragraph: `依照${on.outcomes['reject-request']}的规定，本机关决定：驳回申请人的行政复议请求。`,
          when: { outcome: 'reject-request' },
        },
        { paragraph: `依照${on.outcomes.revoke}的规定，本机关决定：撤销被申请人作出的{act}。`, when: { outcome: 'revoke' } },
        {
          paragraph: `依照${on.outcomes['revoke-part']}的规定，本机关决定：部分撤销被申请人作出的{act}。`,
          when: { outcome: 'revoke-part' },
        },
        { paragraph: `依照${on.outcomes.alter}的规定，本机关决定：变更被申请人作出的{act}。`, when: { outcome: 'alter' } },
        {
          paragraph: `依照${on.outcomes['confirm-unlawful']}的规定，本机关决定：确认被申请人作出的{act}违法。`,
          when: { outcome: 'confirm-unlawful' },
        },
        {
          paragraph: '依照《中华人民共和国行政复议法》第六十七条的规定，本机关决定：确认被申请人作出的{act}无效。',
          when: { outcome: 'confirm-void' },
        },
        {
          paragraph: `依照${on.outcomes['order-perform']}的规定，本机关决定：责令被申请人在{performWithin}日内履行法定职责。`,
          when: { outcome: 'order-perform' },
        },
        {
          paragraph: '依照《中华人民共和国行政复议法》第七十一条的规定，本机关决定：被申请人依法承担行政协议责任。',
          when: { outcome: 'agreement-liability' },
        },
        { paragraph: '责令被申请人重新作出行政行为。', when: 'remakeOrdered' },
        {
          paragraph: `重新作出行政行为的期限，依照法律、法规、规章的规定；没有规定的，依照${RULES}第四十九条第一款为六十日。`,
          when: 'remakeOrdered',
          unless: 'performWithin',
        },
        { paragraph: '履行期限：自收到本决定书之日起{performWithin}日内。', when: 'performWithin', unless: { outcome: 'order-perform' } },
        { paragraph: '同时决定被申请人依法给予赔偿。', when: 'compensationOrdered' },
        '申请人、第三人如不服本决定，可以自收到本决定书之日起十五日内，依法向有管辖权的人民法院提起行政诉讼。',
      ],
      signatory: AUTHORITY,
      fields: [
        'applicant',
        'legalRepresentative',
        'respondent',
        'thirdParty',
        'act',
        'receivedOn',
        'requests',
        'facts',
        'answer',
        'noReplyOn',
        'hearingRecord',
        'factsFound',
        ...(on.committee ? ['opinions'] : []),
        'reasons',
        'outcome',
        'performWithin',
        'remakeOrdered',
        'compensationOrdered',
      ],
    },
    'service-receipt': {
      id: 'service-receipt',
      name: ['送达回证', 'Proof of service'],
      kind: 'record',
      title: '行政复议文书送达回证',
      body: [
        {
          fields: [
            ['案由', '{applicant.name}不服{respondent}作出的{act}'],
            ['送达文书', '行政复议决定书'],
            ['申请人签收', `{servedOn:date}${SIGNED}`],
            ['被申请人签收', `{respondentServedOn:date}${SIGNED}`],
          ],
        },
        { fields: [['第三人签收', `{thirdPartyServedOn:date}${SIGNED}`]], when: 'thirdPartyServedOn' },
        ...servedBlocks('decisionServices', 'decisionProofs'),
      ],
      signatory: '{issuer}',
      fields: [
        'applicant',
        'respondent',
        'act',
        'servedOn',
        'respondentServedOn',
        'thirdPartyServedOn',
        'decisionServices',
        'decisionProofs',
      ],
    },
    'closing-receipt': {
      id: 'closing-receipt',
      name: ['送达回证（结案文书）', 'Proof of service of another closing document'],
      kind: 'record',
      title: '行政复议文书送达回证',
      body: [
        {
          fields: [
            ['案由', '{applicant.name}不服{respondent}作出的{act}'],
            ['送达文书', '本案行政复议结案文书'],
            ['申请人签收', `{closingServedOn:date}${SIGNED}`],
          ],
        },
        ...servedBlocks('closingServices', 'closingProofs'),
      ],
      signatory: '{issuer}',
      fields: ['applicant', 'respondent', 'act', 'closingServedOn', 'closingServices', 'closingProofs'],
    },
    'public-notice': {
      id: 'public-notice',
      name: ['送达公告', 'Public notice'],
      kind: 'notice',
      title: '送达公告',
      body: [
        { paragraph: '{applicant.name}：', when: { noticeTo: 'applicant' } },
        { paragraph: '{respondent}：', when: { noticeTo: 'respondent' } },
        { paragraph: '{thirdParty.name}：', when: { noticeTo: 'third-party' } },
        '{applicant.name}不服{respondent}作出的{act}申请行政复议一案，因{noticeGround}，现依法向你（单位）公告送达{noticePaper}。',
        '自发出本公告之日起，至{deadlines.public-notice:date}期满，即视为送达。',
      ],
      signatory: AUTHORITY,
      fields: ['applicant', 'respondent', 'thirdParty', 'act', 'noticeTo', 'noticeGround', 'noticePaper', 'deadlines'],
    },
    'public-copy': {
      id: 'public-copy',
      name: ['行政复议决定书（公开文本）', 'Public copy of the decision'],
      title: `${AUTHORITY}\n行政复议决定书`,
      body: ['{publicText}'],
      signatory: AUTHORITY,
      fields: ['publicText'],
    },
    'superior-copy': {
      id: 'superior-copy',
      name: ['抄告函', 'Letter to the superior department'],
      series: '宿区行复抄',
      kind: 'letter',
      title: '行政复议文书抄告函',
      addressee: '{copiedTo}',
      body: [
        '{applicant.name}不服{respondent}作出的{act}一案，已经办结。依照《中华人民共和国行政复议法》第七十九条第二款的规定，现将{copied:list}抄告你单位。',
      ],
      signatory: AUTHORITY,
      fields: ['copiedTo', 'applicant', 'respondent', 'act', 'copied'],
    },
    'opinion-letter': {
      id: 'opinion-letter',
      name: ['行政复议意见书', 'Opinion letter'],
      series: '宿区行复意',
      title: `${AUTHORITY}\n行政复议意见书`,
      addressee: '{addressee}',
      body: [
        '本机关在办理{applicant.name}不服{respondent}作出的{act}行政复议案件过程中，发现：',
        '{findings}',
        `依照${on.opinion}的规定，提出如下意见：`,
        '{requiredActions}',
        '请自收到本意见书之日起六十日内，将纠正相关行政行为的情况报送本机关。',
      ],
      signatory: AUTHORITY,
      fields: ['addressee', 'applicant', 'respondent', 'act', 'findings', 'requiredActions'],
    },
    'suggestion-letter': {
      id: 'suggestion-letter',
      name: ['行政复议建议书', 'Suggestion letter'],
      series: '宿区行复建',
      kind: 'letter',
      title: '行政复议建议书',
      addressee: '{suggestionTo}',
      body: [
        '行政复议期间，本机构发现法律、法规、规章实施中带有普遍性的问题：',
        '{problem}',
        '依照《中华人民共和国行政复议法实施条例》第五十七条第二款的规定，建议：',
        '{suggestion}',
      ],
      signatory: '{issuer}',
      fields: ['suggestionTo', 'problem', 'suggestion'],
    },
    'performance-report': {
      id: 'performance-report',
      name: ['履行报告', 'Report on performance'],
      kind: 'letter',
      title: '履行行政复议决定情况报告',
      addressee: AUTHORITY,
      body: [
        '{applicant.name}不服{act}一案的行政复议决定，本单位已于{performedOn:date}履行。',
        '{performance}',
        { paragraph: '重新作出的行政行为：{newAct}', when: 'newAct' },
      ],
      signatory: '{respondent}',
      fields: ['applicant', 'act', 'performedOn', 'performance', 'newAct', 'respondent'],
    },
    'performance-order': {
      id: 'performance-order',
      name: ['责令履行通知书', 'Order to perform'],
      series: '宿区行复责',
      kind: 'notice',
      title: '责令履行通知书',
      addressee: '{respondent}',
      body: [
        `{applicant.name}不服你单位作出的{act}一案，你单位未履行或者无正当理由拖延履行行政复议决定。依照${on.performance}的规定，责令你单位自收到本通知之日起{newLimitDays}日内履行。`,
        { paragraph: '本机关将约谈你单位有关负责人。', when: 'talk' },
      ],
      signatory: AUTHORITY,
      fields: ['respondent', 'applicant', 'act', 'newLimitDays', 'talk'],
    },
  } satisfies Record<string, DocumentTemplate>
}
