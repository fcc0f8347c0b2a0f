/** The SHA-256 of some bytes in lower-case hexadecimal: an artefact's name. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const { buffer, byteOffset, byteLength } = bytes
  const plain = buffer instanceof ArrayBuffer ? new Uint8Array(buffer, byteOffset, byteLength) : Uint8Array.from(bytes)
  const digest = await crypto.subtle.digest('SHA-256', plain)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
