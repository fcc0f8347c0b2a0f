import { eq } from 'drizzle-orm'
import { users } from '#db/schema/users.ts'
import type { Role } from '#shared/actor.ts'
import type { Context } from '#shared/context.ts'
import { Problem } from '#shared/problem.ts'
import { hashOfNobody, verifyPassword } from './password.ts'

/** A user who has proved who they are. */
export interface KnownUser {
  id: string
  name: string
  email: string
  role: Role
}

/**
 * Finds the user whose e-mail and password these are. An unknown e-mail takes the same path, the same work and the same
 * answer as a wrong password, so that nobody learns who is registered.
 *
 * @throws Problem `wrong_credentials`
 */
export async function checkCredentials(
  { db, passwordPepper }: Pick<Context, 'db'> & { passwordPepper: string },
  { email, password }: { email: string; password: string },
): Promise<KnownUser> {
  const [user] = await db.select().from(users).where(eq(users.email, email))
  const good = await verifyPassword(password, passwordPepper, user?.passwordHash ?? hashOfNobody)
  if (!user || !good) throw new Problem('wrong_credentials')
  return { id: user.id, name: user.name, email: user.email, role: user.role }
}
