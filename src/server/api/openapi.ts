import { openapiPage } from './openapi-page.ts'
import { stepSchemas, valueSchemas } from '#readings/api-schema.ts'
import { statusOf } from '../problem.ts'
import { z } from 'zod'
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import type { JsonSchema, StepSchema } from '#readings/api-schema.ts'
import type { Language, Words } from '#engine/words.ts'
import type { Services } from '../services.ts'

/** A route as the description of the API shows it. */
export interface RouteShown {
  readonly method: string
  /** `/cases/{id}`. */
  readonly path: string
  readonly schema: FastifySchema
  readonly isOpen: boolean
  /** A write that wants an `Idempotency-Key`. */
  readonly once: boolean
}

/**
 * Notes every route that is registered after it. Must come before them.
 *
 * @returns the routes, complete when the server is ready
 */
export function notedRoutes(api: FastifyInstance): readonly RouteShown[] {
  const routes: RouteShown[] = []
  api.addHook('onRoute', ({ method, url, schema = {}, config }: RouteOptions) => {
    for (const one of [method].flat()) {
      // A GET brings its HEAD along: that says nothing new.
      if (one === 'HEAD' && !schema.summary) continue
      if (one === 'HEAD' && routes.some(({ path, method: known }) => known === 'GET' && path === pathOf(api, url))) continue
      routes.push({
        method: one,
        path: pathOf(api, url),
        schema,
        isOpen: config?.open === true,
        once: one === 'POST' && !config?.repeatable && !config?.open,
      })
    }
  })
  return routes
}

function pathOf({ prefix }: FastifyInstance, url: string): string {
  const own = url.startsWith(prefix) ? url.slice(prefix.length) : url
  return (own === '' ? '/' : own).replace(/:(\w+)/g, '{$1}')
}

/** `/` and `/openapi.json`: what the API can do, read off the definitions and the routes. Nothing of a case is in it. */
export function openapiApi(api: FastifyInstance, { catalogue, place }: Services, routes: readonly RouteShown[]): void {
  const documents = new Map<Language, string>()

  // The address ends in `.json`: that ending is cut off before it is routed, as for every page.
  api.get(
    '/openapi',
    {
      config: { open: true },
      schema: { summary: ['本说明（OpenAPI 3.1），在 /openapi.json', 'This description (OpenAPI 3.1), at /openapi.json'] },
    },
    async (request, reply) => {
      const { language } = request.view
      const document = documents.get(language) ?? JSON.stringify(openapiDocument(catalogue, routes, place.name, language))
      documents.set(language, document)
      return reply.type('application/json; charset=utf-8').send(document)
    },
  )

  api.get('/', { config: { open: true }, schema: { summary: ['接口说明', 'The readable description'] } }, async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(String(openapiPage(routes, catalogue, request.view))),
  )
}

/** The whole description. */
export function openapiDocument(
  catalogue: Services['catalogue'],
  routes: readonly RouteShown[],
  placeName: Words,
  language: Language,
): JsonSchema {
  const pick = (words: Words): string => words[language === 'zh' ? 0 : 1]
  const steps = catalogue.flatMap((system) => stepSchemas(system, language))
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route, steps, pick)
  const answers = routes.flatMap(({ schema }) => (schema.answer ? [nameOf(schema.answer)] : []))
  return {
    openapi: '3.1.0',
    info: {
      title: `${pick(placeName)} · ${pick(['依法接口', 'Yifa API'])}`,
      version: '1',
      description: pick([
        '由程序定义与路由生成。人员以登录会话、其他系统以接口密钥进入。每一拒绝形式相同：代码、说明、依据、办法。',
        'Generated from the definitions and the routes. People come with their session, other systems with a key. Every no has one shape: code, message, basis, remedy.',
      ]),
    },
    servers: [{ url: '/api/v1' }],
    security: [{ client: [] }],
    paths,
    components: {
      securitySchemes: {
        client: { type: 'http', scheme: 'bearer', description: pick(['接口客户端的密钥 yifa_…', 'The key of an API client, yifa_…']) },
      },
      schemas: {
        Refusal: {
          type: 'object',
          properties: Object.fromEntries(['code', 'message', 'basis', 'remedy'].map((name) => [name, { type: 'string' }])),
          required: ['code', 'message', 'basis', 'remedy'],
        },
        ...valueSchemas,
        ...Object.fromEntries(answers.map((name) => [name, { type: 'object', title: name, additionalProperties: true }])),
        ...Object.fromEntries(steps.map(({ name, schema }) => [name, schema])),
      },
    },
  }
}

function operation(
  { method, path, schema, isOpen, once }: RouteShown,
  steps: readonly StepSchema[],
  pick: (words: Words) => string,
): JsonSchema {
  const body = bodySchema(schema, steps)
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[{}]/g, '').replace(/[^a-zA-Z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())}`,
    ...(schema.summary ? { summary: pick(schema.summary) } : {}),
    ...(isOpen ? { security: [] } : {}),
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...Object.entries(schema.parameters ?? {}).map(([name, shape]) => ({
        name,
        in: 'query',
        required: !z.object({ [name]: shape }).safeParse({}).success,
        schema: asJson(shape as z.ZodType),
      })),
      ...(once ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', pattern: '^[\\w-]{8,80}$' } }] : []),
    ],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: { ...answered(schema, method), ...refused(schema), default: refusal(pick(['拒绝', 'A refusal'])) },
  }
}

/** The body; where it takes the input of a step, one form for each step that there is. */
function bodySchema({ body, inputs }: FastifySchema, steps: readonly StepSchema[]): JsonSchema | undefined {
  if (body === undefined) return undefined
  const whole = asJson(body as z.ZodType)
  if (inputs === undefined) return whole
  const forms = steps.filter(({ opens }) => opens === (inputs === 'opening'))
  return {
    oneOf: forms.map(({ name, procedure, step }) => ({
      ...whole,
      properties: {
        ...(whole['properties'] as object),
        ...(inputs === 'opening' ? { procedure: { const: procedure } } : {}),
        step: { const: step },
        input: { $ref: `#/components/schemas/${name}` },
      },
    })),
  }
}

function answered({ answer }: FastifySchema, method: string): JsonSchema {
  const status = method === 'POST' ? '201' : '200'
  if (answer === undefined) return { [status]: { description: '✓' } }
  const one = { $ref: `#/components/schemas/${nameOf(answer)}` }
  const schema = answer.endsWith('[]') ? { type: 'array', items: one } : one
  return { [status]: { description: '✓', content: { 'application/json': { schema } } } }
}

/** The refusals that a route names, by their status. */
function refused({ refusals = [] }: FastifySchema): JsonSchema {
  const byStatus = Object.groupBy(refusals, (code) => String(statusOf({ code, exit: 1 })))
  return Object.fromEntries(Object.entries(byStatus).map(([status, codes]) => [status, refusal(codes!.join(', '))]))
}

function refusal(description: string): JsonSchema {
  return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } }
}

function nameOf(answer: string): string {
  return answer.replace(/\[\]$/, '')
}

function asJson(shape: z.ZodType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' })
  return schema
}
