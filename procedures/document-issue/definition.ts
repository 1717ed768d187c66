import { choice, date, file, integer, linkedCase, list, longText, open as shown, optional, organ, takesPart, text } from '#engine/field.ts'
import { documents } from './documents.ts'
import { facts, guards } from './guards.ts'
import { local, platform } from '#engine/citation.ts'
import { procedure } from '#engine/definition.ts'

/** What is submitted: a document of a case, by the step that made it, and the digest that the server gives of it. */
const submitted = {
  documentSeq: integer('形成文书的步骤序号', 'Step that made it', { least: 1 }),
  documentId: text('文书标识', 'Document', { most: 60 }),
  documentName: shown(text('文书名称', 'Name of the document', { most: 100 })),
  documentNumber: optional(shown(text('文号', 'Number of the document', { most: 80 }))),
  documentSha256: text('文书摘要（SHA-256）', 'Digest (SHA-256)', { least: 64, most: 64 }),
} as const

/** 文书审签用印: a document of a case is approved by another person than its drafter, and sealed by a third. No law fixes the form. */
export const documentIssue = procedure(
  { guards, facts, documents },
  {
    id: 'document-issue',
    name: ['文书审签用印', 'Approval and sealing of documents'],
    inForce: { from: '2019-03-01' },
    basis: [local, platform],
    series: '宿城文签',
    title: ['documentName', 'caseNumber'],
    opened: 'submittedOn',
    guide: {
      about: {
        words: [
          '对外的文书由拟稿人以外的人签发，再由第三人用印，盖章的与签发的是同一份。',
          'A document that leaves the house is approved by another person than its drafter and sealed by a third, and what is sealed is what was approved.',
        ],
        article: platform,
      },
      audience: [
        { words: ['约束办理案件的各机构，不需申请。', 'It binds the organs that handle cases; nobody asks for it.'], article: platform },
      ],
    },

    posts: {
      drafter: { name: ['拟稿人', 'Drafter'] },
      approver: { name: ['签发人', 'Approver'], head: true },
      'seal-keeper': { name: ['用印人员', 'Keeper of the seal'] },
    },

    states: {
      submitted: { name: ['待签发', 'Waiting for approval'], with: 'approver' },
      returned: { name: ['已退回', 'Returned'], with: 'drafter' },
      approved: { name: ['待用印', 'Approved, to be sealed'], with: 'seal-keeper' },
      sealed: { name: ['已用印', 'Sealed'], final: true },
      withdrawn: { name: ['已撤回', 'Withdrawn'], final: true },
    },

    steps: {
      submit: {
        name: ['送审', 'Submit'],
        by: 'drafter',
        from: [],
        to: 'submitted',
        on: 'submittedOn',
        input: {
          submittedOn: date('送审日期', 'Submitted on'),
          issuedCase: linkedCase('所属案件', 'Case of the document'),
          caseNumber: shown(text('案件编号', 'Number of the case', { least: 1, most: 80 })),
          ...submitted,
          issuingOrgan: shown(takesPart(organ('签发单位', 'Organ that issues it'))),
          draftNote: optional(longText('送审说明', 'Note', { most: 2000 })),
        },
        guards: ['issuing-organ-not-in-force', 'document-changed'],
        article: platform,
      },
      return: {
        name: ['退回', 'Return'],
        by: ['approver', 'seal-keeper'],
        from: ['submitted', 'approved'],
        to: 'returned',
        on: 'returnedOn',
        input: {
          returnedOn: date('退回日期', 'Returned on'),
          returnReason: longText('退回理由', 'Reason', { least: 2, most: 2000 }),
        },
        guards: ['not-the-issuing-organ'],
        article: local,
      },
      resubmit: {
        name: ['重新送审', 'Submit again'],
        by: 'drafter',
        from: ['returned'],
        to: 'submitted',
        on: 'resubmittedOn',
        input: {
          resubmittedOn: date('重新送审日期', 'Submitted again on'),
          ...submitted,
          answer: longText('修改情况', 'What was changed', { least: 2, most: 2000 }),
        },
        guards: ['document-changed'],
        article: platform,
      },
      approve: {
        name: ['签发', 'Approve'],
        by: 'approver',
        from: ['submitted'],
        to: 'approved',
        on: 'approvedOn',
        input: {
          approvedOn: date('签发日期', 'Approved on'),
          opinion: choice('签发意见', 'Opinion', {
            agreed: ['同意签发', 'agreed'],
            'agreed-on-report': ['已报负责人同意，签发', 'agreed by the head on report'],
          }),
        },
        guards: ['not-the-issuing-organ', 'document-changed'],
        produces: ['issue-slip'],
        apart: { from: ['submit', 'resubmit'], article: local },
        article: local,
      },
      seal: {
        name: ['用印', 'Seal'],
        by: 'seal-keeper',
        from: ['approved'],
        to: 'sealed',
        on: 'sealedOn',
        input: {
          sealedOn: date('用印日期', 'Sealed on'),
          copies: integer('用印份数', 'Copies sealed', { least: 1, most: 1000 }),
          sealedFile: optional(list('用印后的扫描件', 'Scan of what was sealed', file('扫描件', 'Scan'))),
        },
        guards: ['not-the-issuing-organ', 'document-changed'],
        produces: ['seal-record'],
        apart: { from: ['submit', 'resubmit', 'approve'], article: local },
        article: local,
      },
      withdraw: {
        name: ['撤回', 'Withdraw'],
        by: 'drafter',
        from: ['submitted', 'returned', 'approved'],
        to: 'withdrawn',
        on: 'withdrawnOn',
        input: {
          withdrawnOn: date('撤回日期', 'Withdrawn on'),
          withdrawReason: longText('撤回理由', 'Reason', { least: 2, most: 2000 }),
        },
        article: platform,
      },
    },

    clocks: {
      approve: {
        name: ['签发时限', 'Approve'],
        binds: 'approver',
        starts: ['submit', 'resubmit'],
        stops: ['approve', 'return', 'withdraw'],
        limit: { workingDays: 2 },
        late: ['催办。', 'To be urged.'],
        article: local,
      },
      resubmit: {
        name: ['修改后重新送审的时限', 'Submit again'],
        binds: 'drafter',
        starts: 'return',
        stops: ['resubmit', 'withdraw'],
        limit: { workingDays: 3 },
        late: ['催办。', 'To be urged.'],
        article: local,
      },
      seal: {
        name: ['用印时限', 'Seal'],
        binds: 'seal-keeper',
        starts: 'approve',
        stops: ['seal', 'return', 'withdraw'],
        limit: { workingDays: 1 },
        late: ['催办。', 'To be urged.'],
        article: local,
      },
    },

    asks: { issuingOrganInForce: { register: 'organs', key: 'issuingOrgan' } },
    documentIn: { case: 'issuedCase', seq: 'documentSeq', document: 'documentId' },
  },
)
