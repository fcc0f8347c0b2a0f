import { z } from '@hono/zod-openapi'
import { roles, type users } from '#db/schema/users.ts'

export const UserView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    created_at: z.iso.datetime(),
  })
  .openapi('User')

export function toUserView({ id, name, email, role, createdAt }: typeof users.$inferSelect): z.infer<typeof UserView> {
  return { id, name, email, role, created_at: createdAt.toISOString() }
}
