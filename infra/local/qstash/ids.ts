import { randomBytes } from 'node:crypto'

const ID_BYTES = 18
const POOL_BYTES = ID_BYTES * 256

let pool = Buffer.alloc(0)
let offset = 0

/** An unguessable id such as `msg_...`; randomness is drawn in bulk because a draw costs more than the id. */
export function newId(prefix: 'msg' | 'scd' | 'jwt'): string {
  if (offset === pool.length) {
    pool = randomBytes(POOL_BYTES)
    offset = 0
  }
  const id = pool.toString('base64url', offset, offset + ID_BYTES)
  offset += ID_BYTES
  return `${prefix}_${id}`
}
