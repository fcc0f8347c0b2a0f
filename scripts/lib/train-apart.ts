import { trainAll } from '../train.ts'

/** The process that `seedModels` starts to train in: its memory goes with it. Tells its parent how far it is. */
const [outFolder, ...names] = process.argv.slice(2)
if (outFolder === undefined) throw new Error('train-apart needs a folder and names of domains')
await trainAll({ names, outFolder, onProgress: (progress) => process.send?.(progress) })
