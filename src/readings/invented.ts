import townships from '#district/townships.json' with { type: 'json' }
import { organisationCheckCharacter, usccCheckCharacter } from '#law/identifiers/uscc.ts'
import { place } from '#district/place.ts'
import type { Party, Place } from '#engine/field.ts'
import type { Random } from './random.ts'

// Every name says that it is invented: nobody can take a synthetic year for a record of people.
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'
const FIRMS = ['示范', '样例', '演示', '虚拟', '模拟']
const TRADES = ['建材', '餐饮', '物流', '纺织', '物业', '商贸', '农业', '装饰']

/** A visibly invented person, organisation, official or telephone number. */
export function inventedName(kind: 'person' | 'organisation' | 'official' | 'phone', random: Random): string {
  const surname = SURNAMES[random.whole(0, SURNAMES.length - 1)]!
  switch (kind) {
    case 'person':
      return `${surname}某（虚构${random.whole(10_000, 99_999)}）`
    case 'official':
      return `${surname}某（虚构）`
    case 'organisation':
      return `${FIRMS[random.whole(0, FIRMS.length - 1)]}${TRADES[random.whole(0, TRADES.length - 1)]}有限公司（虚构${random.whole(1000, 9999)}）`
    case 'phone':
      // 130 0000 and 130 0001 are used by nobody that the platform knows of, and show at once.
      return `1300000${String(random.whole(0, 9999)).padStart(4, '0')}`
  }
}

/** A visibly invented party, four times in five a person. */
export function inventedParty(random: Random): Party {
  const organisation = random.chance(0.2)
  return {
    name: inventedName(organisation ? 'organisation' : 'person', random),
    kind: organisation ? 'organisation' : 'person',
    phone: inventedName('phone', random),
  }
}

/**
 * The towns, each with a point in it: of the towns' outlines nothing is among the district's data, so these lie where the town roughly is
 * (unverified) and well within the district's own outline. Communities are numbered, for the same reason.
 */
const TOWNS = (
  [
    ['耿车镇', 118.215, 33.905],
    ['埠子镇', 118.22, 33.835],
    ['龙河镇', 118.23, 33.75],
    ['洋北镇', 118.38, 33.82],
    ['中扬镇', 118.42, 33.695],
    ['陈集镇', 118.31, 33.705],
    ['蔡集镇', 118.12, 33.99],
    ['王官集镇', 118.07, 33.99],
    ['罗圩乡', 118.235, 33.73],
    ['屠园乡', 118.38, 33.75],
    ['项里街道', 118.27, 33.92],
    ['幸福街道', 118.285, 33.945],
    ['河滨街道', 118.285, 33.925],
    ['古城街道', 118.27, 33.96],
    ['支口街道', 118.24, 33.96],
    ['双庄街道', 118.25, 33.94],
  ] as const
).map(([name, longitude, latitude]) => {
  const { code } = [...townships.townships2020, ...townships.subdistricts2020].find((town) => town.name === name)!
  return { name, code, longitude, latitude }
})
const COMMUNITIES = 18

/** How far the communities lie round the point of their town, and houses round that of their community, in degrees of latitude. */
const TOWN_RADIUS = 0.012
const COMMUNITY_RADIUS = 0.002

/** A place of an invented community: some callers know the community, some show the place on a map, some do both. */
export function inventedPlace(random: Random): Place {
  const town = TOWNS[Math.min(random.whole(0, TOWNS.length - 1), random.whole(0, TOWNS.length + 3))] ?? TOWNS[0]!
  const number = random.whole(1, COMMUNITIES)
  const house = random.whole(1, 60)
  const community = `${town.name}第${number}社区（虚构）`
  const known = random.pick([
    ['community', 5],
    ['both', 3],
    ['point', 2],
  ])
  return {
    township: town.code,
    address: known === 'point' ? `${town.name}${number}号路段（虚构）` : `${community}${house}号`,
    ...(known === 'point' ? {} : { community }),
    ...(known === 'community' ? {} : pointOf(town, number, random)),
  }
}

/** Communities on a sunflower's spiral round the town, so that neighbours are some hundred metres apart; houses evenly round that. */
function pointOf(
  { longitude, latitude }: (typeof TOWNS)[number],
  number: number,
  random: Random,
): Required<Pick<Place, 'longitude' | 'latitude'>> {
  const turn = number * Math.PI * (3 - Math.sqrt(5))
  const out = TOWN_RADIUS * Math.sqrt(number / COMMUNITIES)
  const [aside, away] = [random.whole(0, 359), Math.sqrt(random.whole(0, 1000) / 1000)]
  const east = out * Math.cos(turn) + COMMUNITY_RADIUS * away * Math.cos((aside * Math.PI) / 180)
  const north = out * Math.sin(turn) + COMMUNITY_RADIUS * away * Math.sin((aside * Math.PI) / 180)
  return {
    longitude: toMetre(longitude + east / Math.cos((latitude * Math.PI) / 180)),
    latitude: toMetre(latitude + north),
  }
}

function toMetre(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000
}

/** So many firms are complained of, the first of them most. */
const FIRMS_COMPLAINED_OF = 80

/**
 * The credit code of an invented firm: valid, and visibly nobody's, for its organisation code counts from 1 and the register of the district
 * gives none of those.
 */
export function inventedSubject(random: Random): string {
  const number = Math.min(...[1, 2, 3].map(() => random.whole(1, FIRMS_COMPLAINED_OF)))
  const organisation = String(number).padStart(8, '0')
  const code = `91${place.region}${organisation}${organisationCheckCharacter(organisation)}`
  return `${code}${usccCheckCharacter(code)}`
}
