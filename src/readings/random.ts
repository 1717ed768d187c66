import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Chance that can be repeated: the same seed draws the same. */
export interface Random {
  /** A whole number within the range, both ends included. */
  whole(from: number, to: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** One of the values, by weight. */
  pick<T>(weighted: readonly (readonly [value: T, weight: number])[]): T
  /** The index of one of the weights, by weight. */
  index(weights: readonly number[]): number
}

/** @param seed whatever names the draw: the year's seed, the system, the story, the case's number, the attempt */
export function randomOf(...seed: readonly (string | number)[]): Random {
  const generator = xoroshiro128plus(hash(seed.join('/')))
  const whole = (from: number, to: number): number => uniformInt(generator, from, to)
  const index = (weights: readonly number[]): number => {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    let left = (whole(0, 999_999_999) / 1_000_000_000) * total
    for (let at = 0; at < weights.length; at += 1) {
      left -= weights[at]!
      if (left < 0) return at
    }
    return weights.length - 1
  }
  return {
    whole,
    index,
    chance: (probability) => probability >= 1 || whole(0, 999_999) < probability * 1_000_000,
    pick: (weighted) => weighted[index(weighted.map(([, weight]) => weight))]![0],
  }
}

/** FNV-1a: spreads neighbouring seeds far apart. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value
}
