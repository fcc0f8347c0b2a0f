import type { EncoderFile } from './manifest.ts'

/** What a file of an encoder is kept as, in a folder or a bucket: another content is another file. */
export function fileKey({ name, sha256 }: EncoderFile): string {
  return `${sha256.slice(0, 16)}-${name}`
}
