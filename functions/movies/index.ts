import { createApp } from '#shared/app.ts'
import { boundedBody } from '#shared/body.ts'
import { signedByQueue } from '#shared/queue.ts'
import { scheduled } from '#shared/scheduled.ts'
import { registerCreateFilm } from './create-film.ts'
import { registerDeleteEncoder } from './delete-encoder.ts'
import { registerEmbedFilms } from './embed-films.ts'
import { moviesEnv } from './env.ts'
import { registerGetFilm } from './get-film.ts'
import { registerGetImport } from './get-import.ts'
import { registerGetRecommendation } from './get-recommendation.ts'
import { registerGetTaste } from './get-taste.ts'
import { maximumImportBytes, registerImportFilms } from './import-films.ts'
import { registerJudgeFilm } from './judge-film.ts'
import { registerListEncoders } from './list-encoders.ts'
import { registerListFilms } from './list-films.ts'
import { registerListGenres } from './list-genres.ts'
import { registerListImports } from './list-imports.ts'
import { registerListRecommendations } from './list-recommendations.ts'
import { registerListSimilarFilms } from './list-similar-films.ts'
import { registerListVerdicts } from './list-verdicts.ts'
import { registerRecommendFilms } from './recommend-films.ts'
import { registerRecommendToMe } from './recommend-to-me.ts'
import { registerRetryImport } from './retry-import.ts'
import { registerSearchTitles } from './search-titles.ts'
import { createMoviesServices } from './services.ts'
import { registerStartReembedding } from './start-reembedding.ts'
import { registerStopReembedding } from './stop-reembedding.ts'
import { registerStoreImport } from './store-import.ts'
import { sweepCatalogue } from './sweep-catalogue.ts'

const options = { name: 'movies', env: moviesEnv, services: createMoviesServices }
const app = createApp(options)

for (const path of ['/movies/embed', '/movies/store']) app.use(path, signedByQueue)
app.use('/movies/import', boundedBody({ maximumBytes: maximumImportBytes }))

registerRecommendFilms(app)
registerRecommendToMe(app)
registerListRecommendations(app)
registerGetRecommendation(app)
registerJudgeFilm(app)
registerListVerdicts(app)
registerGetTaste(app)
registerListSimilarFilms(app)
registerListFilms(app)
registerCreateFilm(app)
registerListGenres(app)
registerSearchTitles(app)
registerImportFilms(app)
registerListImports(app)
registerGetImport(app)
registerRetryImport(app)
registerStoreImport(app)
registerEmbedFilms(app)
registerListEncoders(app)
registerStartReembedding(app)
registerStopReembedding(app)
registerDeleteEncoder(app)
// Last of all below /movies, since its address would fit theirs, too.
registerGetFilm(app)

/** A catalogue of films, found by what people would like to see. By cron: what was lost is taken up again. */
export default {
  fetch: app.fetch,
  scheduled: scheduled(options, { sweepCatalogue }),
}
