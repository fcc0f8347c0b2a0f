import { z } from '@hono/zod-openapi'
import { and, eq, isNull } from 'drizzle-orm'
import { createMiddleware } from 'hono/factory'
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import type { Database } from '#db/client.ts'
import { apiKeys, roles, users } from '#db/schema/users.ts'
import { type Actor, hasRole, type Role, type UserActor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { UserContext } from './context.ts'
import { sha256Hex } from './hash.ts'
import { Problem } from './problem.ts'

export const tokenAudience = 'auspex'
/** Tokens of this kind alone are accepted, whatever their header claims (RFC 8725, 3.1). */
export const tokenAlgorithm = 'EdDSA'
export const tokenLifetimeSeconds = 30 * 60
export const apiKeyPrefix = 'auspex_'

const clockToleranceSeconds = 5
const maximumKnownTokens = 1_000
const Claims = z.object({ sub: z.string(), role: z.enum(roles), exp: z.number() })

export interface Identifier {
  /** @throws Problem `unauthenticated` for a credential that is not (or no longer) good */
  identify(authorization: string | undefined, db: Database, clock: Clock): Promise<Actor>
}

/** @param publicKeys only public halves: who can verify cannot mint */
export function createIdentifier(publicKeys: JSONWebKeySet, issuer: string): Identifier {
  const keys = createLocalJWKSet(publicKeys)
  /** Signatures that were good once stay good: a token is taken at its word until it expires. */
  const known = new Map<string, { actor: UserActor; untilMs: number }>()

  async function identifyToken(token: string, clock: Clock): Promise<UserActor> {
    const found = known.get(token)
    if (found && clock.now().getTime() < found.untilMs) return { ...found.actor }
    const { actor, untilMs } = await verifyToken(token, clock)
    if (known.size >= maximumKnownTokens) known.clear()
    known.set(token, { actor, untilMs })
    return actor
  }

  async function verifyToken(token: string, clock: Clock) {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: [tokenAlgorithm],
        issuer,
        audience: tokenAudience,
        requiredClaims: ['sub', 'exp', 'iat', 'jti'],
        clockTolerance: clockToleranceSeconds,
        currentDate: clock.now(),
      })
      const { sub, role, exp } = Claims.parse(payload)
      const actor: UserActor = { kind: 'user', userId: sub, role, via: 'token' }
      return { actor, untilMs: exp * 1000 }
    } catch (cause) {
      const detail =
        cause instanceof errors.JWTExpired ? 'The token has expired: sign in again' : 'The token is not valid'
      throw new Problem('unauthenticated', { detail, cause })
    }
  }

  return {
    async identify(authorization, db, clock) {
      if (authorization === undefined) return { kind: 'anonymous' }
      const credential = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization)?.[1]
      if (!credential)
        throw new Problem('unauthenticated', { detail: 'Authorization must be "Bearer <token or API key>"' })
      return credential.startsWith(apiKeyPrefix) ? identifyApiKey(credential, db) : identifyToken(credential, clock)
    },
  }
}

async function identifyApiKey(secret: string, db: Database): Promise<UserActor> {
  const [owner] = await db
    .select({ userId: users.id, role: users.role })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .where(and(eq(apiKeys.secretHash, sha256Hex(secret)), isNull(apiKeys.revokedAt)))
  if (!owner) throw new Problem('unauthenticated', { detail: 'The API key is not valid' })
  return { kind: 'user', ...owner, via: 'api_key' }
}

/** Route middleware: lets only identified callers with the role through, before anything of the request is read. */
export function signedIn(role: Role = 'user') {
  return createMiddleware<{ Variables: { ctx: UserContext } }>(async function signedIn(c, next) {
    const { actor } = c.get('ctx')
    if (actor.kind !== 'user') throw new Problem('unauthenticated')
    if (!hasRole(actor, role)) throw new Problem('forbidden', { detail: `This needs the role ${role}` })
    await next()
  })
}

/** What a route says in OpenAPI that only identified callers may use. */
export const bearer = [{ bearer: [] }]

/** To be spread into a route that only identified callers may use: `...secured('admin')`. */
export function secured(role: Role = 'user') {
  return { middleware: signedIn(role), security: role === 'user' ? bearer : [{ bearer: [role] }] }
}
