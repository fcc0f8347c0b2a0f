import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEngine, type Engine } from './engine.ts'
import { answerRest, failure, type RestResponse } from './rest.ts'
import type { Clock } from './store.ts'

export interface RedisOptions {
  /** 0, the default, takes any free port. */
  port?: number
  token: string
  clock?: Clock
  /** Of the commands that pick at random. */
  seed?: number
  maxBodyBytes?: number
  /** A script that runs for longer is stopped. */
  maxScriptInstructions?: number
}

export interface RunningRedis {
  readonly url: string
  close(): Promise<void>
}

const defaultMaxBodyBytes = 10 * 1024 * 1024
/** Longer than clients keep an idle connection: else now and then one would send a request into a closing one. */
const keepAliveMs = 300_000
const defaultMaxScriptInstructions = 5_000_000

/** Starts a Redis that speaks the REST protocol of Upstash on this machine only. Its data live as long as it runs. */
export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  if (options.token === '') throw new Error('The local Redis needs a token: an empty one would let anybody in')
  const engine = createEngine({
    clock: options.clock ?? Date,
    seed: options.seed ?? 1,
    maxScriptInstructions: options.maxScriptInstructions ?? defaultMaxScriptInstructions,
  })
  const maxBodyBytes = options.maxBodyBytes ?? defaultMaxBodyBytes
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    readBody(request, maxBodyBytes)
      .then((body) => respond(response, answer(engine, options.token, request, body, maxBodyBytes)))
      .catch((error: unknown) => respond(response, failure(500, `ERR internal error: ${String(error)}`)))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

function answer(
  engine: Engine,
  token: string,
  request: IncomingMessage,
  body: Buffer | undefined,
  maxBodyBytes: number,
) {
  if (!body) return failure(413, `ERR max request size exceeded. Limit: ${maxBodyBytes} bytes`)
  return answerRest(engine, token, {
    target: request.url ?? '/',
    authorization: request.headers.authorization,
    encoding: request.headers['upstash-encoding']?.toString(),
    body,
  })
}

/** @returns undefined when there was too much; the rest is read and forgotten, so that the answer can be delivered */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= maxBytes) chunks.push(chunk)
  }
  return bytes <= maxBytes ? Buffer.concat(chunks) : undefined
}

function respond(response: ServerResponse, { status, body }: RestResponse): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'upstash-sync-token': 'local',
  })
  response.end(text)
}
