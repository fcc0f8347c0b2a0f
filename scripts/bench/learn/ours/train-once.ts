import { trainings } from './trainings.ts'

/** A process that trains once and prints the figures: `train-once.ts <training> <threads>`. */
const [name = '', threads = '1'] = process.argv.slice(2)
const training = trainings[name]
if (training === undefined)
  throw new Error(`there is no training ${name}: there are ${Object.keys(trainings).join(', ')}`)
console.log(`RESULT ${JSON.stringify(await training(Number(threads)))}`)
