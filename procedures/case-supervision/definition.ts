import { choice, date, file, flag, linkedCase, list, longText, open as shown, optional, organ, text, takesPart } from '#engine/field.ts'
import { documents } from './documents.ts'
import { facts, guards } from './guards.ts'
import { local, platform } from '#engine/citation.ts'
import { procedure } from '#engine/definition.ts'

/** 案件监督: what is found wrong with a running case is put to its organ, mended, and looked at again by somebody else. No law fixes its form. */
export const caseSupervision = procedure(
  { guards, facts, documents },
  {
    id: 'case-supervision',
    name: ['案件监督', 'Supervision of cases'],
    inForce: { from: '2019-03-01' },
    basis: [local, platform],
    series: '宿城督',
    title: ['supervisedNumber', 'finding', 'organ'],
    opened: 'openedOn',
    guide: {
      about: {
        words: [
          '办案超期、中止过久或者程序不规范的，由监督机构通知办案单位整改，并由他人复核。',
          'Where a case is late, paused too long or handled irregularly, its organ is told to mend it, and somebody else looks again.',
        ],
        article: platform,
      },
      audience: [
        { words: ['约束办理案件的各机构，不需申请。', 'It binds the organs that handle cases; nobody asks for it.'], article: platform },
      ],
    },

    posts: {
      supervisor: { name: ['监督人员', 'Supervisor'] },
      handler: { name: ['被监督单位承办人', 'Handler of the organ supervised'] },
      'organ-head': { name: ['被监督单位负责人', 'Head of the organ supervised'], head: true },
    },

    states: {
      opened: { name: ['已立案', 'Opened'], with: 'supervisor' },
      noticed: { name: ['待整改', 'Noticed'], with: 'handler' },
      answered: { name: ['待回访', 'Answered'], with: 'supervisor' },
      settled: { name: ['待结案', 'Settled'], with: 'supervisor' },
      closed: { name: ['已结案', 'Closed'], final: true },
      withdrawn: { name: ['已撤销', 'Withdrawn'], final: true },
    },

    steps: {
      open: {
        name: ['监督立案', 'Open'],
        by: 'supervisor',
        from: [],
        to: 'opened',
        on: 'openedOn',
        input: {
          openedOn: date('立案日期', 'Opened on'),
          supervisedCase: linkedCase('被监督案件', 'Case supervised'),
          supervisedNumber: shown(text('被监督案件编号', 'Number of the case supervised', { least: 1, most: 80 })),
          finding: shown(
            choice('监督事由', 'Finding', {
              late: ['超过办理期限', 'late'],
              'paused-long': ['期限中止过久', 'paused too long'],
              'no-assignee': ['无人承办', 'handled by nobody'],
              'no-clock': ['没有期限在计', 'no clock runs'],
              'no-holder': ['应办岗位无人任职', 'nobody holds the post that must act'],
              'service-unproved': ['送达无凭证', 'service unproved'],
              unpublished: ['应公开未公开', 'not published'],
              irregular: ['程序不规范', 'irregular procedure'],
              choice: ['依职权监督', 'by choice'],
            }),
          ),
          findingFacts: longText('发现的情况', 'What was found', { least: 2, most: 4000 }),
        },
        article: platform,
      },
      notify: {
        name: ['发出监督通知', 'Notify the organ'],
        by: 'supervisor',
        from: ['opened'],
        to: 'noticed',
        on: 'noticedOn',
        input: {
          noticedOn: date('通知日期', 'Noticed on'),
          organ: shown(takesPart(organ('被监督单位', 'Organ supervised'))),
          demand: longText('监督要求', 'What is demanded', { least: 2, most: 4000 }),
          dueOn: shown(date('整改期限', 'To be mended by')),
        },
        guards: ['supervised-organ-not-in-force', 'own-organ-supervised', 'due-not-after-notice'],
        produces: ['notice'],
        article: local,
      },
      prolong: {
        name: ['延长整改期限', 'Prolong'],
        by: 'supervisor',
        from: ['noticed'],
        on: 'prolongedOn',
        input: {
          prolongedOn: date('同意延期之日', 'Prolonged on'),
          newDueOn: shown(date('新的整改期限', 'New last day')),
          prolongReason: longText('延期理由', 'Reason', { least: 2, most: 2000 }),
        },
        guards: ['new-due-not-later'],
        article: local,
      },
      explain: {
        name: ['作出情况说明', 'Explain'],
        by: ['handler', 'organ-head'],
        from: ['noticed'],
        to: 'answered',
        on: 'explainedOn',
        input: {
          explainedOn: date('说明日期', 'Explained on'),
          explanation: longText('情况说明（无需整改的理由）', 'Explanation: why nothing is to be mended', { least: 2, most: 4000 }),
          explanationProof: optional(list('证明材料', 'Proof', file('材料', 'Paper'))),
        },
        produces: ['explanation'],
        article: platform,
      },
      rectify: {
        name: ['报告整改情况', 'Rectify'],
        by: ['handler', 'organ-head'],
        from: ['noticed'],
        to: 'answered',
        on: 'rectifiedOn',
        input: {
          rectifiedOn: date('整改完成日期', 'Rectified on'),
          cause: shown(
            choice('原因', 'Cause', {
              workload: ['工作量与力量不匹配', 'more work than hands'],
              neglect: ['履职不到位', 'neglect'],
              coordination: ['协办、会办迟延', 'waiting for others'],
              rule: ['制度或流程缺陷', 'a gap in the rules'],
              system: ['登记错误', 'recorded wrongly'],
              other: ['其他', 'other'],
            }),
          ),
          measures: longText('整改措施', 'What was done', { least: 2, most: 4000 }),
          proof: list('证明材料', 'Proof', file('材料', 'Paper')),
        },
        guards: ['rectification-unproved'],
        produces: ['rectification-report'],
        article: local,
      },
      'look-back': {
        name: ['回访', 'Look back'],
        by: 'supervisor',
        from: ['answered'],
        // What is not mended goes back to the organ, with a new last day.
        to: { by: 'isSettled', is: { true: 'settled', false: 'noticed' } },
        on: 'lookedBackOn',
        input: {
          lookedBackOn: date('回访日期', 'Looked back on'),
          lookBackBy: choice('回访方式', 'How', {
            records: ['调阅案卷', 'by the records'],
            'on-the-spot': ['现场查看', 'on the spot'],
            call: ['电话回访当事人', 'by calling the party'],
          }),
          isSettled: flag('已经解决', 'It is settled'),
          lookBackFacts: longText('回访情况', 'What was found', { least: 2, most: 4000 }),
          againDueOn: optional(date('未解决的，新的整改期限', 'If not: the new last day')),
        },
        guards: ['again-due-missing'],
        produces: ['look-back-record'],
        apart: { from: ['open', 'notify', 'explain', 'rectify'], article: platform },
        article: platform,
      },
      close: {
        name: ['结案', 'Close'],
        by: 'supervisor',
        from: ['settled'],
        to: 'closed',
        on: 'closedOn',
        input: { closedOn: date('结案日期', 'Closed on'), conclusion: shown(longText('结论', 'Conclusion', { least: 2, most: 4000 })) },
        article: platform,
      },
      withdraw: {
        name: ['撤销监督', 'Withdraw'],
        by: 'supervisor',
        from: ['opened', 'noticed'],
        to: 'withdrawn',
        on: 'withdrawnOn',
        input: {
          withdrawnOn: date('撤销日期', 'Withdrawn on'),
          withdrawReason: longText('撤销理由', 'Reason', { least: 2, most: 2000 }),
        },
        article: platform,
      },
    },

    clocks: {
      notify: {
        name: ['发出通知的时限', 'Notify'],
        binds: 'supervisor',
        starts: 'open',
        stops: ['notify', 'withdraw'],
        limit: { workingDays: 5 },
        late: ['记为监督单位的问题。', 'A finding for the supervising organ.'],
        article: platform,
      },
      // The notice sets the day; it is a day named, so it stands where it falls.
      rectify: {
        name: ['整改期限', 'Mend'],
        binds: 'handler',
        starts: [
          { step: 'notify', field: 'dueOn' },
          { step: 'prolong', field: 'newDueOn' },
          { step: 'look-back', field: 'againDueOn', when: { isSettled: false } },
        ],
        stops: ['explain', 'rectify', 'withdraw'],
        limit: { days: 0 },
        rolls: false,
        late: ['逾期未整改的，列入通报。', 'What is not mended in time is made known.'],
        article: local,
      },
      'look-back': {
        name: ['回访时限', 'Look back'],
        binds: 'supervisor',
        starts: ['explain', 'rectify'],
        stops: ['look-back'],
        limit: { workingDays: 10 },
        late: ['记为监督单位的问题。', 'A finding for the supervising organ.'],
        article: platform,
      },
      close: {
        name: ['结案时限', 'Close'],
        binds: 'supervisor',
        starts: { step: 'look-back', when: { isSettled: true } },
        stops: ['close'],
        limit: { workingDays: 5 },
        late: ['记为监督单位的问题。', 'A finding for the supervising organ.'],
        article: platform,
      },
    },

    asks: { supervisedOrganInForce: { register: 'organs', key: 'organ' } },
  },
)
