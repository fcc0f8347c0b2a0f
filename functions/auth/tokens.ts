import { importJWK, type JWK, SignJWT } from 'jose'
import type { Role } from '#shared/actor.ts'
import type { Clock } from '#shared/clock.ts'
import { tokenAlgorithm, tokenAudience, tokenLifetimeSeconds } from '#shared/identity.ts'

export interface TokenIssuer {
  /** @returns a JSON Web Token that is good for 30 minutes */
  issue(user: { id: string; role: Role }): Promise<string>
}

/** @param privateKey the key that signs from now on; older public keys stay published until their tokens have expired */
export function createTokenIssuer(privateKey: JWK, issuer: string, clock: Clock): TokenIssuer {
  const key = importJWK(privateKey, tokenAlgorithm)
  return {
    async issue({ id, role }) {
      const issuedAtSeconds = Math.floor(clock.now().getTime() / 1000)
      return new SignJWT({ role })
        .setProtectedHeader({ alg: tokenAlgorithm, kid: privateKey.kid ?? '', typ: 'JWT' })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(tokenAudience)
        .setIssuedAt(issuedAtSeconds)
        .setNotBefore(issuedAtSeconds)
        .setExpirationTime(issuedAtSeconds + tokenLifetimeSeconds)
        .setJti(crypto.randomUUID())
        .sign(await key)
    },
  }
}
