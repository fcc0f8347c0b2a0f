import type { Command, Engine } from './engine.ts'
import { type Bytes, bytesFromText, RedisError, type Reply, Status, textFromBytes } from './reply.ts'

export interface RestRequest {
  /** Path and query, as on the request line. */
  readonly target: string
  readonly authorization: string | undefined
  /** The header `Upstash-Encoding`. */
  readonly encoding: string | undefined
  readonly body: Buffer
}

export interface RestResponse {
  readonly status: number
  readonly body: unknown
}

type Encode = (reply: Reply) => unknown

/** A request that is no command at all: HTTP 400. */
class BadRequest extends Error {}

/** Answers one HTTP request: one command, a pipeline, or a transaction. Never throws on what a client sent. */
export function answerRest(engine: Engine, token: string, request: RestRequest): RestResponse {
  const [path = '', query = ''] = request.target.split('?', 2)
  const parameters = new URLSearchParams(query)
  const credentials = request.authorization?.replace(/^bearer /i, '') ?? parameters.get('_token')
  if (credentials !== token) return failure(401, 'WRONGPASS invalid or missing auth token')
  parameters.delete('_token')
  const encode = request.encoding === 'base64' ? toBase64 : toText
  try {
    if (path === '/pipeline') return { status: 200, body: runAll(engine, readCommands(request.body), encode) }
    if (path === '/multi-exec') return runTransaction(engine, readCommands(request.body), encode)
    const command = path === '/' ? readCommand(parse(request.body)) : readPath(path, parameters, request.body)
    return { status: 200, body: { result: encode(engine.execute(command)) } }
  } catch (error) {
    if (error instanceof RedisError || error instanceof BadRequest) return failure(400, textFromBytes(error.message))
    throw error
  }
}

export const failure = (status: number, error: string): RestResponse => ({ status, body: { error } })

function runAll(engine: Engine, commands: readonly Command[], encode: Encode): unknown {
  return commands.map((command) => {
    try {
      return { result: encode(engine.execute(command)) }
    } catch (error) {
      if (!(error instanceof RedisError)) throw error
      return { error: textFromBytes(error.message) }
    }
  })
}

/** All or nothing while queueing; afterwards, as in Redis, a command that fails does not undo the others. */
function runTransaction(engine: Engine, commands: readonly Command[], encode: Encode): RestResponse {
  for (const command of commands) {
    try {
      engine.assertQueueable(command)
    } catch (error) {
      if (!(error instanceof RedisError)) throw error
      return failure(400, `EXECABORT Transaction discarded because of: ${textFromBytes(error.message)}`)
    }
  }
  return { status: 200, body: runAll(engine, commands, encode) }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new BadRequest('ERR failed to parse command: the body is not JSON')
  }
}

function readCommands(body: Buffer): readonly Command[] {
  const commands = parse(body)
  if (!Array.isArray(commands)) throw new BadRequest('ERR failed to parse pipeline request: not an array of commands')
  if (commands.length === 0) throw new BadRequest('ERR empty pipeline request')
  return commands.map(readCommand)
}

function readCommand(command: unknown): Command {
  if (!Array.isArray(command)) throw new BadRequest('ERR failed to parse command: not an array')
  if (command.length === 0) throw new BadRequest('ERR empty command')
  return command.map(readArgument)
}

function readArgument(value: unknown): Bytes {
  if (typeof value === 'string') return bytesFromText(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new BadRequest('ERR unsupported argument type: only strings, numbers and booleans')
}

/** `/set/key?EX=60` with the value in the body: path, then body, then query. */
function readPath(path: string, parameters: URLSearchParams, body: Buffer): Command {
  const value = body.length > 0 ? [body.toString('latin1')] : []
  const options = [...parameters].flatMap((pair) => pair.filter((part) => part !== '').map(bytesFromText))
  return [...path.slice(1).split('/').map(decodeSegment), ...value, ...options]
}

function decodeSegment(segment: string): Bytes {
  try {
    return bytesFromText(decodeURIComponent(segment))
  } catch {
    throw new BadRequest('ERR failed to parse command: bad percent-encoding in the path')
  }
}

function toText(reply: Reply): unknown {
  if (reply === null || typeof reply === 'number') return reply
  if (typeof reply === 'string') return textFromBytes(reply)
  return reply instanceof Status ? textFromBytes(reply.text) : reply.map(toText)
}

/** The client leaves a bare OK alone at the top, but decodes every string within an array, OK included. */
function toBase64(reply: Reply, depth: number | undefined = 0): unknown {
  if (reply === null || typeof reply === 'number') return reply
  if (typeof reply === 'string') return btoa(reply)
  if (reply instanceof Status) return depth === 0 && reply.text === 'OK' ? 'OK' : btoa(reply.text)
  return reply.map((item) => toBase64(item, depth + 1))
}
