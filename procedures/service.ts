import { choice, date, file, flag, list, longText, optional, text } from '#engine/field.ts'
import { guard } from '#engine/guard.ts'
import { platform } from '#engine/citation.ts'
import { dateIn } from '#engine/day.ts'
import type { CaseView } from '#engine/case-view.ts'
import type { Citation } from '#engine/citation.ts'
import type { DerivedFact, Guard } from '#engine/guard.ts'
import type { TemplateBlock } from '#engine/document-template.ts'
import type { Words } from '#engine/words.ts'

/**
 * 送达: what a step that serves asks beside the day, which any procedure spreads into its own steps.
 *
 * The day of service stays the step's own field, since clocks start there; what is recorded here says by which means it came about and what
 * shows it. Means and proof may be left out (a finding of supervision then); once given, they must bear the day out.
 */

/** Means that leave a receipt behind; public notice is not among them. */
const withReceipt = {
  'in-person': ['直接送达', 'in person'],
  left: ['留置送达', 'left at the residence'],
  entrusted: ['委托送达', 'entrusted to another organ'],
  post: ['邮寄送达', 'by post'],
  'passed-on': ['转交送达', 'passed on'],
  electronic: ['电子送达', 'electronic'],
} satisfies Readonly<Record<string, Words>>

const allMeans = { ...withReceipt, 'public-notice': ['公告送达', 'public notice'] } satisfies Readonly<Record<string, Words>>

type People = Readonly<Record<string, Words>>

/**
 * How each person was served.
 *
 * @param people who may be served by the step
 * @param beside a field that the step always asks and no other step does, see `Field.showsServiceOf`
 * @param means `all`, or only those that leave a receipt
 */
export function services(people: People, beside: string, means: 'all' | 'with-receipt' = 'all') {
  const how = means === 'all' ? allMeans : withReceipt
  const shown =
    means === 'all'
      ? ([
          '签收、回执注明的收件、到达系统或者留置之日；公告送达填发出公告之日',
          'Day of signing, of the return receipt, of arrival, of leaving; for a public notice its day',
        ] as const)
      : (['签收、回执注明的收件、到达系统或者留置之日', 'Day of signing, of the return receipt, of arrival, of leaving'] as const)
  return {
    ...optional(
      list('送达方式', 'How each was served', {
        served: choice('受送达人', 'Served on', people),
        means: choice('送达方式', 'By', how),
        shownOn: date('凭证所载日期', 'Day that the proof shows', { help: shown }),
        receivedBy: optional(
          choice('签收人', 'Signed for by', {
            self: ['本人', 'the person'],
            family: ['同住成年家属', 'an adult of the household'],
            'in-charge': ['法定代表人、主要负责人或者负责收件的人', 'the head, or who receives mail'],
            agent: ['代理人', 'an agent'],
            appointed: ['指定的代收人', 'who was named to receive'],
          }),
        ),
        recordedBy: optional(
          choice('留置的记录', 'Leaving recorded by', {
            witness: ['见证人到场并签名', 'a witness who signed'],
            recording: ['拍照、录像', 'photographs or video'],
          }),
        ),
        consented: optional(flag('受送达人同意电子送达', 'Consents to electronic service')),
        through: optional(text('受委托或者代为转交的单位', 'Entrusted to, or passed on by', { most: 100 })),
      }),
    ),
    showsServiceOf: beside,
  } as const
}

/** What shows it: the receipt, the return receipt, a screenshot, the notice. */
export function serviceProofs(people: People) {
  return optional(
    list('送达凭证', 'Proofs of service', {
      served: choice('受送达人', 'Served on', people),
      paper: file('送达回证、回执、截屏或者公告', 'Receipt, return receipt, screenshot or notice'),
    }),
  )
}

/** What the step asks that gives public notice; its day is the field `noticeGivenOn`. */
export function noticeInput(people: People) {
  return {
    noticeGivenOn: date('发出公告之日', 'Notice given on'),
    noticeTo: choice('受送达人', 'Addressed to', people),
    noticePaper: text('公告送达的文书', 'Document', { most: 100 }),
    noticeGround: choice('公告送达的理由', 'Ground', {
      'whereabouts-unknown': ['受送达人下落不明', 'whereabouts unknown'],
      'other-means-failed': ['用其他方式无法送达', 'other means failed'],
    }),
    meansTried: optional(list('已经试过的方式', 'Means tried', choice('方式', 'Means', withReceipt))),
    noticeCourse: longText('原因和经过', 'Reason and course of events', { least: 2, most: 4000 }),
    noticeMedium: text('公告方式或者载体', 'Where it was made known', { most: 200 }),
    noticeProof: optional(list('公告凭证', 'Proof of the notice', file('公告', 'Notice'))),
  } as const
}

/** Which fields of a serving step belong together. */
export interface ServingFields {
  readonly services: string
  readonly proofs: string
  /** Person served → the field that holds the day. */
  readonly days: Readonly<Record<string, string>>
}

/** One record of {@link services}. */
interface Service {
  readonly served: string
  readonly means: string
  readonly shownOn: string
  readonly recordedBy?: string
  readonly consented?: boolean
  readonly through?: string
}

/** A service with the day that the step states and the one that the law deems. */
interface DatedService extends Service {
  readonly statedOn: string | undefined
  /** `undefined` for a public notice that the case does not know. */
  readonly deemedOn: string | undefined
}

/**
 * What the guards ask.
 *
 * @param serving the fields of each step that serves; what the input holds tells which step it is
 */
export function serviceFacts(serving: readonly ServingFields[]) {
  const recorded = (view: CaseView): readonly Service[] => {
    const fields = serving.find(({ services: name }) => name in view.input)
    return fields === undefined ? [] : (view.input[fields.services] as readonly Service[])
  }
  const dated = (view: CaseView): readonly DatedService[] => {
    const days = serving.find(({ services: name }) => name in view.input)?.days ?? {}
    return recorded(view).map((one) => ({
      ...one,
      statedOn: view.input[days[one.served] ?? ''] as string | undefined,
      deemedOn: one.means === 'public-notice' ? noticeRunsOut(view, one) : one.shownOn,
    }))
  }
  const differing = (view: CaseView): DatedService | undefined =>
    dated(view).find(({ statedOn, deemedOn }) => deemedOn !== undefined && statedOn !== deemedOn)

  return {
    services: recorded,
    /** Persons whose day of service the step states, without a means. */
    withoutMeans: (view) => {
      const fields = serving.find(({ services: name }) => name in view.input)
      if (fields === undefined) return []
      return Object.entries(fields.days)
        .filter(([who, day]) => view.input[day] !== undefined && !recorded(view).some(({ served }) => served === who))
        .map(([who]) => who)
    },
    /** Persons with a means but no paper that shows it. */
    withoutProof: (view) => {
      const fields = serving.find(({ services: name }) => name in view.input)
      const papers = (fields && (view.input[fields.proofs] as readonly { served: string }[] | undefined)) ?? []
      return recorded(view)
        .map(({ served }) => served)
        .filter((who) => !papers.some(({ served }) => served === who))
    },
    noticesUnknown: (view) => dated(view).some(({ deemedOn }) => deemedOn === undefined),
    /** The day on which a public notice serves, where it lies after the day stated or after the entry. */
    noticeServesOn: (view) =>
      dated(view).find(
        ({ means, deemedOn, statedOn }) =>
          means === 'public-notice' && deemedOn !== undefined && ((statedOn ?? '') < deemedOn || dateIn(view.at) < deemedOn),
      )?.deemedOn ?? null,
    serviceStatedOn: (view) => differing(view)?.statedOn ?? null,
    serviceDeemedOn: (view) => differing(view)?.deemedOn ?? null,
  } satisfies Record<string, DerivedFact>
}

/** The last day of the notice that was given to this person on the day that the record shows. */
function noticeRunsOut(view: CaseView, { served, shownOn }: Service): string | undefined {
  const notice = view
    .taken('give-public-notice')
    .findLast(({ input }) => input['noticeTo'] === served && input['noticeGivenOn'] === shownOn)
  return notice && view.runs('public-notice').find(({ seq }) => seq === notice.seq)?.deadline?.due
}

/** Guards of a step that serves, in the order in which they are tried. */
export const serviceGuardNames = [
  'means-of-one-missing',
  'electronic-without-consent',
  'left-without-record',
  'go-between-missing',
  'proof-of-service-missing',
  'service-day-differs',
] as const

/** The same, of a step whose service may be by public notice. */
export const noticeServiceGuardNames = [
  ...serviceGuardNames.slice(0, -1),
  'public-notice-missing',
  'public-notice-not-over',
  'service-day-differs',
] as const

const some = (services: unknown, test: (one: Service) => boolean): boolean => Array.isArray(services) && (services as Service[]).some(test)

/** Articles that the means of service rest on: those of 民事诉讼法 in the version that the procedure follows, or the platform's rule. */
export interface ServiceLaw {
  /** 送达回证, day of signing. */
  readonly receipt: Citation
  readonly left: Citation
  readonly electronic: Citation
  /** 委托. */
  readonly entrusted: Citation
  readonly publicNotice: Citation
  /** Reason and course are noted in the file. */
  readonly noticeNoted: Citation
}

/** @param law where the rules stand */
export function serviceGuards(law: Pick<ServiceLaw, 'receipt' | 'left' | 'electronic' | 'entrusted'>) {
  return {
    'means-of-one-missing': guard({
      needs: ['withoutMeans'],
      article: platform,
      message: ['填了送达方式的，每一受送达人都要填。', 'Where means are recorded, they are for each person served.'],
      remedy: ['请补填其余受送达人的送达方式与凭证。', 'Add the means and the proof of the others.'],
      refuses: ({ withoutMeans }) => withoutMeans.length > 0,
    }),
    'electronic-without-consent': guard({
      needs: ['services'],
      article: law.electronic,
      message: ['受送达人没有同意电子送达。', 'The person has not consented to electronic service.'],
      remedy: ['取得同意后电子送达，或者改用其他方式。', 'Obtain the consent, or serve by another means.'],
      refuses: ({ services: all }) => some(all, ({ means, consented }) => means === 'electronic' && consented !== true),
    }),
    'left-without-record': guard({
      needs: ['services'],
      article: law.left,
      message: ['留置送达既没有见证人，也没有拍照、录像。', 'The papers were left with neither a witness nor photographs or video.'],
      remedy: [
        '请注明见证人到场签名，或者拍照、录像记录送达过程；都没有的，重新送达。',
        'Say which of the two there is; without either, serve again.',
      ],
      refuses: ({ services: all }) => some(all, ({ means, recordedBy }) => means === 'left' && recordedBy === undefined),
    }),
    'go-between-missing': guard({
      needs: ['services'],
      article: law.entrusted,
      message: [
        '委托送达、转交送达没有写明受委托或者代为转交的单位。',
        'It is not said to whom service was entrusted, or who passed it on.',
      ],
      remedy: ['请填写该单位。', 'Name it.'],
      refuses: ({ services: all }) =>
        some(all, ({ means, through }) => (means === 'entrusted' || means === 'passed-on') && through === undefined),
    }),
    'proof-of-service-missing': guard({
      needs: ['withoutProof'],
      article: law.receipt,
      message: ['送达没有凭证。', 'Nothing shows the service.'],
      remedy: [
        '请附送达回证、邮件回执、电子送达截屏或者公告；凭证未到的，先不填送达方式，之后更正补上。',
        'Add the receipt, the return receipt, the screenshot or the notice; while it has not come, leave the means out and correct the step later.',
      ],
      refuses: ({ withoutProof }) => withoutProof.length > 0,
    }),
    'service-day-differs': guard({
      needs: ['serviceDeemedOn'],
      may: ['serviceStatedOn'],
      article: law.receipt,
      message: [
        '送达之日填为 {serviceStatedOn}，依凭证应为 {serviceDeemedOn}。',
        'The day of service is given as {serviceStatedOn}; by its proof it is {serviceDeemedOn}.',
      ],
      remedy: [
        '送达之日为签收、回执注明的收件、到达系统或者留置之日，公告送达为公告期满之日。',
        'It is the day of signing, of the return receipt, of arrival or of leaving; for a public notice the day on which it runs out.',
      ],
      refuses: ({ serviceDeemedOn }) => serviceDeemedOn !== null,
    }),
  } satisfies Record<string, Guard>
}

/** Guards of public notice. @param law where the rules stand */
export function noticeGuards(law: Pick<ServiceLaw, 'publicNotice' | 'noticeNoted'>) {
  return {
    'notice-without-reason': guard({
      needs: ['noticeGround'],
      may: ['meansTried'],
      article: law.noticeNoted,
      message: [
        '以其他方式无法送达为由公告，没有记明试过哪些方式。',
        'The notice is given because other means failed, and none that was tried is noted.',
      ],
      remedy: ['请记明已经试过的送达方式；没有试过的，先以该方式送达。', 'Note those that were tried; where none was, try one first.'],
      refuses: ({ noticeGround, meansTried }) =>
        noticeGround === 'other-means-failed' && !(Array.isArray(meansTried) && meansTried.length > 0),
    }),
    'public-notice-missing': guard({
      needs: ['noticesUnknown'],
      article: law.publicNotice,
      message: ['案卷中没有在该日向该受送达人发出的送达公告。', 'The file knows no public notice to that person on that day.'],
      remedy: ['先办理“公告送达”，记明理由和经过。', 'Record the public notice first, with reason and course.'],
      refuses: ({ noticesUnknown }) => noticesUnknown === true,
    }),
    'public-notice-not-over': guard({
      needs: ['noticeServesOn'],
      article: law.publicNotice,
      message: [
        '公告期未满，自 {noticeServesOn} 起视为送达。',
        'The time of the public notice is not over: it serves from {noticeServesOn} on.',
      ],
      remedy: [
        '请在该日或者之后登记，送达之日填 {noticeServesOn}。',
        'Record it on that day or later, with {noticeServesOn} as the day of service.',
      ],
      refuses: ({ noticeServesOn }) => noticeServesOn !== null,
    }),
  } satisfies Record<string, Guard>
}

/** What a receipt 送达回证 prints of them. */
export function servedBlocks(services: string, proofs: string): readonly TemplateBlock[] {
  return [
    {
      table: {
        columns: ['受送达人', '送达方式', '凭证所载日期'],
        each: services,
        row: ['{served}', '{means}', '{shownOn:date}'],
      },
      when: services,
    },
    { table: { columns: ['受送达人', '凭证'], each: proofs, row: ['{served}', '{paper}'] }, when: proofs },
  ]
}
