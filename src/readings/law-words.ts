import { cited } from '#engine/citation.ts'
import type { Case } from '#engine/case.ts'
import type { Citation } from '#engine/citation.ts'
import type { Definition } from '#engine/definition.ts'
import type { Governing } from '#engine/governing.ts'
import type { Words } from '#engine/words.ts'

/** Why a case runs under the version that it does: the day of its opening first, then each step that switched, with its reason. */
export function lawWords({ openedOn, openedUnder, steps }: Case, { of, switches }: Governing): Words[] {
  const [zh, en] = versionWords(of(steps[0]!.seq), openedUnder.hash)
  return [
    [`适用版本：${zh}，因 ${openedOn} 立案`, `Law: ${en}, since it was opened on ${openedOn}`],
    ...switches.map(({ seq, from, to, hash, reason }): Words => {
      const { step: id, on, by } = steps.find((taken) => taken.seq === seq)!
      const step = from.steps[id]!
      const post = from.posts[by.post]!.name
      const [article] = [step.article].flat() as readonly Citation[]
      const [nextZh, nextEn] = versionWords(to, hash)
      return [
        `改按版本：${nextZh}，因第 ${seq} 步“${step.name[0]}”，${on}，${post[0]}，理由：${reason}（${cited(article!)}）`,
        `Switched to: ${nextEn}, by step ${seq} “${step.name[1]}”, ${on}, ${post[1]}, the reason: ${reason} (${cited(article!, 'en')})`,
      ]
    }),
  ]
}

/** A version by the day from which it is in force and the beginning of its hash. */
function versionWords({ inForce }: Definition, hash: string): Words {
  return [`自 ${inForce.from} 起施行（${hash.slice(0, 16)}）`, `in force from ${inForce.from} (${hash.slice(0, 16)})`]
}
