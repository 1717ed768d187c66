import { statute } from '#engine/citation.ts'
import type { ServiceLaw, ServingFields } from '../service.ts'
import type { Words } from '#engine/words.ts'

const applicant = { applicant: ['申请人', 'applicant'] } satisfies Record<string, Words>
const respondent = { respondent: ['被申请人', 'respondent'] } satisfies Record<string, Words>

/** Who is served with what. */
export const people = {
  applicant,
  respondent,
  parties: { ...applicant, ...respondent, 'third-party': ['第三人', 'third party'] },
  organ: { addressee: ['收文机关', 'the organ addressed'] },
} satisfies Record<string, Record<string, Words>>

/** The steps that serve, by their fields. */
export const serving: readonly ServingFields[] = [
  { services: 'correctionServices', proofs: 'correctionProofs', days: { applicant: 'noticeServedOn' } },
  { services: 'copyServices', proofs: 'copyProofs', days: { respondent: 'respondentReceivedOn' } },
  {
    services: 'decisionServices',
    proofs: 'decisionProofs',
    days: { applicant: 'servedOn', respondent: 'respondentServedOn', 'third-party': 'thirdPartyServedOn' },
  },
  { services: 'closingServices', proofs: 'closingProofs', days: { applicant: 'closingServedOn' } },
  { services: 'letterServices', proofs: 'letterProofs', days: { addressee: 'letterServedOn' } },
]

const civil2021 = statute('民事诉讼法', '2021-12-24')
const civil2023 = statute('民事诉讼法', '2023-09-01')

/** 行政复议法 refers service to 民事诉讼法 (2017 第四十条第一款, 2023 第八十八条第一款). */
export const serviceLaw: ServiceLaw = serviceArticles(civil2023)

/**
 * For cases under the law of 2017. Until 2021-12-31 the text of 2017 held, whose articles could not be read; its rules are cited where they stood
 * from 2022. Only the length of a public notice differs, see the clock `public-notice`.
 */
export const serviceLawUntil2023: ServiceLaw = serviceArticles(civil2021)

/** 公告送达 of notices given until 2021-12-31. */
export const noticeUntil2021 = { ...statute('民事诉讼法', '2017-06-27')(92), standing: 'unverified' } as const

function serviceArticles(civil: typeof civil2023): ServiceLaw {
  return {
    receipt: civil('87(2)', '签收日期为送达日期'),
    left: civil(89, '采用拍照、录像等方式记录送达过程'),
    electronic: civil('90(1)', '经受送达人同意'),
    entrusted: civil(91, '可以委托其他人民法院代为送达'),
    publicNotice: civil('95(1)', '经过三十日，即视为送达'),
    noticeNoted: civil('95(2)', '应当在案卷中记明原因和经过'),
  }
}
