import regions from './regions.json' with { type: 'json' }
import townships from './townships.json' with { type: 'json' }
import type { Division } from '#law/identifiers/region-code.ts'

interface Township {
  readonly code: string
  readonly name: string
  readonly validTo?: string
}

const township = ({ code, name }: Township): Division => ({ code, name, level: 'township' })
const presentTownships = townships.presentState.codes.map((line) => line.split(' ') as [string, string])
const presentCodes = new Set(presentTownships.map(([code]) => code))

/** The townships of 2020. One whose code lives on under a changed area (龙河镇) does not become historical. */
function townshipOf2020(then: Township): Division {
  return then.validTo === undefined || presentCodes.has(then.code) ? township(then) : { ...township(then), until: then.validTo }
}

/** Every division the model district knows: the province, its prefectures and counties, the district's townships, and abolished ones. */
export const divisions: readonly Division[] = [
  { ...regions.province, level: 'province' },
  ...regions.prefectures.map(({ code, name }): Division => ({ code, name, level: 'prefecture' })),
  ...regions.prefectures.flatMap(({ counties }) =>
    (counties as [string, string][]).map(([code, name]): Division => ({ code, name, level: 'county' })),
  ),
  ...regions.statisticalZones.map(({ code, name }): Division => ({ code, name, level: 'county', statistical: true })),
  ...(regions.historical as [string, string, string][]).map(([code, name]): Division => ({
    code,
    name,
    level: 'county',
    historical: true,
  })),
  ...[...townships.townships2020, ...townships.subdistricts2020].map(townshipOf2020),
  ...townships.codedUnderTheEconomicZone.map(township),
  ...townships.statisticalZones.map((zone): Division => ({ ...township(zone), statistical: true })),
  ...presentTownships
    .filter(([code]) => !townships.townships2020.concat(townships.subdistricts2020).some((then) => then.code === code))
    .map(([code, name]): Division => ({ code, name, level: 'township' })),
]
