import type { Value } from '#engine/year.ts'

/** How somebody is served on the day of the step in a synthetic year: mostly in person or by post. */
export function servedSomehow(served: string): Value {
  const on = { served, shownOn: { dayOfStep: 0 } } as const
  return {
    pick: [
      [
        {
          record: {
            ...on,
            means: 'in-person',
            receivedBy: {
              pick: [
                ['self', 7],
                ['family', 2],
                ['agent', 1],
              ],
            },
          },
        },
        46,
      ],
      [{ record: { ...on, means: 'post' } }, 34],
      [{ record: { ...on, means: 'electronic', consented: true } }, 13],
      [
        {
          record: {
            ...on,
            means: 'left',
            recordedBy: {
              pick: [
                ['recording', 3],
                ['witness', 1],
              ],
            },
          },
        },
        6,
      ],
      [{ record: { ...on, means: 'entrusted', through: '（演示）邻县司法局' } }, 1],
    ],
  }
}

/** An organ signs for it, or gets it by the office network. */
export function organServed(served: string): Value {
  const on = { served, shownOn: { dayOfStep: 0 } } as const
  return {
    pick: [
      [{ record: { ...on, means: 'in-person', receivedBy: 'in-charge' } }, 7],
      [{ record: { ...on, means: 'electronic', consented: true } }, 3],
    ],
  }
}

export function receiptOf(served: string): Value {
  return { record: { served, paper: { file: '送达回证.pdf' } } }
}
