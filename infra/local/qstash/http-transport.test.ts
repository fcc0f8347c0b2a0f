import { once } from 'node:events'
import net from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from './clock.ts'
import { HttpTransport } from './http-transport.ts'

/** A server that speaks whatever bytes it is told to, to each request in turn. */
async function givenWire(answer: (requestNumber: number, socket: net.Socket) => void) {
  let requestCount = 0
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      if (bytes.includes('HTTP/1.1')) answer(++requestCount, socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const transport = new HttpTransport(systemClock)
  onTestFinished(() => {
    transport.close()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  const url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/path`
  const send = (change: object = {}) =>
    transport.send({
      url,
      method: 'POST',
      headers: [],
      body: Buffer.from('x'),
      timeoutMs: 30_000,
      keepsSuccessBody: true,
      ...change,
    })
  return { send, requestCount: () => requestCount }
}

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

test('an idle connection that the destination closed under our request is not held against it', async () => {
  const { send, requestCount } = await givenWire((requestNumber, socket) => {
    if (requestNumber === 2) socket.destroy()
    else socket.write(OK)
  })
  expect(await send()).toMatchObject({ status: 200 })
  expect(await send()).toMatchObject({ status: 200, body: Buffer.from('ok') })
  expect(requestCount()).toBe(3)
})

test.for<[string, string]>([
  ['a hang-up', ''],
  ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
  ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
  ['an upgrade nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
  ['something else than HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
  ['endless headers', `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(10_000)}\r\n`],
])('%s is no answer', async ([, bytes]) => {
  const { send } = await givenWire((_, socket) => socket.end(bytes))
  expect(await send()).toMatchObject({ status: 0, headers: {} })
})

test('an answer without length or in chunks is read to its end, an informational one is skipped', async () => {
  const answers = [
    'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nto the end',
    'HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n6\r\nto the\r\n4\r\n end\r\n0\r\n\r\n',
    'HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nconnection: close\r\n\r\nto the end',
  ]
  const { send } = await givenWire((requestNumber, socket) => socket.end(answers[requestNumber - 1] ?? ''))
  for (const _ of answers) expect((await send()).body.toString()).toBe('to the end')
})

test('of a very long answer the first megabyte is kept', async () => {
  const size = 3 * 1024 * 1024
  const { send } = await givenWire((_, socket) => {
    socket.end(`HTTP/1.1 500 No\r\ncontent-length: ${size}\r\n\r\n${'x'.repeat(size)}`)
  })
  expect((await send()).body).toHaveLength(1024 * 1024)
})

test('a request that cannot even be made is no answer, not a crash', async () => {
  const { send } = await givenWire((_, socket) => socket.end(OK))
  expect(await send({ headers: [['bad name', 'x']] })).toMatchObject({ status: 0 })
  expect(await send({ url: 'not a url' })).toMatchObject({ status: 0 })
})
