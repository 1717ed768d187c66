import type { DocumentTemplate } from '#engine/document-template.ts'

/** 审签单与用印登记. They name a document by case and number, never the parties. */
export const documents = {
  'issue-slip': {
    id: 'issue-slip',
    name: ['文书审签单', 'Slip of approval'],
    series: '宿城文签',
    kind: 'record',
    title: '文书审签单',
    body: [
      {
        fields: [
          ['所属案件', '{caseNumber}'],
          ['文书', '{documentName}'],
        ],
      },
      { fields: [['文号', '{documentNumber}']], when: 'documentNumber' },
      {
        fields: [
          ['送审文书摘要', '{documentSha256}'],
          ['签发单位', '{issuingOrgan}'],
          ['送审日期', '{submittedOn:date}'],
          ['签发意见', '{opinion}'],
          ['签发日期', '{approvedOn:date}'],
        ],
      },
    ],
    signatory: '{issuer}',
    seal: false,
    fields: ['caseNumber', 'documentName', 'documentNumber', 'documentSha256', 'issuingOrgan', 'submittedOn', 'opinion', 'approvedOn'],
  },
  'seal-record': {
    id: 'seal-record',
    name: ['用印登记', 'Record of sealing'],
    kind: 'record',
    title: '用印登记',
    body: [
      {
        fields: [
          ['所属案件', '{caseNumber}'],
          ['文书', '{documentName}'],
        ],
      },
      { fields: [['文号', '{documentNumber}']], when: 'documentNumber' },
      {
        fields: [
          ['文书摘要', '{documentSha256}'],
          ['签发日期', '{approvedOn:date}'],
          ['用印日期', '{sealedOn:date}'],
          ['用印份数', '{copies}'],
        ],
      },
    ],
    signatory: '{issuer}',
    seal: false,
    fields: ['caseNumber', 'documentName', 'documentNumber', 'documentSha256', 'approvedOn', 'sealedOn', 'copies'],
  },
} satisfies Record<string, DocumentTemplate>
