import type { ReportFigure } from '#readings/annual-report.ts'
import type { Words } from '#engine/words.ts'

/**
 * Every figure that the report states, in the order in which it states them. A figure belongs to the system that its id begins with and is the
 * indicator that it ends with, unless it says otherwise. No values: those come from the records.
 */
export const figures: readonly ReportFigure[] = [
  // 1
  count('1.1', 'leadership.committee-session', ['全面依法治区委员会会议届次', 'Latest session of the committee for law-based governance']),
  count(
    '1.1',
    'leadership.executive-meetings-on-law',
    ['专题研究法治政府建设的政府常务会议次数', 'Executive meetings on rule-of-law topics'],
    ['次', 'meetings'],
  ),

  // 2.1
  count('2.1.1', 'channels.mobile-apps', ['手机APP移动应用数', 'Mobile applications offered'], ['个', 'applications'], 'service-channels'),
  count('2.1.1', 'channels.api-ports', ['接入端口数', 'Service ports connected'], ['个', 'ports'], 'service-channels'),
  count(
    '2.1.1',
    'power-list.items-at-centre',
    ['进驻便民服务中心权力事项数', 'Power items handled at the service centre'],
    ['项', 'items'],
  ),
  count(
    '2.1.2',
    'enterprise-startup.offline-working-days',
    ['企业开办线下办结时限', 'Longest time in which an enterprise start-up was completed offline'],
    ['个工作日', 'working days'],
  ),
  count(
    '2.1.2',
    'business-environment.quarterly-reports',
    ['营商环境指标按季度监测通报次数', 'Quarterly notices on business-environment indicators'],
    ['次', 'notices'],
  ),
  count(
    '2.1.2',
    'enterprise-outreach.consultations',
    ['法企同行接受法律咨询次数', 'Legal consultations given to enterprises by visiting judges'],
    ['次', 'consultations'],
  ),
  count('2.1.3', 'credit.checks', ['信用核查人（户）次', 'Credit checks of persons and firms'], ['人（户）次', 'checks']),
  count('2.1.3', 'credit.joint-punishments', ['联合惩戒例数', 'Joint punishments of seriously dishonest subjects'], ['例', 'measures']),
  count(
    '2.1.3',
    'double-random.member-units',
    ['双随机成员单位数（均建一单两库）', 'Double-random member units, each with one list and two libraries'],
    ['家', 'units'],
  ),
  percent('2.1.3', 'double-random.completion-rate', ['双随机抽查完成率', 'Double-random inspections completed']),
  count('2.1.4', 'emergency-plan.overall', ['总体应急预案数', 'Overall emergency plans'], ['件', 'plans']),
  count('2.1.4', 'emergency-plan.special', ['区级专项应急预案数', 'Special emergency plans of the district'], ['件', 'plans']),
  count('2.1.4', 'emergency-plan.categories', ['专项预案类别数', 'Categories covered by the special plans'], ['类', 'categories']),
  count('2.1.4', 'incident.report-forms', ['报灾救助常用表数', 'Usual forms for disaster reporting and relief'], ['张', 'forms']),
  count('2.1.6', 'enterprise-resumption.measures', ['复工复产支持意见条数', 'Measures in support of resuming work'], ['条', 'measures']),
  count(
    '2.1.7',
    'public-legal-service.functions',
    ['公共法律服务中心功能数', 'Functions of the public legal service centre'],
    ['项', 'functions'],
    'public-legal-service-centre',
  ),
  count('2.1.7', 'court-stations.stations', ['审务工作站数', 'Court work stations in townships and sub-districts'], ['个', 'stations']),
  count('2.1.7', 'court-stations.judges', ['挂钩村居法官及助理人数', 'Judges and assistants attached to villages'], ['名', 'persons']),

  // 2.2
  count(
    '2.2.1',
    'normative-document.clean-up-interval-years',
    ['规范性文件清理周期', 'Time between clean-ups of normative documents'],
    ['年', 'years'],
  ),
  percent('2.2.2', 'normative-document.filing-rate', ['规范性文件报备率', 'Normative documents filed in time']),
  percent('2.2.2', 'normative-document.filing-review-rate', ['备案审查率', 'Filed documents reviewed']),

  // 2.3
  count('2.3.2', 'decision-accountability.cases', ['行政决策责任追究案件数', 'Decision-accountability cases'], ['起', 'cases']),
  count(
    '2.3.3',
    'legal-counsel.meetings',
    ['法律顾问参与会办会次数', 'Meetings on key problems joined by legal counsel'],
    ['次', 'meetings'],
  ),
  count('2.3.3', 'legal-counsel.documents-reviewed', ['法律顾问审核文件份数', 'Documents reviewed by legal counsel'], ['份', 'documents']),
  count('2.3.3', 'legal-counsel.advice', ['法律顾问提出法律建议条数', 'Items of legal advice given'], ['条', 'items']),

  // 2.4
  count(
    '2.4.1',
    'township-delegation.powers',
    ['首批下放行政处罚权项数', 'Penalty powers delegated to townships in the first batch'],
    ['项', 'powers'],
  ),
  count(
    '2.4.2',
    'three-systems.agencies',
    ['制定三项制度文件的行政执法机关数', 'Enforcement agencies that adopted the three systems'],
    ['家', 'agencies'],
  ),
  count(
    '2.4.2',
    'three-systems.townships',
    ['制定三项制度文件的乡镇人民政府数', 'Township governments that adopted the three systems'],
    ['个', 'townships'],
  ),
  count(
    '2.4.2',
    'three-systems.special-inspections',
    ['三项制度专项检查次数', 'Special inspections of the three systems'],
    ['次', 'inspections'],
    'enforcement-supervision',
  ),
  count('2.4.3', 'enforcement-officers.qualified', ['取得执法资格人数', 'Persons who gained enforcement qualification'], ['人', 'persons']),
  count(
    '2.4.4',
    'criminal-transfer.joint-meetings',
    ['两法衔接联席会议次数', 'Joint meetings of administrative and criminal justice'],
    ['次', 'meetings'],
  ),
  count('2.4.4', 'criminal-transfer.filed', ['移送案件备案件数', 'Transferred cases filed for the record'], ['件', 'cases']),
  count(
    '2.4.4',
    'criminal-transfer.police-filings-supervised',
    ['监督公安机关立案件数', 'Police case filings brought about by supervision'],
    ['件', 'filings'],
  ),
  count(
    '2.4.4',
    'criminal-transfer.transfers-urged',
    ['督促移送涉罪案件数', 'Transfers of suspected crime urged on agencies'],
    ['件', 'transfers'],
  ),
  count('2.4.5', 'enforcement-supervision.inspections', ['执法监督检查次数', 'Enforcement supervision inspections'], ['次', 'inspections']),
  count('2.4.5', 'enforcement-supervision.notices', ['执法监督检查通报次数', 'Enforcement supervision notices'], ['次', 'notices']),
  count(
    '2.4.5',
    'enforcement-supervision.case-file-reviews',
    ['执法卷宗评查次数', 'Case-file reviews by invited supervisors'],
    ['次', 'reviews'],
  ),

  // 2.5
  count(
    '2.5.1',
    'new-media.accounts-before',
    ['政务新媒体清理前家数', 'Government new-media accounts before the clean-up'],
    ['家', 'accounts'],
  ),
  count(
    '2.5.1',
    'new-media.accounts-after',
    ['政务新媒体清理后家数', 'Government new-media accounts after the clean-up'],
    ['家', 'accounts'],
  ),
  count(
    '2.5.1',
    'disclosure.items',
    ['公开信息条数', 'Items of government information published'],
    ['条', 'items'],
    'disclosure-proactive',
  ),
  count(
    '2.5.1',
    'disclosure.live-meetings',
    ['直播政府会议次数', 'Government meetings broadcast live'],
    ['次', 'meetings'],
    'live-meetings',
  ),
  count('2.5.1', 'disclosure.requests', ['办理依申请公开件数', 'Disclosure requests handled'], ['件', 'requests'], 'disclosure-request'),
  count(
    '2.5.2',
    'peoples-congress-proposals.count',
    ['人大代表议案建议件数', 'People’s-congress bills and suggestions'],
    ['件', 'proposals'],
  ),
  count('2.5.2', 'cppcc-proposals.count', ['政协委员提案件数', 'CPPCC proposals'], ['件', 'proposals']),
  percent('2.5.2', 'proposals.reply-rate', ['建议提案办复率', 'Proposals replied to in time'], 'peoples-congress-proposals'),
  percent('2.5.2', 'proposals.satisfaction', ['建议提案满意率', 'Satisfaction with replies to proposals'], 'peoples-congress-proposals'),
  count('2.5.3', 'hotline.accepted', ['受理网络问政件数', 'Online inquiries accepted'], ['件', 'work orders'], 'hotline-12345'),
  percent('2.5.3', 'hotline.satisfaction', ['网络问政满意率', 'Satisfaction with online inquiries'], 'hotline-12345'),

  // 2.6
  count('2.6.1', 'pre-trial-mediation.cases', ['诉前调解案件数', 'Pre-trial mediation cases'], ['件', 'cases']),
  count('2.6.1', 'pre-trial-mediation.succeeded', ['诉前调解成功件数', 'Pre-trial mediations that succeeded'], ['件', 'cases']),
  percent('2.6.1', 'pre-trial-mediation.success-rate', ['诉前调解调成率', 'Pre-trial mediation success rate']),
  count('2.6.2', 'reconsideration.received', ['收到行政复议申请件数', 'Reconsideration applications received'], ['件', 'applications']),
  count('2.6.2', 'reconsideration.accepted', ['受理行政复议件数', 'Reconsideration applications accepted'], ['件', 'cases']),
  count(
    '2.6.2',
    'reconsideration.concluded',
    ['审结行政复议件数', 'Reconsideration cases concluded, carried-over ones included'],
    ['件', 'cases'],
  ),
  count(
    '2.6.2',
    'reconsideration.concluded-carried-over',
    ['上年结转结案件数', 'Concluded cases carried over from earlier years'],
    ['件', 'cases'],
  ),
  count('2.6.2', 'reconsideration.opinion-letters', ['行政复议意见书份数', 'Reconsideration opinion letters'], ['份', 'letters']),
  count('2.6.2', 'reconsideration.direct-corrections', ['直接纠错件数', 'Cases decided by direct correction'], ['件', 'cases']),
  count('2.6.2', 'litigation-response.new', ['新收行政应诉案件数', 'Administrative lawsuits newly received'], ['件', 'cases']),
  count(
    '2.6.2',
    'litigation-response.concluded-first-instance',
    ['一审已结案件数', 'Lawsuits concluded at first instance'],
    ['件', 'cases'],
  ),
  percent('2.6.2', 'litigation-response.head-appearance-rate', [
    '行政机关负责人出庭应诉率',
    'Hearings at which the head of the organ appeared',
  ]),
  count('2.6.3', 'administrative-mediation.cases', ['行政调解件数', 'Administrative mediations'], ['件', 'cases']),

  // 2.7
  count(
    '2.7.2',
    'law-popularisation.model-townships',
    ['市级法治乡镇街道数', 'Townships and sub-districts named city-level models'],
    ['个', 'townships and sub-districts'],
  ),
  count('2.7.2', 'law-popularisation.digest-issues', ['普法掠影期数', 'Issues of the monthly digest'], ['期', 'issues']),
  count('2.7.2', 'law-popularisation.events', ['专项普法活动场次', 'Law-popularisation events'], ['场次', 'events']),
]

function count(section: string, id: string, name: Words, unit?: Words, system?: string): ReportFigure {
  return { ...placed(section, id, name, system), as: 'count', ...(unit && { unit }) }
}

function percent(section: string, id: string, name: Words, system?: string): ReportFigure {
  return { ...placed(section, id, name, system), as: 'percent' }
}

function placed(section: string, id: string, name: Words, system: string | undefined): Omit<ReportFigure, 'as' | 'unit'> {
  const [first, last] = id.split('.') as [string, string]
  return { id, section, name, system: system ?? first, indicator: last }
}
