import { longText, open, organ, text } from '#engine/field.ts'
import type { Register, RegisterEntry } from '#engine/register.ts'

function entry(key: string, topic: string, question: string, answer: string, source: string, owner: string, validFrom: string, validUntil?: string): RegisterEntry {
  return { key, validFrom, ...(validUntil === undefined ? {} : { validUntil }), value: { topic, question, answer: `（演示）${answer}`, source, owner } }
}

/**
 * 知识库: what agents answer from. Each entry has an owner who keeps it true, and ends when its source does; from an expired one nobody
 * answers. A demonstration set: the answers tell where to turn, and state no limit or amount of their own.
 */
export const knowledge: Register = {
  id: 'knowledge',
  name: ['知识库', 'Knowledge base'],
  key: ['条目编号', 'Entry'],
  fields: {
    topic: open(text('类别', 'Topic')),
    question: open(longText('问题', 'Question')),
    answer: open(longText('答案', 'Answer')),
    source: open(text('出处', 'Source')),
    owner: open(organ('维护单位', 'Owner')),
  },
  entries: [
    entry('K001', 'social.medical-insurance', '居民医保在哪里缴费？', '可以在镇街便民服务中心或者线上渠道缴费。', '区医疗保障局办事指南', 'medical-security', '2019-06-01'),
    entry('K002', 'social.medical-insurance', '异地就医怎样备案？', '可以在线上渠道或者医保窗口备案。', '区医疗保障局办事指南', 'medical-security', '2019-06-01'),
    entry('K003', 'social.pension', '养老保险关系怎样转移？', '在转入地社保经办机构申请。', '区人力资源和社会保障局办事指南', 'human-resources', '2019-06-01'),
    entry('K004', 'social.social-card', '社会保障卡丢失怎样挂失补办？', '先挂失，再到合作银行网点或者社保窗口补办。', '区人力资源和社会保障局办事指南', 'human-resources', '2019-06-01'),
    entry('K005', 'social.employment', '就业创业补贴向哪里申请？', '向户籍地或者经营地镇街人社站所申请。', '区人力资源和社会保障局办事指南', 'human-resources', '2019-06-01'),
    entry('K006', 'culture.school-admission', '学区怎样划分？', '以区教育局当年公布的招生方案为准。', '区教育局年度招生公告', 'education', '2019-06-01'),
    entry('K007', 'health.epidemic', '外来人员怎样申报？', '按照当日有效的防控通告，向所在社区申报。', '防控通告（已失效）', 'health', '2020-01-26', '2020-04-30'),
    entry('K008', 'health.epidemic', '核酸检测点在哪里？', '检测点和开放时间由卫生健康部门每日公布。', '区卫生健康局公告（已失效）', 'health', '2020-03-01', '2023-01-07'),
    entry('K009', 'health.epidemic', '传染病防控信息在哪里查询？', '以卫生健康部门公布的信息为准。', '区卫生健康局网站', 'health', '2019-06-01'),
    entry('K010', 'health.vaccination', '接种门诊什么时候开放？', '各门诊开放日在卫生健康部门网站公布。', '区卫生健康局公告', 'health', '2019-06-01'),
    entry('K011', 'environment.real-estate-registration', '办理不动产登记带什么材料？', '材料清单见登记窗口和线上指南。', '不动产登记办事指南', 'natural-resources', '2019-06-01'),
    entry('K012', 'commerce.registration', '个体工商户怎样登记？', '可以全程网办，也可以到市场监管窗口办理。', '市场主体登记办事指南（至2020年）', 'market-regulation', '2019-06-01', '2020-12-31'),
    entry('K013', 'commerce.registration', '个体工商户怎样登记？', '可以全程网办，也可以到政务服务大厅办理。', '市场主体登记办事指南（2021年起）', 'admin-approval', '2021-01-01'),
    entry('K014', 'commerce.consumer', '网购纠纷向谁投诉？', '可以通过全国12315平台向经营者所在地市场监管部门投诉。', '区市场监督管理局办事指南', 'market-regulation', '2019-06-01'),
    entry('K015', 'finance.tax', '车船税在哪里缴？', '可以线上缴纳，或者投保时由保险机构代收。', '区税务局办事指南', 'tax', '2019-06-01'),
    entry('K016', 'security.household', '身份证到期怎样换领？', '就近到户籍窗口办理。', '公安分局办事指南', 'public-security', '2019-06-01'),
    entry('K017', 'justice.legal-aid', '申请法律援助找谁？', '向区法律援助中心或者镇街工作站申请。', '区法律援助中心指南', 'justice', '2019-06-01'),
    entry('K018', 'administration.service-hall', '政务服务大厅什么时候上班？', '开放时间在政务服务网公布，部分窗口周末延时服务。', '区行政审批局公告', 'admin-approval', '2019-06-01'),
    entry('K019', 'administration.marriage', '结婚登记能预约吗？', '可以在线预约。', '区民政局办事指南', 'civil-affairs', '2019-06-01'),
    entry('K020', 'administration.resumption', '企业复工怎样备案？', '向所在镇街或者园区备案。', '企业复工复产通知（已失效）', 'industry-it', '2020-02-10', '2020-06-30'),
    entry('K021', 'transport.bus', '公交线路调整在哪里看？', '以交通运输部门和公交企业公告为准。', '区交通运输局公告', 'transport', '2019-06-01'),
    entry('K022', 'social.low-income', '低保向哪里申请？', '向户籍所在地镇街申请。', '区民政局办事指南', 'civil-affairs', '2019-06-01'),
    entry('K023', 'other.miscellaneous', '意见建议怎样提出？', '可以通过12345各渠道提出，由责任单位研究答复。', '区12345热线服务指南', 'gov-office', '2019-06-01'),
  ],
}
