import type { Words } from '#engine/words.ts'

type Options = Readonly<Record<string, Words>>

/** R1–R7: 2023年修订第三十条第一款各项，实施条例第二十八条各项。An application that meets all seven is accepted; a refusal names the one that fails. */
export const conditions = {
  R1: ['有明确的申请人和符合规定的被申请人', 'identifiable applicant and proper respondent'],
  R2: ['申请人与被申请行政复议的行政行为有利害关系', 'interest in the act'],
  R3: ['有具体的行政复议请求和理由', 'concrete request and reasons'],
  R4: ['在法定申请期限内提出', 'in time'],
  R5: ['属于行政复议范围', 'within the scope of reconsideration'],
  R6: ['属于本机关的管辖范围', 'within this organ’s jurisdiction'],
  R7: ['行政复议机关、人民法院未受理过', 'not already accepted here or by a court'],
} as const satisfies Options

/** S1–S10: 实施条例第四十一条第一款。S6 is new in 2023, which also leaves 被宣告失踪 out of S3; S9 is what `open-attached-review` records. */
export const suspensionGroundsUntil2023 = {
  S1: ['申请人死亡，近亲属尚未确定是否参加', 'applicant dead, relatives undecided'],
  S2: ['申请人丧失行为能力，尚未确定法定代理人', 'applicant incapable, guardian undecided'],
  S3: ['申请人下落不明或者被宣告失踪', 'applicant missing or declared missing'],
  S4: ['申请人终止，尚未确定权利义务承受人', 'applicant entity ended, successor undecided'],
  S5: ['因不可抗力等不能参加行政复议', 'force majeure or other good cause'],
  S7: ['法律适用问题需要有权机关解释或者确认', 'interpretation by the competent organ awaited'],
  S8: ['以其他案件的审理结果为依据，而其他案件尚未审结', 'depends on another case'],
  S10: ['其他需要中止的情形', 'other'],
} as const satisfies Options

export const suspensionGrounds = {
  ...suspensionGroundsUntil2023,
  S3: ['申请人下落不明', 'applicant missing'],
  S6: ['进行调解、和解，申请人和被申请人同意中止', 'mediation or settlement, both agree'],
} as const satisfies Options

/** T2–T5; T1, a withdrawal that the office permits, is the step `withdraw`. */
export const terminationGrounds = {
  T2: ['申请人死亡，没有近亲属或者近亲属放弃', 'applicant dead, no relatives or they waive'],
  T3: ['申请人终止，没有承受人或者承受人放弃', 'entity ended, no successor or it waives'],
  T4: ['因同一违法行为涉嫌犯罪，被采取刑事强制措施', 'detention turned into a criminal coercive measure'],
  T5: ['中止满六十日，中止的原因仍未消除', 'suspended for sixty days, cause still there'],
} as const satisfies Options

/** 2017: 第二十八条、第二十九条；实施条例第四十七条、第四十八条。 */
export const outcomesUntil2023 = {
  uphold: ['维持', 'upheld'],
  'reject-request': ['驳回行政复议请求', 'request rejected'],
  revoke: ['撤销', 'revoked'],
  'revoke-part': ['部分撤销', 'revoked in part'],
  alter: ['变更', 'altered'],
  'confirm-unlawful': ['确认违法', 'confirmed unlawful'],
  'order-perform': ['责令履行', 'ordered to perform'],
} as const satisfies Options

/** 2023: 第六十三条至第七十一条。 */
export const outcomes = {
  ...outcomesUntil2023,
  'confirm-void': ['确认无效', 'confirmed void'],
  'agreement-liability': ['责令承担行政协议责任', 'liability under an administrative agreement'],
} as const satisfies Options

/** 直接纠错: what counts as a correction of the act. */
export const correctingOutcomes = [
  'revoke',
  'revoke-part',
  'alter',
  'confirm-unlawful',
  'confirm-void',
  'order-perform',
  'agreement-liability',
] as const

/** What the law of 2017 lets be reconsidered (第六条), and what it does not (第八条). */
export const actKindsUntil2023 = {
  penalty: ['行政处罚', 'penalty'],
  detention: ['行政拘留', 'administrative detention'],
  compulsion: ['行政强制', 'coercion'],
  'personal-restriction': ['限制人身自由的强制措施', 'coercive restriction of liberty'],
  licence: ['行政许可', 'licence'],
  resource: ['自然资源权属', 'rights in natural resources'],
  expropriation: ['征收征用', 'expropriation'],
  autonomy: ['侵犯经营自主权、农村土地权利', 'autonomy of enterprise, rural land rights'],
  levy: ['违法要求履行义务', 'unlawful levy'],
  duty: ['不履行法定职责', 'failure to perform a duty'],
  benefit: ['社会保障给付', 'social benefit'],
  disclosure: ['政府信息公开', 'disclosure of information'],
  other: ['其他行政行为', 'other act'],
  'act-of-state': ['国家行为（不属于范围）', 'act of state (out of scope)'],
  'normative-act': ['法规、规章、规范性文件本身（不属于范围）', 'a normative act itself (out of scope)'],
  personnel: ['奖惩、任免等人事决定（不属于范围）', 'personnel decision (out of scope)'],
  'civil-mediation': ['对民事纠纷的调解（不属于范围）', 'mediation of a civil dispute (out of scope)'],
} as const satisfies Options

/** 2023: 第十一条 adds compensation, work injury, competition and agreements. */
export const actKinds = {
  ...actKindsUntil2023,
  compensation: ['行政赔偿', 'state compensation'],
  'work-injury': ['工伤认定', 'work injury'],
  competition: ['排除、限制竞争', 'restriction of competition'],
  agreement: ['行政协议', 'administrative agreement'],
} as const satisfies Options

export const outOfScope: readonly string[] = ['act-of-state', 'normative-act', 'personnel', 'civil-mediation']

/** Whose act it is decides which organ reconsiders it. */
export const respondentKinds = {
  department: ['本级政府工作部门', 'department of this government'],
  'justice-bureau': ['本级司法行政部门', 'justice bureau'],
  'lower-government': ['下一级人民政府', 'government one level lower'],
  agency: ['派出机关、派出机构', 'dispatched agency'],
  authorised: ['法律、法规、规章授权的组织', 'authorised organisation'],
  vertical: ['海关、金融、外汇、税务、国家安全等机关', 'customs, finance, foreign exchange, tax, state security'],
  elsewhere: ['其他机关管辖的被申请人', 'respondent under another organ'],
} as const satisfies Options
