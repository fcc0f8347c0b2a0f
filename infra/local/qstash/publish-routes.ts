import { z } from 'zod'
import { ApiError } from './api-error.ts'
import type { Broker } from './broker.ts'
import type { Publication, Publisher, PublishResult } from './publish.ts'
import type { ApiReply, ApiRequest, Routes } from './router.ts'

const MAX_BATCH = 1_000

const BatchItem = z.object({
  destination: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().nullish(),
  queue: z.string().optional(),
})

const Batch = z.array(z.unknown()).max(MAX_BATCH)

/** Publish, enqueue and batch. */
export function publishRoutes(broker: Broker, publisher: Publisher): Routes {
  const publish = async (request: ApiRequest, queueName?: string): Promise<ApiReply> => {
    const { headers, body, callerIp } = request
    const { result, messages } = publisher.prepare({
      destination: destinationOf(request),
      headers,
      body,
      callerIp,
      queueName,
    })
    await broker.submit(messages)
    return { status: messages.length === 0 && isAllDuplicate(result) ? 202 : 201, body: result }
  }
  return {
    'POST /v2/publish/*': (request) => publish(request),
    'POST /v2/enqueue/:queue/*': (request) => publish(request, request.parameters.queue),
    'POST /v2/batch': async ({ body, callerIp }) => {
      const publications = parseJson(body, Batch).map((item) => prepareItem(publisher, item, callerIp))
      await broker.submit(publications.flatMap((publication) => ('error' in publication ? [] : publication.messages)))
      return { status: 200, body: publications.map((item) => ('error' in item ? item : item.result)) }
    },
  }
}

/** The address as it was sent, or once encoded by a careful client. */
export function destinationOf({ rest }: ApiRequest): string {
  if (!/^https?%3A/i.test(rest)) return rest
  try {
    return decodeURIComponent(rest)
  } catch {
    throw new ApiError(400, `malformed destination: ${rest}`)
  }
}

/** @throws ApiError 400 when the body is not JSON of that shape */
export function parseJson<T>(body: Buffer, schema: z.ZodType<T>): T {
  let json: unknown
  try {
    json = JSON.parse(body.toString())
  } catch {
    throw new ApiError(400, 'the body is not JSON')
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new ApiError(400, z.prettifyError(parsed.error))
  return parsed.data
}

/** A message that cannot be accepted does not keep the others of its batch from being. */
function prepareItem(publisher: Publisher, item: unknown, callerIp: string): Publication | { error: string } {
  const parsed = BatchItem.safeParse(item)
  if (!parsed.success) return { error: z.prettifyError(parsed.error) }
  const { destination, headers, body, queue: queueName } = parsed.data
  const lowerCased = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  try {
    return publisher.prepare({ destination, headers: lowerCased, body: Buffer.from(body ?? ''), callerIp, queueName })
  } catch (error) {
    if (error instanceof ApiError) return { error: error.message }
    throw error
  }
}

const isAllDuplicate = (result: PublishResult | PublishResult[]) =>
  [result].flat().every(({ deduplicated }) => deduplicated === true)
