import type { Context } from '#shared/context.ts'
import { Problem } from '#shared/problem.ts'
import { checkCredentials, type KnownUser } from './check-credentials.ts'
import type { AuthServices } from './services.ts'

/**
 * Finds whose e-mail and password these are, counting failures.
 *
 * @param address of the caller
 * @throws Problem `wrong_credentials`, `rate_limited`
 */
export async function authenticate(
  ctx: Context & AuthServices,
  address: string,
  credentials: { email: string; password: string },
): Promise<KnownUser> {
  const attempt = await ctx.limits.signIn(address, credentials.email)
  const user = await checkCredentials(ctx, credentials).catch(async (error: unknown) => {
    if (error instanceof Problem && error.code === 'wrong_credentials') await attempt.failed()
    throw error
  })
  ctx.log('info', 'user_signed_in', { user_id: user.id })
  return user
}
