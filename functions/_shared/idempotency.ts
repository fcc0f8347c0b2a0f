import { z } from '@hono/zod-openapi'
import { sha256Hex } from './hash.ts'
import { Problem } from './problem.ts'

/** Header of every POST that creates or spends. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .optional()
    .openapi({
      description: 'Makes a retry safe: the same key and request give the same answer, once',
      example: '5f0d1b9e-order-17',
    }),
})

/** A key as the database keeps it, beside what it came with. */
export interface Idempotency {
  key: string
  requestHash: string
}

/** @param request what the key stands for: the operation and its parsed input */
export function idempotencyOf(key: string | undefined, operation: string, request: unknown): Idempotency | undefined {
  return key === undefined ? undefined : { key, requestHash: sha256Hex(JSON.stringify([operation, request])) }
}

/** @throws Problem when the key stands for another request */
export function assertSameRequest(idempotency: Idempotency, storedHash: string | null) {
  if (storedHash !== idempotency.requestHash) throw new Problem('idempotency_key_reused')
}

/** A row that a key may have made. */
interface Keyed {
  requestHash: string | null
}

/**
 * Makes a row, or finds the one that the same key made before, which a unique index keeps from being made twice.
 *
 * @param make fails when the key has made a row already
 * @throws Problem `idempotency_key_reused` when the key stands for another request
 */
export async function makeOnce<Row extends Keyed>(
  idempotency: Idempotency | undefined,
  { make, find }: { make(): Promise<Row>; find(key: string): Promise<Row | undefined> },
): Promise<{ row: Row; replayed: boolean }> {
  try {
    return { row: await make(), replayed: false }
  } catch (error) {
    const row = idempotency && (await find(idempotency.key))
    if (!row) throw error
    assertSameRequest(idempotency, row.requestHash)
    return { row, replayed: true }
  }
}
