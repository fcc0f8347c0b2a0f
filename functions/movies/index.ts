import { createApp } from '#shared/app.ts'
import { moviesEnv } from './env.ts'
import { createMoviesServices } from './services.ts'

const options = { name: 'movies', env: moviesEnv, services: createMoviesServices }
const app = createApp(options)

/** A catalogue of films, found by what people would like to see. */
export default { fetch: app.fetch }
