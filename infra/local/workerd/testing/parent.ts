import { spawnRuntime } from '../process.ts'
import { smallRuntime } from './small-runtime.ts'

/** A process that starts a runtime, says where it is, and then does nothing until somebody ends it. */
const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: parent.ts <folder>')
const { pid, ports } = await spawnRuntime(smallRuntime(folder))
console.log(JSON.stringify({ pid, port: ports.http }))
