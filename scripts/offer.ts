import { openDatabase } from './lib/open-database.ts'
import { showProgress } from './lib/progress.ts'
import { offerModels } from './lib/seed-models.ts'
import { artefactsFolder } from './train.ts'

/**
 * `npm run offer`: has the models that `npm run train` left on this machine, and the search for films, serve, in the database of DATABASE_URL, else
 * in the one that runs here. What it knows already stays as it is.
 */
const { db, place, close } = await openDatabase()
try {
  const names = await offerModels(db, artefactsFolder, showProgress(process.stdout).step)
  console.log(names.length > 0 ? `New in ${place}: ${names.join(', ')}` : `Nothing is new in ${place}.`)
} finally {
  await close()
}
