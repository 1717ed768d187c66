import type { DocumentTemplate, TemplateBlock } from '#engine/document-template.ts'

/** The court signs what is its own, whoever took the step. */
const COURT = '宿迁市宿城区人民法院'

/** Places left open on paper, where those named sign, seal or press a finger. */
function signed(...who: readonly string[]): TemplateBlock {
  return { fields: who.map((one) => [`${one}签署`, '　　　　　　（签名、盖章或者捺印）']) }
}

/** 文书 of pre-trial mediation. The content of a mediation is secret: none of these is public. */
export const documents = {
  registration: {
    id: 'registration',
    name: ['诉前调解登记表', 'Registration'],
    kind: 'record',
    title: '诉前调解登记表',
    body: [
      {
        fields: [
          ['申请人', '{plaintiff.name}'],
          ['被申请人', '{defendant.name}'],
          ['纠纷类型', '{dispute}'],
          ['材料收到日期', '{papersReceivedOn:date}'],
        ],
      },
      { heading: '一、纠纷事实与请求', level: 1 },
      '{claim}',
    ],
    signatory: COURT,
    fields: ['plaintiff', 'defendant', 'dispute', 'papersReceivedOn', 'claim'],
  },
  consent: {
    id: 'consent',
    name: ['诉前调解同意书', 'Consent to mediation'],
    kind: 'record',
    title: '诉前调解同意书',
    body: [
      '申请人{plaintiff.name}于{plaintiffConsentedOn:date}、被申请人{defendant.name}于{defendantConsentedOn:date}同意就{dispute}一案由人民法院委派特邀调解员进行诉前调解。',
      '当事人已知悉：调解不收取费用；调解过程及协议内容不公开；为达成协议作出妥协而认可的事实，不得在诉讼程序中作为对其不利的根据；任何一方可以随时终止调解，坚持诉讼的，人民法院依法登记立案。',
      signed('申请人', '被申请人'),
    ],
    signatory: COURT,
    seal: false,
    fields: ['plaintiff', 'defendant', 'plaintiffConsentedOn', 'defendantConsentedOn', 'dispute'],
  },
  entrustment: {
    id: 'entrustment',
    name: ['委派调解函', 'Letter of entrustment'],
    series: '诉前调委',
    kind: 'letter',
    title: '委派调解函',
    addressee: '{mediatorName}',
    body: [
      '申请人{plaintiff.name}与被申请人{defendant.name}{dispute}一案，双方当事人同意诉前调解。依照《最高人民法院关于人民法院特邀调解的规定》第十一条、第十二条，现委派你（单位）主持调解。',
      '调解期限为三十日，自你（单位）签字接收本院移交材料之日起计算；双方当事人同意延长的，不受此限。终止调解的，请向本院书面报告并移送相关材料。',
    ],
    signatory: COURT,
    fields: ['mediatorName', 'plaintiff', 'defendant', 'dispute'],
  },
  acceptance: {
    id: 'acceptance',
    name: ['材料接收单', 'Receipt of papers'],
    kind: 'record',
    title: '诉前调解材料接收单',
    body: [
      {
        fields: [
          ['案件', '{plaintiff.name}与{defendant.name}{dispute}'],
          ['接收人', '{mediatorName}'],
          ['接收时间', '{acceptedAt:time}'],
        ],
      },
      signed('接收人'),
    ],
    signatory: '{mediatorName}',
    seal: false,
    fields: ['plaintiff', 'defendant', 'dispute', 'mediatorName', 'acceptedAt'],
  },
  extension: {
    id: 'extension',
    name: ['延长调解期限同意书', 'Consent to extension'],
    kind: 'record',
    title: '延长调解期限同意书',
    body: [
      '就{plaintiff.name}与{defendant.name}{dispute}一案，双方当事人一致同意将调解期限延长{newDays}日。',
      signed('申请人', '被申请人'),
    ],
    signatory: '{mediatorName}',
    seal: false,
    fields: ['plaintiff', 'defendant', 'dispute', 'newDays', 'mediatorName'],
  },
  agreement: {
    id: 'agreement',
    name: ['调解协议书', 'Mediation agreement'],
    series: '诉前调协',
    title: '调解协议书',
    body: [
      '申请人：{plaintiff.name}。',
      '被申请人：{defendant.name}。',
      '申请人与被申请人{dispute}一案，经特邀调解员{mediatorName}主持调解，查明如下纠纷事实：{claim}',
      '双方当事人自愿达成如下协议：{terms}',
      '本协议自双方当事人签名、盖章或者捺印后生效。当事人可以自协议生效之日起三十日内，依法共同申请司法确认；就协议的履行或者内容发生争议的，可以依法向人民法院提起诉讼。',
      signed('申请人', '被申请人', '特邀调解员'),
    ],
    signatory: '{mediatorName}',
    fields: ['plaintiff', 'defendant', 'dispute', 'mediatorName', 'claim', 'terms'],
  },
  termination: {
    id: 'termination',
    name: ['终止调解报告', 'Report on the end of mediation'],
    series: '诉前调终',
    title: '终止调解报告',
    addressee: COURT,
    body: [
      '{plaintiff.name}与{defendant.name}{dispute}一案，因{endReason}，调解于{endedOn:date}终止。依照《最高人民法院关于人民法院特邀调解的规定》第二十六条，现报告并移送相关材料。',
    ],
    signatory: '{mediatorName}',
    fields: ['plaintiff', 'defendant', 'dispute', 'endReason', 'endedOn', 'mediatorName'],
  },
} satisfies Record<string, DocumentTemplate>
