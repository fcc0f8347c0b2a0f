import { eq, sql } from 'drizzle-orm'
import { users } from '#db/schema/users.ts'
import type { Role } from '#shared/actor.ts'
import type { Context } from '#shared/context.ts'
import { violates } from '#shared/database-error.ts'
import { newId } from '#shared/ids.ts'
import { Problem } from '#shared/problem.ts'

export interface NewUser {
  /** Lower-cased and trimmed. */
  email: string
  name: string
  passwordHash: string
  role?: Role
}

/**
 * Before any work is done for somebody new: hashing a password is slow on purpose.
 *
 * @throws Problem `already_registered`
 */
export async function assertNotRegistered({ db }: Pick<Context, 'db'>, email: string): Promise<void> {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email))
  if (user) throw new Problem('already_registered')
}

/**
 * Makes a user with an empty wallet: one statement, so that there is never one without the other.
 *
 * @returns id of the user
 * @throws Problem `already_registered`
 */
export async function createUser({ db }: Pick<Context, 'db'>, user: NewUser): Promise<string> {
  const userId = newId('user')
  try {
    await db.execute(sql`
      with made as (
        insert into users (id, email, name, password_hash, role)
        values (${userId}, ${user.email}, ${user.name}, ${user.passwordHash}, ${user.role ?? 'user'})
        returning id
      )
      insert into accounts (user_id) select id from made`)
  } catch (error) {
    if (violates(error, 'users_email_unique')) throw new Problem('already_registered', { cause: error })
    throw error
  }
  return userId
}
