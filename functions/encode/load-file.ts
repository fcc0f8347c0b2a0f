import { fileKey } from '#models/_encoders/file-key.ts'
import type { LoadFile } from '#models/_encoders/onnx-encoder.ts'
import { Problem } from '#shared/problem.ts'
import type { EncodeEnv } from './env.ts'

/**
 * Loads an encoder's file from the bucket where one is bound, else from the files that were deployed with the function.
 *
 * @throws Problem `unavailable` when it is not there
 */
export function createLoadFile({ ENCODERS, ASSETS }: EncodeEnv): LoadFile {
  return async (file) => {
    const key = fileKey(file)
    const bytes = await (ENCODERS ? fromBucket(ENCODERS, key) : fromAssets(ASSETS, key))
    if (bytes) return new Uint8Array(bytes)
    throw new Problem('unavailable', {
      detail: `The encoder's file ${key} is not here: run \`npm run encoders\`, and start or deploy again`,
    })
  }
}

async function fromBucket(bucket: NonNullable<EncodeEnv['ENCODERS']>, key: string) {
  return (await bucket.get(key))?.arrayBuffer()
}

async function fromAssets(assets: EncodeEnv['ASSETS'], key: string) {
  const response = await assets.fetch(new Request(`http://assets/${key}`))
  if (response.ok) return response.arrayBuffer()
  await response.body?.cancel()
  return undefined
}
