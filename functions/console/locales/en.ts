import cars from '../domains/cars/en.json'
import movies from '../domains/movies/en.json'
import admin from '../pages/admin/en.json'
import jobs from '../pages/jobs/en.json'
import operations from '../pages/operations/en.json'
import predictors from '../pages/predictors/en.json'
import signin from '../pages/sign-in/en.json'
import start from '../pages/start/en.json'
import wallet from '../pages/wallet/en.json'
import shell from '../shell/en.json'

/** Every text of the console in English: each part has its own. */
export const texts = {
  ...shell,
  ...start,
  ...signin,
  ...wallet,
  ...predictors,
  ...jobs,
  ...admin,
  ...operations,
  ...cars,
  ...movies,
}
