import cars from '../domains/cars/ru.json'
import movies from '../domains/movies/ru.json'
import admin from '../pages/admin/ru.json'
import jobs from '../pages/jobs/ru.json'
import operations from '../pages/operations/ru.json'
import predictors from '../pages/predictors/ru.json'
import signin from '../pages/sign-in/ru.json'
import start from '../pages/start/ru.json'
import wallet from '../pages/wallet/ru.json'
import shell from '../shell/ru.json'

/** Every text of the console in Russian: each part has its own. */
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
