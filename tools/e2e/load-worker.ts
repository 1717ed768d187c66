import { openCase, takeStep } from '#store/take-step.ts'
import { openStore } from '#store/store.ts'
import { exampleSystem } from '#engine/example.ts'
import { publishedCalendar } from '#district/calendar.ts'
import { putEntry } from '#store/registers.ts'
import { Refusal } from '#engine/refusal.ts'
import { seal } from '#store/ledger.ts'
import { text } from '#engine/field.ts'

// Takes steps without pause on a data folder and prints each one that was acknowledged: `case seq`. Made to be killed.

const [folder = ''] = process.argv.slice(2)
const clerk = { post: 'clerk', person: 'c', organ: 'justice' }
const head = { post: 'head', person: 'h', organ: 'justice' }
const store = await openStore({ folder, region: '321302', as: 'own' })
const office = { store, catalogue: [exampleSystem], calendar: publishedCalendar }
const officers = {
  id: 'officers',
  name: ['执法人员', 'Officers'],
  key: ['编号', 'Key'],
  fields: { name: text('姓名', 'Name') },
  entries: [],
} as const
await putEntry(store, officers, { key: 'zhang', validFrom: '2020-01-01', value: { name: '张某' } }, head, '2020-01-02T09:00+08:00')
process.stdout.write('ready\n')

const acknowledge = (id: string, seq: number): boolean => process.stdout.write(`${id} ${seq}\n`)

async function client(): Promise<never> {
  for (;;) {
    const { theCase } = await openCase(office, 'example', {
      step: 'receive',
      input: { receivedOn: '2024-03-05', applicant: { name: '虚构某甲' } },
      by: clerk,
      at: '2024-03-05T10:00+08:00',
    })
    acknowledge(theCase.id, 1)
    await takeStep(office, theCase.id, { step: 'accept', input: { acceptedOn: '2024-03-12' }, by: clerk, at: '2024-03-12T10:00+08:00' })
    acknowledge(theCase.id, 2)
    await takeStep(office, theCase.id, {
      step: 'decide',
      input: { decidedOn: '2024-05-06', reason: '理由充分', officer: 'zhang' },
      by: head,
      at: '2024-05-06T10:00+08:00',
    })
    acknowledge(theCase.id, 3)
  }
}

async function sealer(): Promise<never> {
  for (;;) {
    await seal(store, '2024-12-31T12:00+08:00')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

try {
  await Promise.race([...Array.from({ length: 6 }, client), sealer()])
} catch (error) {
  // The database was killed under us: what must come is a refusal that says so, and nothing else.
  if (!(error instanceof Refusal)) throw error
  process.stdout.write(`refused ${error.code}\n`)
  process.exit(0)
}
