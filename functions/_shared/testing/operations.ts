import { z } from '@hono/zod-openapi'
import { callGateway } from './gateway.ts'
import { testBindings } from './world.ts'

/** The parts of JSON Schema that our documents use. */
const Schema = z.looseObject({
  $ref: z.string().optional(),
  example: z.unknown().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), Schema).default({})
  },
})
export type Schema = z.infer<typeof Schema>

const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: Schema,
})
export type Parameter = z.infer<typeof Parameter>

const Content = z.record(z.string(), z.object({ schema: Schema }))

const Described = z.object({
  operationId: z.string(),
  summary: z.string().default(''),
  tags: z.array(z.string()).default([]),
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ required: z.boolean().default(false), content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
})

export const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Described)),
  components: z.looseObject({ schemas: z.record(z.string(), Schema).default({}) }),
})
export type Document = z.infer<typeof Document>

export interface Operation extends z.infer<typeof Described> {
  /** Upper case. */
  method: string
  /** With its parameters in braces. */
  path: string
  body: Schema | undefined
  /** Who may call: anybody, who is signed in and has a role, the queue, which signs, or Telegram, which knows a secret. */
  caller: 'anyone' | 'user' | 'expert' | 'admin' | 'queue' | 'telegram'
}

/** Whether a caller of this kind shows a token of a user. */
export const showsToken = ({ caller }: Operation): boolean => !['anyone', 'queue', 'telegram'].includes(caller)

/** What Telegram sends along, and nobody else knows. */
export const telegramHeaders = ({ caller }: Operation): Record<string, string> =>
  caller === 'telegram' ? { 'x-telegram-bot-api-secret-token': testBindings().TELEGRAM_WEBHOOK_SECRET } : {}

/** The document that the gateway serves, and every operation in it. */
export async function readOperations() {
  const { body } = await callGateway('GET', '/openapi.json')
  const document = Document.parse(body)
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => toOperation(document, method.toUpperCase(), path, described)),
  )
  return { raw: z.record(z.string(), z.unknown()).parse(body), operations }
}

function toOperation(
  document: Document,
  method: string,
  path: string,
  described: z.infer<typeof Described>,
): Operation {
  const schema = described.requestBody?.content['application/json']?.schema
  return { ...described, method, path, body: schema && resolved(document, schema), caller: callerOf(described) }
}

function callerOf({ security }: z.infer<typeof Described>): Operation['caller'] {
  if (security.some((scheme) => 'queue' in scheme)) return 'queue'
  if (security.some((scheme) => 'telegram' in scheme)) return 'telegram'
  const [role] = security.flatMap((scheme) => scheme.bearer ?? [])
  if (role === 'expert' || role === 'admin') return role
  return security.length > 0 ? 'user' : 'anyone'
}

function resolved(document: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const name = schema.$ref.replace('#/components/schemas/', '')
  const found = document.components.schemas[name]
  if (!found) throw new Error(`the document has no ${schema.$ref}`)
  return resolved(document, found)
}

export interface ExampleRequest {
  path: Record<string, string>
  query: Record<string, string>
  headers: Record<string, string>
  /** An object, or an array where the operation takes one. */
  body: object | undefined
}

/**
 * The request that an operation's own examples make: every member and parameter that has one, optional ones too.
 *
 * @param prepared ids of things that are there, by the name of the member or parameter that wants them
 * @throws when something that is required has no example
 */
export function exampleRequest({ operationId, parameters, body }: Operation, prepared: Record<string, string>) {
  const exampleOf = (name: string, schema: Schema, isRequired: boolean) => {
    const example = prepared[name] ?? schema.example
    if (example === undefined && isRequired) throw new Error(`${operationId} has no example of ${name}`)
    return example
  }
  const members: Record<string, unknown> = {}
  const list = z
    .array(z.unknown())
    .optional()
    .parse(body?.type === 'array' ? body.example : undefined)
  const request: ExampleRequest = { path: {}, query: {}, headers: {}, body: body && (list ?? members) }
  const places = { path: request.path, query: request.query, header: request.headers }
  for (const parameter of parameters) {
    const example = exampleOf(parameter.name, parameter.schema, parameter.required)
    if (example !== undefined) places[parameter.in][parameter.name] = String(example)
  }
  for (const [name, schema] of Object.entries(body?.properties ?? {})) {
    const example = exampleOf(name, schema, body?.required.includes(name) ?? false)
    if (example !== undefined) members[name] = example
  }
  return request
}

/** Path and query of a request, with every value as it is: hostile ones are encoded as a client would. */
export function addressOf(operation: Pick<Operation, 'path'>, { path, query }: Pick<ExampleRequest, 'path' | 'query'>) {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''))
  const search = new URLSearchParams(query).toString()
  return search === '' ? filled : `${filled}?${search}`
}
