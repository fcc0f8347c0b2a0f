import { z } from 'zod'
import { ApiError } from './api-error.ts'
import type { Broker } from './broker.ts'
import { MAX_ACTIVE } from './dispatcher.ts'
import { isHttpUrl } from './publish-options.ts'
import { parseJson } from './publish-routes.ts'
import type { ApiReply, Handler, Routes } from './router.ts'
import type { SigningKeys } from './signature.ts'
import type { UrlGroups } from './url-groups.ts'

const Queue = z.object({
  queueName: z.string(),
  parallelism: z.int().optional(),
  paused: z.boolean().optional(),
})

const Endpoints = z.object({
  endpoints: z
    .array(z.object({ name: z.string().optional(), url: z.string().refine(isHttpUrl, 'invalid url') }))
    .min(1),
})

const RemovedEndpoints = z.object({
  endpoints: z
    .array(z.object({ name: z.string().optional(), url: z.string().optional() }))
    .min(1)
    .refine(
      (endpoints) => endpoints.every(({ name, url }) => name !== undefined || url !== undefined),
      'name or url is missing',
    ),
})

const PositiveNumber = z.coerce.number().int().positive().max(1_000_000_000)

const Pin = z.object({
  parallelism: PositiveNumber.optional(),
  rate: PositiveNumber.optional(),
  period: PositiveNumber.optional(),
})

/** Queues, URL groups, flow control and keys. */
export function manageRoutes(broker: Broker, urlGroups: UrlGroups, onRotated: (keys: SigningKeys) => void): Routes {
  return {
    ...queueRoutes(broker),
    ...urlGroupRoutes(broker, urlGroups),
    ...flowRoutes(broker),
    ...keyRoutes(broker, onRotated),
  }
}

/** The change is safe before it is confirmed. */
async function confirmed(broker: Broker, body?: object): Promise<ApiReply> {
  await broker.store.committed()
  return { status: 200, body }
}

function queueRoutes(broker: Broker): Routes {
  const { queues } = broker.dispatcher
  const setPaused = (name: string, isPaused: boolean) => {
    queues.upsert(name, { isPaused }, broker.clock.now())
    return confirmed(broker)
  }
  return {
    'POST /v2/queues': ({ body }) => {
      const { queueName, parallelism, paused } = parseJson(body, Queue)
      queues.upsert(queueName, { parallelism, isPaused: paused }, broker.clock.now())
      return confirmed(broker)
    },
    'GET /v2/queues': () => ({ status: 200, body: queues.list() }),
    'GET /v2/queues/:name': ({ parameters }) => ({ status: 200, body: queues.info(text(parameters.name)) }),
    'DELETE /v2/queues/:name': ({ parameters }) => {
      broker.cancel(queues.delete(text(parameters.name)))
      return confirmed(broker)
    },
    'POST /v2/queues/:name/pause': ({ parameters }) => setPaused(text(parameters.name), true),
    'POST /v2/queues/:name/resume': ({ parameters }) => setPaused(text(parameters.name), false),
  }
}

function urlGroupRoutes(broker: Broker, urlGroups: UrlGroups): Routes {
  return {
    'GET /v2/topics': () => ({ status: 200, body: urlGroups.list() }),
    'GET /v2/topics/:name': ({ parameters }) => ({ status: 200, body: urlGroups.get(text(parameters.name)) }),
    'DELETE /v2/topics/:name': ({ parameters }) => {
      urlGroups.delete(text(parameters.name))
      return confirmed(broker)
    },
    'POST /v2/topics/:name/endpoints': ({ parameters, body }) => {
      urlGroups.addEndpoints(text(parameters.name), parseJson(body, Endpoints).endpoints, broker.clock.now())
      return confirmed(broker)
    },
    'DELETE /v2/topics/:name/endpoints': ({ parameters, body }) => {
      urlGroups.removeEndpoints(text(parameters.name), parseJson(body, RemovedEndpoints).endpoints, broker.clock.now())
      return confirmed(broker)
    },
  }
}

function flowRoutes(broker: Broker): Routes {
  const { dispatcher } = broker
  const { flows } = dispatcher
  const change = (apply: (key: string, query: URLSearchParams) => void): Handler => {
    return ({ parameters, query }) => {
      apply(text(parameters.key), query)
      return confirmed(broker)
    }
  }
  return {
    'GET /v2/flowControl': () => ({ status: 200, body: flows.list() }),
    'GET /v2/flowControl/:key': ({ parameters }) => ({ status: 200, body: flows.info(text(parameters.key)) }),
    'POST /v2/flowControl/:key/pause': change((key) => flows.setPaused(key, true)),
    'POST /v2/flowControl/:key/resume': change((key) => flows.setPaused(key, false)),
    'POST /v2/flowControl/:key/pin': change((key, query) => flows.pin(key, pinOf(query))),
    'POST /v2/flowControl/:key/unpin': change((key, query) =>
      flows.unpin(key, { parallelism: query.get('parallelism') === 'true', rate: query.get('rate') === 'true' }),
    ),
    'POST /v2/flowControl/:key/resetRate': change((key) => flows.resetRate(key)),
    'GET /v2/globalParallelism': () => ({
      status: 200,
      body: { parallelismMax: MAX_ACTIVE, parallelismCount: dispatcher.activeCount },
    }),
  }
}

function pinOf(query: URLSearchParams) {
  const parsed = Pin.safeParse(Object.fromEntries(query))
  if (!parsed.success) throw new ApiError(400, z.prettifyError(parsed.error))
  const { parallelism, rate, period: periodS } = parsed.data
  if (parallelism === undefined && rate === undefined && periodS === undefined)
    throw new ApiError(400, 'parallelism, rate or period is missing')
  return { parallelism, rate, periodS }
}

function keyRoutes(broker: Broker, onRotated: (keys: SigningKeys) => void): Routes {
  return {
    'GET /v2/keys': () => ({ status: 200, body: broker.signer.keys }),
    'POST /v2/keys/rotate': () => {
      const keys = broker.signer.rotate()
      onRotated(keys)
      return confirmed(broker, keys)
    },
  }
}

/** The router gives every name of the pattern; this tells the compiler. */
const text = (parameter: string | undefined) => parameter ?? ''
