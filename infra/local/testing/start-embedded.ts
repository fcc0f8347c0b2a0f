import { startEmbedded } from '../embedded.ts'

/** A process with the whole system in it, which says where it runs and goes on until somebody ends it. */
const [stateDir] = process.argv.slice(2)
if (stateDir === undefined) throw new Error('usage: start-embedded.ts <state folder>')
const { publicUrl } = await startEmbedded({ stateDir, publicPort: 0 })
console.log(publicUrl)
