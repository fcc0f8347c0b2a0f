import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createChatRoutes } from './chat-routes.ts'
import { Double } from './double.ts'
import type { FloodLimit } from './flood.ts'
import { createServer } from './server.ts'
import type { Timers } from './updates.ts'

export interface TelegramOptions {
  /** 0, the default, takes any free port. */
  port?: number
  /** `<id>:<secret>`, of the one bot. */
  token: string
  /** @default auspex_local_bot */
  username?: string
  /** @default none: nobody is told to wait */
  flood?: FloodLimit
  timers?: Timers
  /** @default seconds since 1970 */
  firstUpdateId?: number
}

export interface RunningTelegram {
  /** What a client of the Bot API takes for `https://api.telegram.org`; a browser finds the chat there. */
  readonly url: string
  readonly username: string
  /** What it is made of, for tests that act as people do. */
  readonly double: Double
  close(): Promise<void>
}

export const localUsername = 'auspex_local_bot'

const systemTimers: Timers = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
}

/** Starts a double of Telegram with one bot, on this machine only. What is said to it is kept as long as it runs. */
export async function startTelegram(options: TelegramOptions): Promise<RunningTelegram> {
  const { port = 0, token, username = localUsername, timers = systemTimers } = options
  const double = new Double({ ...options, token, username, timers })
  const server = createServer(double, createChatRoutes(double))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    username,
    double,
    async close() {
      double.updates.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
