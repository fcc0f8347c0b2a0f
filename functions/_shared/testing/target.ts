import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { afterAll, expect } from 'vitest'
import { type ProblemCode, problemKinds } from '../problem.ts'
import { type Answer, signedDelivery } from './call.ts'
import { callGateway } from './gateway.ts'
import {
  addressOf,
  type ExampleRequest,
  exampleRequest,
  type Operation,
  showsToken,
  telegramHeaders,
} from './operations.ts'
import { answering, givenReceiver } from './receiver.ts'
import { givenThings } from './things.ts'
import { givenUser } from './users.ts'
import { hasServices, testDatabase } from './world.ts'

const receiver = hasServices ? await givenReceiver(answering(204)) : undefined
afterAll(() => receiver?.[Symbol.asyncDispose]())

/** A request that goes wrong in some part; what is left out is as in the operation's example. */
export interface Attack {
  method?: string
  /** Instead of path and query, as it is. */
  address?: string
  path?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
}

const secret = 'Zq7-never-say-this-again'

/**
 * An operation, somebody who may call it, and everything in the database that it could change.
 *
 * Whatever is sent is answered by a documented success or by a refusal with a name; what was refused changed nothing.
 */
export async function givenTarget(operation: Operation) {
  const role = operation.caller === 'admin' || operation.caller === 'expert' ? operation.caller : 'user'
  const user = await givenUser({ credits: 100, role })
  const { ids } = await givenThings(user, { webhookUrl: receiver?.url ?? '' })
  const email = `${user.userId}.target@example.com`
  const example = {
    ...exampleRequest(operation, { ...ids, user_id: user.userId, email, password: secret }),
    headers: {},
  }
  const token = showsToken(operation) ? await user.token() : undefined
  const readState = () => stateOf(user.userId, email)
  let state = await readState()

  return {
    example,
    ids,
    async send(attack: Attack): Promise<Answer> {
      const answer = await attackWith(operation, example, { token, caller: user.userId }, attack)
      // A body may come with any request, and an address may be no longer that of the operation.
      if (answer.status < 400 || (operation.body && !('address' in attack)))
        expect(Object.keys(operation.responses), answer.text).toContain(String(answer.status))
      if (answer.status < 400) {
        // To read changes nothing, even when it succeeds.
        if (operation.method !== 'GET') state = await readState()
      } else {
        expectRefusal(answer)
        expect(answer.text).not.toContain(secret)
        if (token) expect(answer.text).not.toContain(token)
      }
      return answer
    },
    async expectUnchanged() {
      expect(await readState()).toEqual(state)
    },
  }
}

async function attackWith(
  operation: Operation,
  example: ExampleRequest,
  { token, caller }: { token: string | undefined; caller: string },
  attack: Attack,
): Promise<Answer> {
  const address = attack.address ?? addressOf(operation, { ...example, ...attack })
  const body = 'body' in attack ? attack.body : example.body
  // Attempts are counted by address: nobody else's tests may run into the limit.
  const headers = { 'cf-connecting-ip': caller, ...telegramHeaders(operation), ...attack.headers }
  const { method = operation.method } = attack
  if (operation.caller !== 'queue') return callGateway(method, address, { token, headers, body })
  const isText = !(body instanceof Uint8Array)
  const signed = await signedDelivery({ path: address, body: isText ? (body ?? '') : '' })
  return callGateway(method, address, {
    body: isText ? signed.body : body,
    headers: { ...signed.headers, ...headers },
  })
}

const Refusal = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  request_id: z.string().regex(/^[\w.-]{8,64}$/),
})

/** A 4xx with a code of the vocabulary, as RFC 9457 writes it, and an id to ask about. */
export function expectRefusal({ status, headers, body, text }: Answer, expected?: { status: number }) {
  expect(status, text.slice(0, 2000)).toBeGreaterThanOrEqual(400)
  expect(status, text.slice(0, 2000)).toBeLessThan(500)
  expect(headers.get('content-type')).toBe('application/problem+json')
  const refusal = Refusal.parse(body)
  expect(Object.keys(problemKinds)).toContain(refusal.code)
  const { status: statusOfCode, title } = problemKinds[refusal.code as ProblemCode]
  expect(refusal).toMatchObject({ type: `/problems/${refusal.code}`, title, status: statusOfCode })
  expect(status).toBe(statusOfCode)
  expect(headers.get('x-request-id')).toBe(refusal.request_id)
  if (expected) expect(status, text.slice(0, 2000)).toBe(expected.status)
}

/** Everything that is kept about a user, and whoever came in under an address made from this one. */
export async function stateOf(userId: string, email: string): Promise<unknown> {
  const { rows } = await testDatabase().execute(sql`select
    (select json_agg(t order by id) from users t where id = ${userId} or position(${email} in email) > 0) as users,
    (select json_agg(t order by user_id) from accounts t where user_id = ${userId}) as accounts,
    (select json_agg(t order by id) from ledger_entries t where user_id = ${userId}) as entries,
    (select json_agg(t order by id) from jobs t where user_id = ${userId}) as jobs,
    (select json_agg(t order by id) from api_keys t where user_id = ${userId}) as keys,
    (select json_agg(t order by id) from webhook_endpoints t where user_id = ${userId}) as endpoints,
    (select json_agg(t order by t.id) from webhook_deliveries t join webhook_endpoints e on e.id = endpoint_id
      where user_id = ${userId}) as deliveries`)
  return rows
}
