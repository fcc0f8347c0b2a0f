import type { Hono } from 'hono'
import { NotFound, Problem } from './problem.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** @throws NotFound, or Problem `method_not_allowed` where other methods are taken at this address */
export function refuseAddress({ router }: Pick<Hono, 'router'>, path: string): never {
  // Middleware matches every method, and does not count.
  const allow = methods.filter((method) => router.match(method, path)[0].some(([[, route]]) => route.method !== 'ALL'))
  if (allow.length === 0) throw new NotFound('address')
  throw new Problem('method_not_allowed', { headers: { allow: allow.join(', ') } })
}
