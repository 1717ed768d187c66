import type { DocumentTemplate } from '#engine/document-template.ts'

/** 文书 of supervision. They name a case by its number, never its parties. */
export const documents = {
  notice: {
    id: 'notice',
    name: ['督办通知书', 'Notice of supervision'],
    series: '宿城督',
    kind: 'letter',
    title: '督办通知书',
    addressee: '{organ}',
    body: [
      '经查，你单位承办的案件{supervisedNumber}存在以下情况：{finding}。',
      { heading: '一、发现的情况', level: 1 },
      '{findingFacts}',
      { heading: '二、要求', level: 1 },
      '{demand}',
      '请于{dueOn:date}前完成整改并书面报告，附证明材料；认为无需整改的，书面说明理由。监督单位将另派人员回访。',
    ],
    signatory: '{issuer}',
    fields: ['organ', 'supervisedNumber', 'finding', 'findingFacts', 'demand', 'dueOn'],
  },
  explanation: {
    id: 'explanation',
    name: ['情况说明', 'Explanation'],
    kind: 'letter',
    title: '关于案件{supervisedNumber}的情况说明',
    body: ['你单位{noticedOn:date}的督办通知收悉。现就有关情况说明如下：', '{explanation}'],
    signatory: '{organ}',
    fields: ['organ', 'supervisedNumber', 'noticedOn', 'explanation'],
  },
  'rectification-report': {
    id: 'rectification-report',
    name: ['整改报告', 'Report on what was mended'],
    kind: 'letter',
    title: '关于案件{supervisedNumber}的整改报告',
    body: [
      '你单位{noticedOn:date}的督办通知收悉。整改情况报告如下：',
      { heading: '一、原因', level: 1 },
      '{cause}。',
      { heading: '二、整改措施', level: 1 },
      '{measures}',
      '整改已于{rectifiedOn:date}完成，证明材料随附。',
    ],
    signatory: '{organ}',
    fields: ['organ', 'supervisedNumber', 'noticedOn', 'cause', 'measures', 'rectifiedOn'],
  },
  'look-back-record': {
    id: 'look-back-record',
    name: ['回访记录', 'Record of the look-back'],
    series: '宿城督访',
    kind: 'record',
    title: '案件监督回访记录',
    body: [
      {
        fields: [
          ['被监督案件', '{supervisedNumber}'],
          ['被监督单位', '{organ}'],
          ['监督事由', '{finding}'],
          ['回访日期', '{lookedBackOn:date}'],
          ['回访方式', '{lookBackBy}'],
        ],
      },
      { heading: '回访情况', level: 1 },
      '{lookBackFacts}',
      { paragraph: '经回访，问题已经解决。', when: 'isSettled' },
      { paragraph: '经回访，问题尚未解决，请于{againDueOn:date}前继续整改。', unless: 'isSettled' },
    ],
    signatory: '{issuer}',
    seal: false,
    fields: ['supervisedNumber', 'organ', 'finding', 'lookedBackOn', 'lookBackBy', 'lookBackFacts', 'isSettled', 'againDueOn'],
  },
} satisfies Record<string, DocumentTemplate>
