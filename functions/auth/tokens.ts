import { importJWK, type JWK, SignJWT } from 'jose'
import type { Role } from '#shared/actor.ts'
import type { Clock } from '#shared/clock.ts'
import { tokenAlgorithm, tokenAudience, tokenLifetimeSeconds } from '#shared/identity.ts'

export interface TokenIssuer {
  /**
   * @param sessionSince when the password was given, for a session of a browser: only its token can be renewed
   * @returns a JSON Web Token that is good for 30 minutes
   */
  issue(user: { id: string; role: Role }, sessionSince?: Date): Promise<string>
}

/** @param privateKey the key that signs from now on; older public keys stay published until their tokens have expired */
export function createTokenIssuer(privateKey: JWK, issuer: string, clock: Clock): TokenIssuer {
  const key = importJWK(privateKey, tokenAlgorithm)
  return {
    async issue({ id, role }, sessionSince) {
      const issuedAtSeconds = wholeSeconds(clock.now())
      return new SignJWT({ role, ...(sessionSince && { auth_time: wholeSeconds(sessionSince) }) })
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

const wholeSeconds = (time: Date) => Math.floor(time.getTime() / 1000)
