import { ok, Status } from '../reply.ts'
import type { Store } from '../store.ts'
import { type CommandTable, reads, writes } from './command.ts'

export const serverCommands: CommandTable = {
  ping: reads(-1, (_store, args) => (args.remaining > 0 ? args.next() : new Status('PONG'))),
  echo: reads(2, (_store, args) => args.next()),
  time: reads(1, (store) => {
    const nowMs = store.clock.now()
    return [String(Math.floor(nowMs / 1000)), String(Math.floor((nowMs % 1000) * 1000))]
  }),
  dbsize: reads(1, (store) => store.size),
  flushdb: writes(-1, flush),
  flushall: writes(-1, flush),
}

function flush(store: Store): Status {
  store.clear()
  return ok
}
