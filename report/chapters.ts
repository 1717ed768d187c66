import { TO_BE_WRITTEN } from '#readings/annual-report.ts'
import type { Chapter } from '#readings/annual-report.ts'

/**
 * The report's chapters and headings, as the report of 2020 has them. The sentences are ours and state figures only: `{figure-id}` is the figure
 * with its Chinese measure word, `{year}` and `{place}` are those of the report. What no record can tell is left to the drafting office.
 */
export const chapters: readonly Chapter[] = [
  {
    number: '0',
    heading: ['前言', 'Preamble'],
    paragraphs: [
      TO_BE_WRITTEN,
      [
        '现将{place}{year}年度法治政府建设情况报告如下。报告中的数据由办案记录按指标公式计算；所属系统尚未建成的，注明“系统待建”，不作估计。',
        'This is the report of {place} on building a law-based government in {year}. Its figures are computed from the case records by the formulas of their indicators; where the system is not built yet, the report says so and estimates nothing.',
      ],
    ],
  },
  {
    number: '1',
    heading: [
      '党政主要负责人切实履行第一责任，高位推进法治政府建设',
      'Party and government leaders discharge their first responsibility and advance law-based government from the top',
    ],
    paragraphs: [],
    chapters: [
      {
        number: '1.1',
        heading: ['紧抓关键少数，加强对法治政府建设的领导', 'Leadership: the decisive few'],
        paragraphs: [
          [
            '全面依法治区委员会会议开至第{leadership.committee-session}次；政府常务会议专题研究法治政府建设{leadership.executive-meetings-on-law}。',
            'Latest session of the committee for law-based governance: {leadership.committee-session}; executive meetings of the government on rule-of-law topics: {leadership.executive-meetings-on-law}.',
          ],
        ],
      },
      {
        number: '1.2',
        heading: ['紧扣示范创建活动，纵深推进法治政府建设', 'Becoming a model district: law-based government in depth'],
        paragraphs: [TO_BE_WRITTEN],
      },
      {
        number: '1.3',
        heading: ['紧盯任务落实，实行督查考核责任制', 'Tasks carried out: inspection, assessment and responsibility'],
        paragraphs: [TO_BE_WRITTEN],
      },
    ],
  },
  {
    number: '2',
    heading: ['推进法治政府建设主要举措和工作成效', 'Main measures and results'],
    paragraphs: [],
    chapters: [
      {
        number: '2.1',
        heading: ['依法全面履行政府职能，提高政务服务水平', 'Performing all functions of government by law and serving better'],
        paragraphs: [],
        chapters: [
          {
            number: '2.1.1',
            heading: ['深化行政审批制度改革', 'Reform of administrative approval'],
            paragraphs: [
              [
                '提供手机移动应用{channels.mobile-apps}，接入端口{channels.api-ports}；进驻便民服务中心的权力事项{power-list.items-at-centre}。',
                'Mobile applications offered: {channels.mobile-apps}; service ports connected: {channels.api-ports}; power items handled at the service centre: {power-list.items-at-centre}.',
              ],
            ],
          },
          {
            number: '2.1.2',
            heading: ['持续优化法治化营商环境', 'A better business environment under the law'],
            paragraphs: [
              [
                '企业开办线下办结用时最长{enterprise-startup.offline-working-days}；营商环境指标按季度监测通报{business-environment.quarterly-reports}；“法企同行”活动接受法律咨询{enterprise-outreach.consultations}。',
                'Longest time to complete an enterprise start-up offline, in working days: {enterprise-startup.offline-working-days}; quarterly notices on business-environment indicators: {business-environment.quarterly-reports}; legal consultations given to enterprises: {enterprise-outreach.consultations}.',
              ],
            ],
          },
          {
            number: '2.1.3',
            heading: ['加强社会信用体系建设', 'Social credit'],
            paragraphs: [
              [
                '应用信用核查{credit.checks}，对严重失信主体实施联合惩戒{credit.joint-punishments}。建成“一单两库”的“双随机”成员单位{double-random.member-units}，抽查完成率{double-random.completion-rate}。',
                'Credit checks: {credit.checks}; joint punishments of seriously dishonest subjects: {credit.joint-punishments}. Double-random member units with one list and two libraries: {double-random.member-units}; inspections completed: {double-random.completion-rate}.',
              ],
            ],
          },
          {
            number: '2.1.4',
            heading: ['建立健全应急管理机制体制', 'Emergency management'],
            paragraphs: [
              [
                '现行总体应急预案{emergency-plan.overall}、区级专项应急预案{emergency-plan.special}，专项预案涵盖{emergency-plan.categories}；提供报灾救助常用表{incident.report-forms}。',
                'Overall emergency plans in force: {emergency-plan.overall}; special plans of the district: {emergency-plan.special}; categories that these cover: {emergency-plan.categories}; usual forms for disaster reporting and relief: {incident.report-forms}.',
              ],
            ],
          },
          { number: '2.1.5', heading: ['全力推进生态文明建设', 'Ecological civilisation'], paragraphs: [TO_BE_WRITTEN] },
          {
            number: '2.1.6',
            heading: ['全面落实依法防控疫情任务', 'Epidemic control by law'],
            paragraphs: [
              [
                '现行支持企业复工复产的意见{enterprise-resumption.measures}。',
                'Measures in force that support enterprises in resuming work: {enterprise-resumption.measures}.',
              ],
            ],
          },
          {
            number: '2.1.7',
            heading: ['推动公共法律服务体系建设', 'Public legal services'],
            paragraphs: [
              [
                '公共法律服务中心设有功能{public-legal-service.functions}；乡镇、街道设审务工作站{court-stations.stations}，挂钩村居的法官及助理{court-stations.judges}。',
                'Functions of the public legal service centre: {public-legal-service.functions}; court work stations in townships and sub-districts: {court-stations.stations}; judges and assistants attached to villages: {court-stations.judges}.',
              ],
            ],
          },
        ],
      },
      {
        number: '2.2',
        heading: ['完善依法行政制度体系，实现政府管理法治化', 'A complete system of rules for administration by law'],
        paragraphs: [],
        chapters: [
          {
            number: '2.2.1',
            heading: ['加强规范性文件动态化管理', 'Keeping normative documents up to date'],
            paragraphs: [
              [
                '最近两次规范性文件清理相隔{normative-document.clean-up-interval-years}。',
                'Years between the last two clean-ups of normative documents: {normative-document.clean-up-interval-years}.',
              ],
            ],
          },
          {
            number: '2.2.2',
            heading: ['严格落实政府规范性文件合法性审查备案制度', 'Legality review and filing of normative documents'],
            paragraphs: [
              [
                '规范性文件报备率{normative-document.filing-rate}，备案审查率{normative-document.filing-review-rate}。',
                'Normative documents filed in time: {normative-document.filing-rate}; filed documents reviewed: {normative-document.filing-review-rate}.',
              ],
            ],
          },
        ],
      },
      {
        number: '2.3',
        heading: ['推进依法民主科学决策，提高政府决策水平', 'Lawful, democratic and well-founded decisions'],
        paragraphs: [],
        chapters: [
          {
            number: '2.3.1',
            heading: ['加强重大行政决策规范化建设', 'Major administrative decisions by rule'],
            paragraphs: [TO_BE_WRITTEN],
          },
          {
            number: '2.3.2',
            heading: ['严格重大行政决策责任追究', 'Accountability for major decisions'],
            paragraphs: [
              [
                '办理行政决策责任追究案件{decision-accountability.cases}。',
                'Decision-accountability cases handled: {decision-accountability.cases}.',
              ],
            ],
          },
          {
            number: '2.3.3',
            heading: ['充分发挥法律顾问作用', 'Legal counsel'],
            paragraphs: [
              [
                '法律顾问参与重点难点问题会办{legal-counsel.meetings}，审核文件{legal-counsel.documents-reviewed}，提出法律建议{legal-counsel.advice}。',
                'Meetings on key problems joined by legal counsel: {legal-counsel.meetings}; documents reviewed: {legal-counsel.documents-reviewed}; items of advice given: {legal-counsel.advice}.',
              ],
            ],
          },
        ],
      },
      {
        number: '2.4',
        heading: ['严格规范公正文明执法，提高行政执法水平', 'Strict, regular, fair and civil enforcement'],
        paragraphs: [],
        chapters: [
          {
            number: '2.4.1',
            heading: ['综合行政执法体制改革稳步推进', 'Reform of integrated enforcement'],
            paragraphs: [
              [
                '首批下放乡镇的行政处罚权{township-delegation.powers}。',
                'Penalty powers delegated to townships in the first batch: {township-delegation.powers}.',
              ],
            ],
          },
          {
            number: '2.4.2',
            heading: ['全面推行行政执法“三项制度”', 'The three systems of enforcement'],
            paragraphs: [
              [
                '制定“三项制度”文件的行政执法机关{three-systems.agencies}、乡镇人民政府{three-systems.townships}；开展专项检查{three-systems.special-inspections}。',
                'Agencies that adopted the three systems: {three-systems.agencies}; township governments: {three-systems.townships}; special inspections: {three-systems.special-inspections}.',
              ],
            ],
          },
          {
            number: '2.4.3',
            heading: ['健全行政执法人员管理制度', 'Enforcement officers'],
            paragraphs: [
              [
                '新取得行政执法资格{enforcement-officers.qualified}。',
                'Persons who gained enforcement qualification: {enforcement-officers.qualified}.',
              ],
            ],
          },
          {
            number: '2.4.4',
            heading: ['完善“两法衔接”制度机制', 'Where administrative and criminal justice meet'],
            paragraphs: [
              [
                '召开“两法衔接”联席会议{criminal-transfer.joint-meetings}；行政执法机关移送案件备案{criminal-transfer.filed}，监督公安机关立案{criminal-transfer.police-filings-supervised}，督促行政机关移送涉罪案件{criminal-transfer.transfers-urged}。',
                'Joint meetings: {criminal-transfer.joint-meetings}; transferred cases filed for the record: {criminal-transfer.filed}; police filings brought about by supervision: {criminal-transfer.police-filings-supervised}; transfers urged on agencies: {criminal-transfer.transfers-urged}.',
              ],
            ],
          },
          {
            number: '2.4.5',
            heading: ['常态化开展行政执法监督工作', 'Standing supervision of enforcement'],
            paragraphs: [
              [
                '开展行政执法监督检查{enforcement-supervision.inspections}，印发通报{enforcement-supervision.notices}；特邀监督员评查执法卷宗{enforcement-supervision.case-file-reviews}。',
                'Supervision inspections: {enforcement-supervision.inspections}; notices issued: {enforcement-supervision.notices}; case-file reviews by invited supervisors: {enforcement-supervision.case-file-reviews}.',
              ],
            ],
          },
        ],
      },
      {
        number: '2.5',
        heading: ['强化行政权力制约监督，确保权力在阳光下运行', 'Power checked, supervised and exercised in the open'],
        paragraphs: [],
        chapters: [
          {
            number: '2.5.1',
            heading: ['全面推进政府信息公开', 'Disclosure of government information'],
            paragraphs: [
              [
                '备案运营的政务新媒体，清理前{new-media.accounts-before}，清理后{new-media.accounts-after}；公开政府信息{disclosure.items}，直播政府会议{disclosure.live-meetings}，办理依申请公开{disclosure.requests}。',
                'Government new-media accounts before the clean-up: {new-media.accounts-before}; after it: {new-media.accounts-after}; items published: {disclosure.items}; meetings broadcast live: {disclosure.live-meetings}; disclosure requests handled: {disclosure.requests}.',
              ],
            ],
          },
          {
            number: '2.5.2',
            heading: ['自觉接受人大政协监督', 'Supervision by the people’s congress and the CPPCC'],
            paragraphs: [
              [
                '收到人大代表议案建议{peoples-congress-proposals.count}、政协委员提案{cppcc-proposals.count}；按期办复率{proposals.reply-rate}，满意率{proposals.satisfaction}。',
                'People’s-congress bills and suggestions: {peoples-congress-proposals.count}; CPPCC proposals: {cppcc-proposals.count}; replied to in time: {proposals.reply-rate}; satisfaction: {proposals.satisfaction}.',
              ],
            ],
          },
          {
            number: '2.5.3',
            heading: ['拓宽监督渠道', 'More channels of supervision'],
            paragraphs: [
              [
                '政务服务热线受理网络问政{hotline.accepted}，满意率{hotline.satisfaction}。',
                'Online inquiries accepted by the government hotline: {hotline.accepted}; satisfaction: {hotline.satisfaction}.',
              ],
            ],
          },
        ],
      },
      {
        number: '2.6',
        heading: ['依法有效化解社会矛盾，维护群众合法权益', 'Resolving disputes by law and protecting lawful rights'],
        paragraphs: [],
        chapters: [
          {
            number: '2.6.1',
            heading: ['积极探索多元化矛盾纠纷化解机制', 'Many ways to resolve a dispute'],
            paragraphs: [
              [
                '法院诉前调解案件{pre-trial-mediation.cases}，调解成功{pre-trial-mediation.succeeded}，调成率{pre-trial-mediation.success-rate}。',
                'Cases mediated before trial: {pre-trial-mediation.cases}; succeeded: {pre-trial-mediation.succeeded}; success rate: {pre-trial-mediation.success-rate}.',
              ],
            ],
          },
          {
            number: '2.6.2',
            heading: ['严格规范行政复议与行政应诉工作', 'Administrative reconsideration and response to lawsuits'],
            paragraphs: [
              [
                '收到行政复议申请{reconsideration.received}，受理{reconsideration.accepted}，审结{reconsideration.concluded}，其中以前年度结转{reconsideration.concluded-carried-over}；制发行政复议意见书{reconsideration.opinion-letters}，直接纠错{reconsideration.direct-corrections}。',
                'Reconsideration applications received: {reconsideration.received}; accepted: {reconsideration.accepted}; concluded: {reconsideration.concluded}, of these carried over from earlier years: {reconsideration.concluded-carried-over}; opinion letters: {reconsideration.opinion-letters}; direct corrections: {reconsideration.direct-corrections}.',
              ],
              [
                '新收行政应诉案件{litigation-response.new}，一审已结{litigation-response.concluded-first-instance}；行政机关负责人出庭应诉率{litigation-response.head-appearance-rate}。',
                'Administrative lawsuits newly received: {litigation-response.new}; concluded at first instance: {litigation-response.concluded-first-instance}; hearings at which the head of the organ appeared: {litigation-response.head-appearance-rate}.',
              ],
            ],
          },
          {
            number: '2.6.3',
            heading: ['建立健全行政调解工作机制', 'Administrative mediation'],
            paragraphs: [
              ['办理行政调解{administrative-mediation.cases}。', 'Administrative mediations handled: {administrative-mediation.cases}.'],
            ],
          },
        ],
      },
      {
        number: '2.7',
        heading: ['多措并举推进落实，筑牢法治政府建设基础', 'Firm foundations for law-based government'],
        paragraphs: [],
        chapters: [
          { number: '2.7.1', heading: ['加强领导干部学法用法', 'Leaders study and apply the law'], paragraphs: [TO_BE_WRITTEN] },
          {
            number: '2.7.2',
            heading: ['全面开展法治宣传教育活动', 'Law popularisation and education'],
            paragraphs: [
              [
                '创成市级法治乡镇街道{law-popularisation.model-townships}，推送普法掠影{law-popularisation.digest-issues}，开展专项普法活动{law-popularisation.events}。',
                'Townships and sub-districts named city-level models: {law-popularisation.model-townships}; issues of the monthly digest: {law-popularisation.digest-issues}; law-popularisation events: {law-popularisation.events}.',
              ],
            ],
          },
          {
            number: '2.7.3',
            heading: ['加强法治政府建设督查考核', 'Inspection and assessment of law-based government'],
            paragraphs: [TO_BE_WRITTEN],
          },
        ],
      },
    ],
  },
  { number: '3', heading: ['法治政府建设存在的不足和原因', 'Shortcomings and their causes'], paragraphs: [TO_BE_WRITTEN] },
  {
    number: '4',
    heading: ['下一年度推进法治政府建设的主要安排', 'Main plans for the coming year'],
    paragraphs: [],
    chapters: [
      { number: '4.1', heading: ['继续深化政府职能转变', 'Further change of government functions'], paragraphs: [TO_BE_WRITTEN] },
      { number: '4.2', heading: ['创新行政执法方式，深挖执法潜力', 'New ways of enforcement'], paragraphs: [TO_BE_WRITTEN] },
      {
        number: '4.3',
        heading: ['强化制约监督，规范行政权力运行', 'Stronger checks on administrative power'],
        paragraphs: [TO_BE_WRITTEN],
      },
      { number: '4.4', heading: ['打造专业化法治工作队伍', 'A professional legal workforce'], paragraphs: [TO_BE_WRITTEN] },
    ],
  },
]
