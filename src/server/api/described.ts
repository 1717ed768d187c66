import type { FastifyInstance } from 'fastify'
import type { Words } from '#engine/words.ts'
import type { z } from 'zod'

declare module 'fastify' {
  /**
   * How a route of the API describes itself. Every route under `/api/v1` is in the description of the API by being there; `schema` says more:
   *
   * @example
   * api.get('/tasks', { schema: { summary: ['待办', 'What is to be done'], parameters: { after: word.optional() }, answer: 'TaskJson[]' } }, …)
   *
   * It only describes: the handler reads its body by `read` and its query by `readQuery`, from the same constants.
   */
  interface FastifySchema {
    readonly summary?: Words
    /** The zod shape that the handler reads the query with. */
    readonly parameters?: z.ZodRawShape
    /** The name of the exported `interface …Json` that it answers with; `[]` after it for a list. */
    readonly answer?: string
    /** The body takes the input of a step: one that opens a case, or any other. */
    readonly inputs?: 'opening' | 'taking'
    /** Codes that it refuses with beside those that every route has. */
    readonly refusals?: readonly string[]
  }
}

/** Describes and does not check: the handler checks, and says what is wrong in the one shape of a refusal. */
export function describeOnly(api: FastifyInstance): void {
  api.setValidatorCompiler(() => () => true)
}
