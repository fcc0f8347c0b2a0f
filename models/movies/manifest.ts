import type { Manifest } from '#models/_runtime/manifest.ts'

export const longestQuery = 1_000
export const mostFilms = 50
export const usualFilms = 10
/** Years in which a film may have been made. */
export const filmYears = { first: 1870, last: 2100 } as const
/** For one search, until somebody gives it another. */
export const searchPriceCredits = 1

const year = (name: string, label: string) => ({
  type: 'integer' as const,
  name,
  label,
  required: false,
  nullable: true,
  default: 2000,
  range: [filmYears.first, filmYears.last] as [number, number],
})

/** The search as a predictor on offer: one row is one query, and its answer the films that were found. */
export const searchManifest: Manifest = {
  name: 'movie_search',
  domain: 'movies',
  title: 'Film search',
  task: 'search',
  summary: 'Finds films by what you would like to see, in your own words, in English or Russian.',
  maximumRows: 1,
  features: [
    {
      type: 'text',
      name: 'query',
      label: 'What you would like to see',
      required: true,
      nullable: false,
      default: 'a heist that goes wrong',
      maxLength: longestQuery,
    },
    {
      type: 'integer',
      name: 'limit',
      label: 'How many films at most',
      required: false,
      nullable: true,
      default: usualFilms,
      range: [1, mostFilms],
    },
    {
      type: 'text',
      name: 'genres',
      label: 'Genres, with commas between: any of them',
      required: false,
      nullable: true,
      default: '',
      maxLength: 400,
    },
    year('year_from', 'Not older than'),
    year('year_to', 'Not newer than'),
  ],
  output: { name: 'films', label: 'Films found', unit: '' },
}
