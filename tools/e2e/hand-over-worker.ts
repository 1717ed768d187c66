import { example, exampleSystem } from '#engine/example.ts'
import { openCase, takeStep } from '#store/take-step.ts'
import { openStore } from '#store/store.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { Refusal } from '#engine/refusal.ts'
import type { Definition } from '#engine/definition.ts'
import type { System } from '#engine/system.ts'

// Takes steps that hand over to another procedure, without pause. Made to be killed.

/** The example, whose acceptance opens a case of a second procedure. */
export const handingOver: readonly System[] = [
  {
    ...exampleSystem,
    definitions: [
      {
        ...example,
        steps: {
          ...example.steps,
          accept: {
            ...example.steps.accept,
            opens: { procedure: 'following', step: 'receive', passes: { applicant: 'applicant', into: 'id' } },
          },
        },
      } satisfies Definition,
    ],
  },
  {
    ...exampleSystem,
    id: 'following',
    definitions: [
      {
        ...example,
        id: 'following',
        series: '后续',
        steps: { ...example.steps, receive: { ...example.steps.receive, by: ['clerk', 'case'] } },
      } satisfies Definition,
    ],
  },
]

const [, script = '', folder] = process.argv
if (script === import.meta.filename && folder !== undefined) await work(folder)

async function work(data: string): Promise<void> {
  const store = await openStore({ folder: data, region: '321302', as: 'own' })
  const office = { store, catalogue: handingOver, calendar: publishedCalendar }
  const clerk = { post: 'clerk', person: 'c', organ: 'justice' }
  const client = async (): Promise<never> => {
    for (;;) {
      const { theCase } = await openCase(office, 'example', {
        step: 'receive',
        input: { receivedOn: '2024-03-05', applicant: { name: '虚构某甲' } },
        by: clerk,
        at: '2024-03-05T10:00+08:00',
      })
      await takeStep(office, theCase.id, { step: 'accept', input: { acceptedOn: '2024-03-06' }, by: clerk, at: '2024-03-06T10:00+08:00' })
      process.stdout.write('accepted\n')
    }
  }
  try {
    await Promise.race(Array.from({ length: 4 }, client))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    process.stdout.write(`refused ${error.code}\n`)
    process.exit(0)
  }
}
