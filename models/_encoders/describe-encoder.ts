import { sha256Hex } from '../_runtime/sha256.ts'
import type { EncoderDescription, EncoderManifest } from './manifest.ts'

/** Names an encoder by all that its vectors depend on, so that vectors of the same name can be compared. */
export async function describeEncoder(manifest: EncoderManifest): Promise<EncoderDescription> {
  const { name, dimensions, languages, maximumTokens, prefixes } = manifest
  const source =
    manifest.kind === 'onnx'
      ? Object.values(manifest.files).map(({ sha256 }) => sha256)
      : [manifest.url, manifest.model]
  const identity = JSON.stringify([manifest.kind, source, dimensions, maximumTokens, prefixes])
  const version = (await sha256Hex(new TextEncoder().encode(identity))).slice(0, 12)
  return { id: `${name}@${version}`, name, version, dimensions, languages }
}
