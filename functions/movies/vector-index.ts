import { type SQL, sql } from 'drizzle-orm'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'

/** More than this pgvector cannot index; such vectors are compared one by one. */
const maximumIndexedDimensions = 2_000

type Indexed = Pick<EncoderDescription, 'id' | 'dimensions'>

/**
 * Makes the index of one encoder's vectors. Search by `vector::vector(<dimensions>)` among the rows of that encoder.
 *
 * @returns undefined for vectors that are too long to be indexed
 */
export function createVectorIndex(encoder: Indexed): SQL | undefined {
  const { dimensions } = encoder
  if (dimensions > maximumIndexedDimensions) return undefined
  return sql.raw(`create index if not exists ${vectorIndexOf(encoder.id)} on film_vectors
    using hnsw ((vector::vector(${Math.trunc(dimensions)})) vector_cosine_ops) where encoder_id = '${encoder.id}'`)
}

export function dropVectorIndex(encoderId: string): SQL {
  return sql.raw(`drop index if exists ${vectorIndexOf(encoderId)}`)
}

/**
 * DDL takes no parameters: what goes into it is only letters, digits, dots and dashes.
 *
 * @throws Error for an id that is none
 */
function vectorIndexOf(encoderId: string): string {
  const version = /^[a-z][a-z0-9.-]{0,63}@([0-9a-f]{12,40})$/.exec(encoderId)?.[1]
  if (version === undefined) throw new Error(`${JSON.stringify(encoderId)} is not the id of an encoder`)
  return `film_vectors_${version}`
}
