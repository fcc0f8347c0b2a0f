import { type EncoderDescription, reads } from '#models/_encoders/manifest.ts'
import { gloss, type Language } from '#models/movies/gloss.ts'

export interface FilmText {
  language: Language
  text: string
}

/**
 * What an encoder is given of a film: the bare descriptions in the languages that it reads, since a title or genres
 * before them make it find less (docs/movies.md has the numbers). Where it reads none of them, the words of a Russian
 * one in English.
 */
export function textsOfFilm(
  encoder: Pick<EncoderDescription, 'languages'>,
  film: { description: string; description_ru: string | null },
): FilmText[] {
  const language = mainLanguageOf(film.description)
  const texts: FilmText[] = [{ language, text: film.description }]
  if (film.description_ru !== null && language === 'en') texts.push({ language: 'ru', text: film.description_ru })
  const readable = texts.filter((text) => reads(encoder, text.language))
  if (readable.length > 0) return readable
  return [{ language: 'en', text: gloss(film.description) || film.description }]
}

/** By its letters: a description in one language may name things in the other. */
function mainLanguageOf(text: string): Language {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  return cyrillic > latin ? 'ru' : 'en'
}
