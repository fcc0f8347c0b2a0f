import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { isolationLevels, type Statement, type TransactionOptions } from './backend.ts'

/** The request itself is wrong; Postgres never saw it. */
export class BadRequest extends Error {}

export interface SqlRequest {
  statements: Statement[]
  /** Absent for a single statement, which is answered without the list around it. */
  transaction: TransactionOptions | undefined
  /** Rows as arrays instead of objects. */
  arrayMode: boolean
  /** Values as Postgres writes them instead of as JSON. */
  rawText: boolean
}

const maxParams = 65_535

const Query = z.object({ query: z.string(), params: z.array(z.json()).max(maxParams).default([]) })
const Body = z.union([z.object({ queries: z.array(Query) }), Query])

/** @throws BadRequest */
export function readSqlRequest(headers: IncomingHttpHeaders, body: string): SqlRequest {
  if (!/^postgres(ql)?:\/\//.test(header(headers, 'neon-connection-string') ?? '')) {
    throw new BadRequest('missing or malformed header neon-connection-string')
  }
  const parsed = readBody(body)
  const isBatch = 'queries' in parsed
  return {
    statements: (isBatch ? parsed.queries : [parsed]).map(readStatement),
    transaction: isBatch ? readTransactionOptions(headers) : undefined,
    arrayMode: isTrue(headers, 'neon-array-mode'),
    rawText: isTrue(headers, 'neon-raw-text-output'),
  }
}

function readBody(body: string) {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch (error) {
    throw new BadRequest(`request body is not JSON: ${error instanceof Error ? error.message : error}`)
  }
  const parsed = Body.safeParse(json)
  if (parsed.success) return parsed.data
  throw new BadRequest('request body must be {"query", "params"} or {"queries": [{"query", "params"}, ...]}')
}

function readStatement({ query, params }: z.infer<typeof Query>): Statement {
  if (query.includes('\0')) throw new BadRequest('a query cannot hold the character U+0000')
  return { query, params: params.map(asParam) }
}

type Json = z.infer<ReturnType<typeof z.json>>

/** Strings are what the driver sends; the rest is for clients that leave the conversion to the server. */
function asParam(value: Json): string | null {
  if (value === null || typeof value === 'string') return value
  return Array.isArray(value) ? asArrayLiteral(value) : JSON.stringify(value)
}

function asArrayLiteral(values: Json[]): string {
  const elements = values.map((value) => {
    if (value === null) return 'NULL'
    if (Array.isArray(value)) return asArrayLiteral(value)
    return JSON.stringify(typeof value === 'object' ? JSON.stringify(value) : value)
  })
  return `{${elements.join(',')}}`
}

function readTransactionOptions(headers: IncomingHttpHeaders): TransactionOptions {
  const level = header(headers, 'neon-batch-isolation-level')
  const isolationLevel = isolationLevels.find((known) => known === level)
  if (level !== undefined && isolationLevel === undefined) {
    throw new BadRequest(`unknown isolation level: ${isolationLevels.join(', ')} are possible`)
  }
  return {
    isolationLevel,
    readOnly: isTrue(headers, 'neon-batch-read-only'),
    deferrable: isTrue(headers, 'neon-batch-deferrable'),
  }
}

function isTrue(headers: IncomingHttpHeaders, name: string): boolean {
  return header(headers, name) === 'true'
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
