import { catalogue } from '#procedures/catalogue.ts'
import { citationsOf } from '#engine/check.ts'
import { command, print } from './command.ts'
import { say } from '#engine/words.ts'
import type { Command } from 'commander'
import type { Common } from './command.ts'

/** `yifa law cite LAW ARTICLE`: every place that rests on an article. */
export function lawCommand(): Command {
  const law = command('law', 'what rests on which article')
  law.addCommand(
    command('cite', 'every place that rests on an article')
      .argument('<law>', 'short title, as 行政复议法')
      .argument('[article]', 'article, as 62')
      .action((title: string, article: string | undefined, options: Common) => {
        const places = placesOn(title, article)
        print(options, { law: title, article: article ?? null, places }, () =>
          places.length === 0
            ? say(
                [
                  `没有规则引用《${title}》${article ? `第${article}条` : ''}。`,
                  `Nothing rests on 《${title}》${article ? ` article ${article}` : ''}.`,
                ],
                options.lang,
              )
            : places
                .map(
                  (place) =>
                    `${place.at}  ${place.name}  ${place.law}(${place.version ?? ''})§${place.article ?? ''}${place.words ? ` “${place.words}”` : ''}`,
                )
                .join('\n'),
        )
        if (places.length === 0) process.exitCode = 1
      }),
  )
  return law
}

function placesOn(
  title: string,
  article: string | undefined,
): { at: string; name: string; law: string; version: string | null; article: string | null; words: string | null }[] {
  const short = title.replace(/^中华人民共和国/, '')
  return catalogue.flatMap(citationsOf).flatMap(({ at, name, citation }) => {
    if (citation.law !== short) return []
    // 39(1)6 stands in article 39; 62 is not in 6.
    if (article !== undefined && citation.article !== article && citation.article?.split('(')[0] !== article) return []
    return [
      { at, name, law: citation.law, version: citation.version ?? null, article: citation.article ?? null, words: citation.words ?? null },
    ]
  })
}
