import type { ArgumentReader } from '../arguments.ts'
import type { Reply } from '../reply.ts'
import type { Store } from '../store.ts'

export interface Command {
  /** As Redis counts: the name included; negative means "at least". */
  readonly arity: number
  /** Changes nothing: allowed in EVAL_RO. */
  readonly isReadOnly: boolean
  readonly run: (store: Store, args: ArgumentReader) => Reply
}

/** Commands by their name in lower case. */
export type CommandTable = Readonly<Record<string, Command>>

export const reads = (arity: number, run: Command['run']): Command => ({ arity, isReadOnly: true, run })
export const writes = (arity: number, run: Command['run']): Command => ({ arity, isReadOnly: false, run })
