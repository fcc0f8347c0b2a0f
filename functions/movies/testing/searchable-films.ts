import { sql } from 'drizzle-orm'
import { createEncoders } from '#functions/encode/encoders.ts'
import { vectorOfWords } from '#functions/encode/testing/word-encoders.ts'
import { offerSearch } from '#functions/predict/offer-search.ts'
import { systemClock } from '#shared/clock.ts'
import { newId } from '#shared/ids.ts'
import { testBindings, testDatabase } from '#shared/testing/world.ts'
import { servingEncoder } from '../serving-encoder.ts'

interface NewFilm {
  title: string
  description: string
  titleRu?: string
  descriptionRu?: string
  year?: number
  genres?: string[]
}

/** The search of the examples finds it. */
const exampleFilm = (): NewFilm => ({
  title: `Heist ${newId('film')}`,
  description: 'A heist goes wrong, and those who are left ask who of them told.',
})

/** Films of this test's own, with vectors of the serving encoder, and the search on offer. @returns their ids */
export async function givenSearchableFilms(films: readonly NewFilm[] = [exampleFilm()]): Promise<string[]> {
  const db = testDatabase()
  await offerSearch({ db, actor: { kind: 'system' } })
  const encoder = await servingEncoder({ db, clock: systemClock, encoders: createEncoders(testBindings().ENCODE) })
  const ids: string[] = []
  for (const { title, titleRu = null, description, descriptionRu = null, year = 2000, genres = ['Drama'] } of films) {
    const id = newId('film')
    const vector = JSON.stringify(vectorOfWords(description, encoder.id))
    await db.execute(sql`
      with film as (
        insert into films (id, title, title_ru, description, description_ru, year, genres)
        values (${id}, ${title}, ${titleRu}, ${description}, ${descriptionRu}, ${year}, ${`{${genres.join(',')}}`}::text[])
      )
      insert into film_vectors (film_id, encoder_id, language, text_sha256, vector)
      values (${id}, ${encoder.id}, 'en', 'x', ${vector}::vector)`)
    ids.push(id)
  }
  return ids
}
