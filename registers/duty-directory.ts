import { flag, open, organ, text } from '#engine/field.ts'
import type { Register, RegisterEntry } from '#engine/register.ts'

const FROM = '2019-03-01'

/** Topics of the first level, named after GB/T 39666-2020 (its text could not be read: unverified). */
const levels = {
  social: '社会保障和就业',
  culture: '教育文化体育',
  health: '卫生健康',
  environment: '生态环境和资源',
  construction: '城乡建设',
  transport: '交通运输',
  commerce: '商贸和消费',
  finance: '财税金融',
  security: '公共安全',
  justice: '司法和法律服务',
  administration: '行政管理和公共服务',
  other: '其他',
} as const

type Level = keyof typeof levels

/** One topic: its name, the responsible organ, and whether the township of the place handles it along. */
function topic(
  level: Level,
  id: string,
  name: string,
  organ: string,
  township: boolean,
  validFrom = FROM,
  validUntil?: string,
): RegisterEntry {
  return {
    key: `${level}.${id}`,
    validFrom,
    ...(validUntil === undefined ? {} : { validUntil }),
    value: { level, levelName: levels[level], name, organ, township },
  }
}

/**
 * 派单目录: which organ is responsible for a topic, and from when. A demonstration set, to be replaced by the place's own. A change of duty is
 * a new version of the entry: an order dispatched before it keeps the organ of its day.
 */
export const dutyDirectory: Register = {
  id: 'duty-directory',
  name: ['派单目录', 'Duty directory'],
  key: ['诉求类别', 'Topic'],
  keeper: { propose: 'registrar', approve: 'register-approver' },
  fields: {
    level: open(text('一级类别编号', 'First level')),
    levelName: open(text('一级类别', 'Name of the first level')),
    name: open(text('二级类别', 'Topic')),
    organ: open(organ('责任单位', 'Responsible organ')),
    township: open(flag('属地镇街协办', 'The township of the place handles it along')),
  },
  entries: [
    topic('social', 'wages', '拖欠工资', 'human-resources', false),
    topic('social', 'employment', '就业创业补贴', 'human-resources', false),
    topic('social', 'pension', '养老保险', 'human-resources', false),
    topic('social', 'work-injury', '工伤保险', 'human-resources', false),
    topic('social', 'social-card', '社会保障卡', 'human-resources', false),
    topic('social', 'labour-dispute', '劳动合同和劳动争议', 'human-resources', false),
    topic('social', 'medical-insurance', '医疗保险', 'medical-security', false),
    topic('social', 'low-income', '低保和临时救助', 'civil-affairs', true),
    topic('social', 'elderly-care', '养老服务', 'civil-affairs', true),
    topic('social', 'disability', '残疾人补贴', 'civil-affairs', true),
    topic('social', 'veterans', '退役军人优抚', 'veterans', false),

    topic('culture', 'school-admission', '入学招生', 'education', false),
    topic('culture', 'school-fees', '教育收费', 'education', false),
    topic('culture', 'training', '校外培训机构', 'education', false),
    topic('culture', 'kindergarten', '幼儿园管理', 'education', false),
    topic('culture', 'tourism', '旅游服务', 'culture-tourism', false),
    topic('culture', 'venues', '文化娱乐场所', 'culture-tourism', false),
    topic('culture', 'broadcast', '广播电视', 'culture-tourism', false),

    topic('health', 'epidemic', '传染病防控', 'health', true),
    topic('health', 'hospital', '医疗服务和医患纠纷', 'health', false),
    topic('health', 'vaccination', '预防接种', 'health', false),
    topic('health', 'birth', '生育登记和奖扶', 'health', true),
    topic('health', 'sanitation', '公共场所卫生', 'health', false),

    topic('environment', 'noise', '噪声污染', 'ecology', false),
    topic('environment', 'air', '大气污染和异味', 'ecology', false),
    topic('environment', 'water-pollution', '水污染', 'ecology', true),
    topic('environment', 'solid-waste', '固体废物', 'ecology', true),
    topic('environment', 'straw', '秸秆焚烧', 'ecology', true),
    topic('environment', 'land', '土地管理和违法用地', 'natural-resources', true),
    topic('environment', 'real-estate-registration', '不动产登记', 'natural-resources', false),
    topic('environment', 'planning', '规划', 'natural-resources', false),

    topic('construction', 'property', '物业管理', 'housing', true),
    topic('construction', 'housing-quality', '房屋质量', 'housing', false),
    topic('construction', 'presale', '商品房交付和办证', 'housing', false),
    topic('construction', 'demolition', '征收拆迁安置', 'housing', true),
    topic('construction', 'heating-gas', '供气', 'housing', false),
    topic('construction', 'night-work', '夜间施工', 'urban-management', false),
    topic('construction', 'illegal-building', '违法建设', 'urban-management', true),
    topic('construction', 'street-vending', '占道经营', 'urban-management', true),
    topic('construction', 'waste-collection', '生活垃圾和环境卫生', 'urban-management', true),
    topic('construction', 'lighting', '路灯照明', 'urban-management', false),
    topic('construction', 'greening', '园林绿化', 'urban-management', false),
    topic('construction', 'advertising', '户外广告', 'urban-management', false),
    topic('construction', 'parking', '停车管理', 'urban-management', false),
    topic('construction', 'manhole', '窨井盖和道路破损', 'housing', true),
    topic('construction', 'water-supply', '供水', 'water', false),
    topic('construction', 'drainage', '排水和积水', 'water', true),
    topic('construction', 'river', '河道管理', 'water', true),

    topic('transport', 'bus', '公交线路和服务', 'transport', false),
    topic('transport', 'taxi', '出租车和网约车', 'transport', false),
    topic('transport', 'rural-road', '农村公路', 'transport', true),
    topic('transport', 'overload', '货运超限', 'transport', false),
    topic('transport', 'signals', '交通信号和标线', 'public-security', false),

    topic('commerce', 'consumer', '消费维权', 'market-regulation', false),
    topic('commerce', 'food', '食品安全', 'market-regulation', false),
    topic('commerce', 'drugs', '药品和医疗器械', 'market-regulation', false),
    topic('commerce', 'price', '价格', 'market-regulation', false),
    topic('commerce', 'elevator', '电梯安全', 'market-regulation', false),
    topic('commerce', 'registration', '市场主体登记', 'market-regulation', false, FROM, '2020-12-31'),
    topic('commerce', 'registration', '市场主体登记', 'admin-approval', false, '2021-01-01'),
    topic('commerce', 'prepaid', '单用途预付卡', 'commerce', false),
    topic('commerce', 'tobacco', '卷烟经营', 'tobacco', false),

    topic('finance', 'tax', '税费缴纳', 'tax', false),
    topic('finance', 'illegal-fundraising', '非法集资', 'local-finance', true, FROM, '2024-03-31'),
    topic('finance', 'illegal-fundraising', '非法集资', 'finance', true, '2024-04-01'),
    topic('finance', 'subsidies', '惠农补贴发放', 'finance', true),

    topic('security', 'household', '户籍和身份证', 'public-security', false),
    topic('security', 'public-order', '治安管理', 'public-security', false),
    topic('security', 'fraud', '电信网络诈骗', 'public-security', false),
    topic('security', 'fire', '消防安全', 'fire-rescue', true),
    topic('security', 'work-safety', '安全生产', 'emergency', true),
    topic('security', 'fireworks', '烟花爆竹', 'emergency', true),

    topic('justice', 'legal-aid', '法律援助', 'justice', false),
    topic('justice', 'mediation', '人民调解', 'justice', true),
    topic('justice', 'notary', '公证和司法鉴定', 'justice', false),

    topic('administration', 'service-hall', '政务服务办理', 'admin-approval', false),
    topic('administration', 'village-affairs', '村务公开', 'civil-affairs', true),
    topic('administration', 'marriage', '婚姻登记', 'civil-affairs', false),
    topic('administration', 'agriculture', '农业生产和农机', 'agriculture', true),
    topic('administration', 'homestead', '宅基地', 'agriculture', true, '2020-01-01'),
    topic('administration', 'homestead', '宅基地', 'natural-resources', true, FROM, '2019-12-31'),
    topic('administration', 'business-environment', '营商环境', 'development-reform', false),
    topic('administration', 'credit', '信用修复', 'development-reform', false),
    topic('administration', 'resumption', '企业复工复产', 'industry-it', true, '2020-02-01', '2021-12-31'),

    topic('other', 'conduct', '工作作风', 'gov-office', false),
    topic('other', 'miscellaneous', '其他诉求', 'gov-office', true),
  ],
}
