import { describe, expect, test } from 'vitest'
import { callGateway } from '#shared/testing/gateway.ts'
import { addressOf, exampleRequest, type Operation, readOperations } from '#shared/testing/operations.ts'
import { sharedOut, turnOf } from '#shared/testing/shared-out.ts'
import { expectRefusal, stateOf } from '#shared/testing/target.ts'
import { givenThings } from '#shared/testing/things.ts'
import { givenUser, type TestUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'

const { operations } = hasServices ? await readOperations() : { operations: [] }
const closed = operations.filter(({ caller }) => caller !== 'anyone')
const forAdmins = operations.filter(({ caller }) => caller === 'admin')

const idsOf = (caller: Operation['caller']) =>
  operations.filter((operation) => operation.caller === caller).map(({ operationId }) => operationId)

describe.skipIf(!hasServices)('what is open is open by decision:', () => {
  test('only these operations take anybody', () => {
    const accounts = ['signUp', 'registerUser', 'signIn', 'logIn', 'openSession', 'closeSession']
    expect(idsOf('anyone')).toEqual([...accounts, 'getKeySet', 'getHealth'])
  })

  test('only these need more than a user, and only these are the queue’s or Telegram’s', () => {
    const letters = ['listDeadLetters', 'retryDeadLetter', 'deleteDeadLetter']
    const operation = ['getMetrics', 'listOperations', 'getUsage', 'listErrors', 'getError', 'changeError']
    const imports = ['importFilms', 'listImports', 'getImport', 'retryImport']
    const encoders = ['listEncoders', 'startReembedding', 'stopReembedding', 'deleteEncoder']
    expect(idsOf('admin').sort()).toEqual(
      ['listUsers', 'pricePredictor', 'setRole', ...letters, ...operation, ...imports, ...encoders].sort(),
    )
    expect(idsOf('expert')).toEqual(['createFilm'])
    expect(idsOf('queue').sort()).toEqual(['deliverWebhook', 'embedFilms', 'runJob', 'runUpdates', 'storeImport'])
    expect(idsOf('telegram')).toEqual(['receiveUpdate'])
  })
})

/** A body that tells whether anybody asked for it. */
function watchedBody() {
  let isRead = false
  const body = new ReadableStream(
    {
      pull(controller) {
        isRead = true
        controller.enqueue(new TextEncoder().encode('{}'))
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return { body, isRead: () => isRead }
}

async function ownedBy(owner: TestUser, operation: Operation) {
  const { ids } = await givenThings(owner)
  const example = exampleRequest(operation, ids)
  return { path: addressOf(operation, example), ids, example: { ...example, headers: {} } }
}

describe.skipIf(!hasServices)('who is nobody is refused before the body is looked at:', () => {
  test.for(closed)('$operationId', async (operation) => {
    const { path } = await ownedBy(await givenUser({ credits: 100 }), operation)
    const { body, isRead } = watchedBody()
    const answer = await callGateway(operation.method, path, { body })
    expectRefusal(answer, { status: 401 })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(isRead()).toBe(false)
  })

  const impostors = [
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'bearer a b',
    'Bearer x.y.z',
    'Bearer auspex_x',
    "Bearer ' or 1=1",
  ]
  const longer = [`Bearer ${'a'.repeat(100_000)}`, 'Bearer \u0001', 'Bearer ÿ', 'Bearer null', 'Digest username="x"']
  test.for(operations)('$operationId, whatever they claim to be', async (operation) => {
    const { path } = await ownedBy(await givenUser({ credits: 100 }), operation)
    for (const authorization of sharedOut([...impostors, ...longer], turnOf(operation.operationId))) {
      const { body, isRead } = watchedBody()
      const answer = await callGateway(operation.method, path, { body, headers: { authorization } })
      expectRefusal(answer, { status: 401 })
      expect(answer.text).not.toContain(authorization.slice(7) || '\0')
      expect(isRead()).toBe(false)
    }
  })
})

describe.skipIf(!hasServices)('what admins may, others may not:', () => {
  test.for(forAdmins)('$operationId', async (operation) => {
    for (const role of ['user', 'expert'] as const) {
      const user = await givenUser({ credits: 100, role })
      const { path, ids, example } = await ownedBy(user, operation)
      const before = await stateOf(ids.user_id, user.email)
      const { body, isRead } = watchedBody()
      const token = await user.token()
      expectRefusal(await callGateway(operation.method, path, { token, body }), { status: 403 })
      expect(isRead()).toBe(false)
      expectRefusal(await callGateway(operation.method, path, { token, body: example.body }), { status: 403 })
      expect(await stateOf(ids.user_id, user.email)).toEqual(before)
    }
  })

  test('and nobody fills the wallet of somebody else', async () => {
    const [rich, poor] = [await givenUser(), await givenUser()]
    const body = { amount: 5, user_id: poor.userId }
    const answer = await callGateway('POST', '/balance/top_ups', { token: await rich.token(), body })
    expectRefusal(answer, { status: 403 })
    expect(await poor.balance()).toBe(0)
  })
})

/** Films are everybody’s. */
const isOwned = (parameter: string) => parameter.endsWith('_id') && parameter !== 'film_id'

describe.skipIf(!hasServices)('what belongs to somebody else does not exist:', () => {
  const naming = closed.filter(
    ({ caller, parameters }) =>
      caller === 'user' && parameters.some(({ name, in: place }) => place !== 'header' && isOwned(name)),
  )
  test.for(naming)('$operationId', async (operation) => {
    const owner = await givenUser({ credits: 100 })
    const { path, example } = await ownedBy(owner, operation)
    const before = await stateOf(owner.userId, owner.email)
    for (const role of ['user', 'admin'] as const) {
      const stranger = await givenUser({ credits: 100, role })
      const request = { token: await stranger.token(), body: example.body }
      expectRefusal(await callGateway(operation.method, path, request), { status: 404 })
    }
    expect(await stateOf(owner.userId, owner.email)).toEqual(before)
    // The owner, with the very same request, is not refused for what it names.
    expect([200, 202, 204, 409]).toContain(
      (await callGateway(operation.method, path, { token: await owner.token(), body: example.body })).status,
    )
  })

  test('and lists hold only what is one’s own', async () => {
    const owner = await givenUser({ credits: 100 })
    const ids = Object.entries((await givenThings(owner)).ids).filter(([name]) => isOwned(name))
    const token = await (await givenUser()).token()
    const lists = operations.filter(
      ({ parameters, caller }) => caller === 'user' && parameters.some(({ name }) => name === 'cursor'),
    )
    expect(lists.length).toBeGreaterThan(3)
    for (const operation of lists.filter(({ path }) => !path.includes('{'))) {
      const answer = await callGateway('GET', `${operation.path}?limit=100`, { token })
      expect(answer.status).toBe(200)
      for (const [, id] of ids) expect(answer.text).not.toContain(id)
    }
  })
})
