/** One version of a statute, and when it is law. */
export interface StatuteVersion {
  /** Short title, as citations write it. */
  readonly law: string
  /** Title in full, without 中华人民共和国, where it is longer. */
  readonly title?: string
  /** Day of adoption (a law, an interpretation) or of promulgation (a regulation). */
  readonly version: string
  /** First and last day in force, both inclusive; without `until` still in force as far as known. */
  readonly inForce: { readonly from: string; readonly until?: string }
}

const SUPREME_COURT = '最高人民法院关于'

/**
 * The versions that citations may name, by law and then by age. Only the dates: the text is in a statute library outside the project.
 *
 * `from` is what the last article or the head of the statute says; for an amended law, whose last article still names the first day of the
 * first version, it is what the amending decision says. `until` is the eve of the next version.
 */
export const statutes: readonly StatuteVersion[] = [
  { law: '民法典', version: '2020-05-28', inForce: { from: '2021-01-01' } },
  { law: '民事诉讼法', version: '2017-06-27', inForce: { from: '2017-07-01', until: '2021-12-31' } },
  { law: '民事诉讼法', version: '2021-12-24', inForce: { from: '2022-01-01', until: '2023-12-31' } },
  { law: '民事诉讼法', version: '2023-09-01', inForce: { from: '2024-01-01' } },
  { law: '仲裁法', version: '2017-09-01', inForce: { from: '2018-01-01', until: '2026-02-28' } },
  { law: '人民调解法', version: '2010-08-28', inForce: { from: '2011-01-01' } },
  { law: '法律援助条例', version: '2003-07-21', inForce: { from: '2003-09-01' } },
  { law: '法律援助法', version: '2021-08-20', inForce: { from: '2022-01-01' } },
  {
    law: '司法确认规定',
    title: `${SUPREME_COURT}人民调解协议司法确认程序的若干规定`,
    version: '2011-03-23',
    inForce: { from: '2011-03-30' },
  },
  { law: '特邀调解规定', title: `${SUPREME_COURT}人民法院特邀调解的规定`, version: '2016-06-28', inForce: { from: '2016-07-01' } },

  { law: '行政复议法', version: '2017-09-01', inForce: { from: '2018-01-01', until: '2023-12-31' } },
  { law: '行政复议法', version: '2023-09-01', inForce: { from: '2024-01-01' } },
  { law: '行政复议法实施条例', version: '2007-05-29', inForce: { from: '2007-08-01' } },
  { law: '行政诉讼法', version: '2017-06-27', inForce: { from: '2017-07-01' } },
  { law: '行政诉讼法解释', title: `${SUPREME_COURT}适用《行政诉讼法》的解释`, version: '2018-02-06', inForce: { from: '2018-02-08' } },
  {
    law: '负责人出庭应诉规定',
    title: `${SUPREME_COURT}行政机关负责人出庭应诉若干问题的规定`,
    version: '2020-06-22',
    inForce: { from: '2020-07-01' },
  },
  // Adopted by the court on 2018-02-23, by the procuratorate on 2018-02-11; the 2020 amendment has not been read.
  {
    law: '检察公益诉讼解释',
    title: '最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释',
    version: '2018-02-23',
    inForce: { from: '2018-03-02', until: '2020-12-31' },
  },

  { law: '行政处罚法', version: '2017-09-01', inForce: { from: '2018-01-01', until: '2021-07-14' } },
  { law: '行政处罚法', version: '2021-01-22', inForce: { from: '2021-07-15' } },
  { law: '行政许可法', version: '2003-08-27', inForce: { from: '2004-07-01', until: '2019-04-22' } },
  { law: '行政许可法', version: '2019-04-23', inForce: { from: '2019-04-23' } },
  { law: '行政强制法', version: '2011-06-30', inForce: { from: '2012-01-01' } },
  {
    law: '移送涉嫌犯罪案件规定',
    title: '行政执法机关移送涉嫌犯罪案件的规定',
    version: '2001-07-09',
    inForce: { from: '2001-07-09', until: '2020-08-06' },
  },
  {
    law: '移送涉嫌犯罪案件规定',
    title: '行政执法机关移送涉嫌犯罪案件的规定',
    version: '2020-08-07',
    inForce: { from: '2020-08-07' },
  },
  {
    law: '市场监管行政处罚信息公示规定',
    title: '市场监督管理行政处罚信息公示规定',
    version: '2021-07-30',
    inForce: { from: '2021-09-01' },
  },

  {
    law: '地方组织法',
    title: '地方各级人民代表大会和地方各级人民政府组织法',
    version: '2015-08-29',
    inForce: { from: '2015-08-29', until: '2022-03-11' },
  },
  {
    law: '地方组织法',
    title: '地方各级人民代表大会和地方各级人民政府组织法',
    version: '2022-03-11',
    inForce: { from: '2022-03-12' },
  },
  // The specification gives both 2025-03-11 and 2025-03-12 as the first day of the 2025 text; the later agrees with 组织法, amended alike.
  {
    law: '代表法',
    title: '全国人民代表大会和地方各级人民代表大会代表法',
    version: '2015-08-29',
    inForce: { from: '2015-08-29', until: '2025-03-11' },
  },
  { law: '代表法', title: '全国人民代表大会和地方各级人民代表大会代表法', version: '2025-03-11', inForce: { from: '2025-03-12' } },
  { law: '规章制定程序条例', version: '2017-12-22', inForce: { from: '2018-05-01' } },
  { law: '法规规章备案条例', version: '2001-12-14', inForce: { from: '2002-01-01', until: '2024-10-31' } },
  { law: '法规规章备案审查条例', version: '2024-08-30', inForce: { from: '2024-11-01' } },
  { law: '重大行政决策程序暂行条例', version: '2019-04-20', inForce: { from: '2019-09-01' } },
  { law: '公平竞争审查条例', version: '2024-06-06', inForce: { from: '2024-08-01' } },
  { law: '优化营商环境条例', version: '2019-10-22', inForce: { from: '2020-01-01' } },
  { law: '政府信息公开条例', version: '2007-04-05', inForce: { from: '2008-05-01', until: '2019-05-14' } },
  { law: '政府信息公开条例', version: '2019-04-03', inForce: { from: '2019-05-15' } },
  {
    law: '在线政务服务若干规定',
    title: '国务院关于在线政务服务的若干规定',
    version: '2019-04-26',
    inForce: { from: '2019-04-26' },
  },
  { law: '信访条例', version: '2005-01-10', inForce: { from: '2005-05-01', until: '2022-04-30' } },
  { law: '信访工作条例', version: '2022-02-25', inForce: { from: '2022-05-01' } },
  { law: '档案法', version: '2020-06-20', inForce: { from: '2021-01-01' } },
  { law: '个人信息保护法', version: '2021-08-20', inForce: { from: '2021-11-01' } },
  { law: '无障碍环境建设法', version: '2023-06-28', inForce: { from: '2023-09-01' } },

  { law: '突发事件应对法', version: '2007-08-30', inForce: { from: '2007-11-01', until: '2024-10-31' } },
  { law: '突发事件应对法', version: '2024-06-28', inForce: { from: '2024-11-01' } },
  { law: '安全生产法', version: '2014-08-31', inForce: { from: '2014-12-01', until: '2021-08-31' } },
  { law: '安全生产法', version: '2021-06-10', inForce: { from: '2021-09-01' } },
  { law: '生产安全事故报告和调查处理条例', version: '2007-04-09', inForce: { from: '2007-06-01' } },
  { law: '生产安全事故应急条例', version: '2019-02-17', inForce: { from: '2019-04-01' } },
  { law: '自然灾害救助条例', version: '2019-03-02', inForce: { from: '2019-03-02' } },
  { law: '突发公共卫生事件应急条例', version: '2011-01-08', inForce: { from: '2011-01-08' } },
  { law: '传染病防治法', version: '2013-06-29', inForce: { from: '2013-06-29', until: '2025-08-31' } },
  { law: '环境保护法', version: '2014-04-24', inForce: { from: '2015-01-01' } },
]

/** The versions of a law, by its short or full title, oldest first. */
export function versionsOf(law: string): StatuteVersion[] {
  return statutes.filter((known) => known.law === law || known.title === law)
}

/**
 * The version of a law on a day; none before the first known version, or after the law was replaced by one that is not listed.
 *
 * @param day `YYYY-MM-DD`
 */
export function versionInForce(law: string, day: string): StatuteVersion | undefined {
  return versionsOf(law).find(({ inForce }) => inForce.from <= day && (inForce.until === undefined || day <= inForce.until))
}
