import district from '#district/organs.json' with { type: 'json' }
import townships from '#district/townships.json' with { type: 'json' }
import { choice, flag, open, optional, text } from '#engine/field.ts'
import type { Register, RegisterEntry } from '#engine/register.ts'

/** The district's organs stand as the institutional reform of 2019 left them. */
const SINCE_REFORM = '2019-03-01'

interface Organ {
  readonly id: string
  readonly name: string
  readonly short: string
  readonly kind: string
  readonly documentPrefix?: string
  readonly verified?: boolean
  readonly enforcement2020: boolean
  readonly doubleRandom2020: boolean
}

const organs: RegisterEntry[] = (district.organs as readonly Organ[]).map(
  ({ id, name, short, kind, documentPrefix, verified, enforcement2020, doubleRandom2020 }) => ({
    key: id,
    validFrom: SINCE_REFORM,
    value: {
      name,
      short,
      kind,
      ...(documentPrefix === undefined ? {} : { documentPrefix }),
      verified: verified === true,
      enforcement: enforcement2020,
      doubleRandom: doubleRandom2020,
    },
  }),
)

interface Township {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly enforcesSince2020: boolean
  /** The month in which it ended; its last day is taken, for the day is not known. */
  readonly validTo?: string
}

const townshipOrgans: RegisterEntry[] = ([...townships.townships2020, ...townships.subdistricts2020] as readonly Township[]).map(
  ({ id, name, kind, enforcesSince2020, validTo }) => ({
    key: id,
    validFrom: SINCE_REFORM,
    ...(validTo === undefined ? {} : { validUntil: `${validTo}-31` }),
    value: {
      name: kind === 'subdistrict' ? `${name}办事处` : `${name}人民政府`,
      short: name,
      kind: kind === 'subdistrict' ? 'subdistrict-office' : 'township-government',
      verified: false,
      enforcement: false,
      doubleRandom: false,
      enforcesSince2020,
    },
  }),
)

/** What became of the townships in 2021 (宿区政发〔2021〕11号). */
const since2021: RegisterEntry[] = [
  { key: '321302103', name: '龙河镇', kind: 'township-government' },
  { key: '321302007', name: '洋北街道', kind: 'subdistrict-office' },
  { key: '321302112', name: '屠园镇', kind: 'township-government' },
].map(({ key, name, kind }) => ({
  key,
  validFrom: '2021-04-01',
  value: {
    name: kind === 'subdistrict-office' ? `${name}办事处` : `${name}人民政府`,
    short: name,
    kind,
    verified: false,
    enforcement: false,
    doubleRandom: false,
    enforcesSince2020: true,
  },
}))

/** 机构名册: the organs that orders, cases and documents name. Facts from district/; an organ that ended stays, with its last day. */
export const organsRegister: Register = {
  id: 'organs',
  name: ['机构名册', 'Organs'],
  key: ['机构', 'Organ'],
  keeper: { propose: 'registrar', approve: 'register-approver' },
  fields: {
    name: open(text('名称', 'Name')),
    short: open(text('简称', 'Short name')),
    kind: open(
      choice('类别', 'Kind', {
        government: ['人民政府', 'government'],
        'government-department': ['政府工作部门', 'department'],
        vertical: ['垂直管理机构', 'vertical'],
        'party-organ': ['党委机构', 'party organ'],
        judicial: ['司法机关', 'judicial'],
        supervisory: ['纪检监察机关', 'supervisory'],
        'people-congress-cppcc': ['人大、政协', "people's congress, CPPCC"],
        institution: ['事业单位', 'institution'],
        zone: ['开发区管理机构', 'zone'],
        'township-government': ['镇（乡）人民政府', 'township'],
        'subdistrict-office': ['街道办事处', 'sub-district office'],
      }),
    ),
    documentPrefix: optional(open(text('发文机关代字', 'Document prefix'))),
    verified: open(flag('名称已核实', 'Name verified')),
    enforcement: open(flag('行政执法机关', 'Enforcement organ')),
    doubleRandom: open(flag('双随机成员单位', 'Double-random member')),
    enforcesSince2020: optional(open(flag('承接下放的行政处罚权', 'Holds delegated powers'))),
  },
  entries: [...organs, ...townshipOrgans, ...since2021],
}
