import { createApp } from '#shared/app.ts'
import { registerCreateFilm } from './create-film.ts'
import { moviesEnv } from './env.ts'
import { registerGetFilm } from './get-film.ts'
import { registerListFilms } from './list-films.ts'
import { registerListGenres } from './list-genres.ts'
import { registerRecommendFilms } from './recommend-films.ts'
import { registerSearchTitles } from './search-titles.ts'
import { createMoviesServices } from './services.ts'

const options = { name: 'movies', env: moviesEnv, services: createMoviesServices }
const app = createApp(options)

registerRecommendFilms(app)
registerListFilms(app)
registerCreateFilm(app)
registerListGenres(app)
registerSearchTitles(app)
// Last of all below /movies, since its address would fit theirs, too.
registerGetFilm(app)

/** A catalogue of films, found by what people would like to see. */
export default { fetch: app.fetch }
