import townships from '#district/townships.json' with { type: 'json' }
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

/** Communities by number: the district's own list of villages is not among its data. */
const TOWNS = [
  '耿车镇',
  '埠子镇',
  '龙河镇',
  '洋北镇',
  '中扬镇',
  '陈集镇',
  '蔡集镇',
  '王官集镇',
  '罗圩乡',
  '屠园乡',
  '项里街道',
  '幸福街道',
  '河滨街道',
  '古城街道',
  '支口街道',
  '双庄街道',
].map((name) => [...townships.townships2020, ...townships.subdistricts2020].find((town) => town.name === name)!)

export function inventedPlace(random: Random): Place {
  const town = TOWNS[Math.min(random.whole(0, TOWNS.length - 1), random.whole(0, TOWNS.length + 3))] ?? TOWNS[0]!
  const community = `${town.name}第${random.whole(1, 18)}社区（虚构）`
  return { address: `${community}${random.whole(1, 60)}号`, township: town.code, community }
}
