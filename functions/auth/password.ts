import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** OWASP's parameters for scrypt (Password Storage Cheat Sheet): 16 MiB, five lanes one after another. */
const cost = { N: 2 ** 14, r: 8, p: 5 }
const hashBytes = 32
const maximumMemoryBytes = 64 * 2 ** 20

/** A hash that no password has, so that an unknown e-mail takes the time of a known one. */
export const hashOfNobody = `scrypt$${cost.N}$${cost.r}$${cost.p}$AAAAAAAAAAAAAAAAAAAAAA$${'A'.repeat(43)}`

/** @returns `scrypt$N$r$p$salt$hash`: the parameters travel with the hash, so that they can grow */
export async function hashPassword(password: string, pepper: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, pepper, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

export async function verifyPassword(password: string, pepper: string, stored: string): Promise<boolean> {
  const [algorithm, N, r, p, salt, hash] = stored.split('$')
  if (algorithm !== 'scrypt' || !salt || !hash) throw new Error('a stored password hash is not one of ours')
  const parameters = { N: Number(N), r: Number(r), p: Number(p) }
  const derived = await derive(password, pepper, Buffer.from(salt, 'base64url'), parameters)
  const expected = Buffer.from(hash, 'base64url')
  return derived.length === expected.length && timingSafeEqual(derived, expected)
}

function derive(password: string, pepper: string, salt: Buffer, parameters: typeof cost): Promise<Buffer> {
  const peppered = createHmac('sha256', pepper).update(password.normalize('NFKC')).digest()
  return new Promise((resolve, reject) => {
    scrypt(peppered, salt, hashBytes, { ...parameters, maxmem: maximumMemoryBytes }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
