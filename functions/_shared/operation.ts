import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env, Context as HonoContext } from 'hono'
import { matchedRoutes } from 'hono/route'

/** What a request is called that no route takes. */
const none = 'none'

/** The route that takes a request. There are as many names as routes, whatever is asked for. */
export function routeOf(c: HonoContext): { method: string; path: string } {
  // Middleware matches every method, and is no route.
  return matchedRoutes(c).find(({ method }) => method !== 'ALL') ?? { method: 'ALL', path: none }
}

/** Names requests by their routes: an operation of the API by its id, another route by its path. */
export function namedOperations<E extends Env>({ openAPIRegistry }: Pick<OpenAPIHono<E>, 'openAPIRegistry'>) {
  let names: Map<string, string> | undefined
  const readNames = () =>
    new Map(
      openAPIRegistry.definitions.flatMap((it) =>
        it.type === 'route' && it.route.operationId
          ? [[keyOf(it.route.method, it.route.path.replaceAll(/\/\{(.+?)\}/g, '/:$1')), it.route.operationId]]
          : [],
      ),
    )
  return function operationOf(c: HonoContext): string {
    names ??= readNames()
    const { method, path } = routeOf(c)
    return names.get(keyOf(method, path)) ?? path
  }
}

const keyOf = (method: string, path: string) => `${method.toUpperCase()} ${path}`
