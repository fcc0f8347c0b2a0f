import { lazy } from 'react'
import { searchManifest } from '#models/movies/manifest.ts'
import type { ConsoleDomain } from '../domains.ts'
import { writeSearch } from './find/film-search.ts'
import { searchOfJob } from './search-of-job.ts'

const base = '/console/movies'

export const moviesDomain: ConsoleDomain = {
  name: 'movies',
  title: 'movies.title',
  pages: [
    { path: base, Page: lazy(() => import('./find/find-a-film.tsx')) },
    { path: '/console/movies/catalogue', Page: lazy(() => import('./catalogue/catalogue.tsx')) },
    { path: '/console/movies/for-you', Page: lazy(() => import('./mine/for-you.tsx')) },
    { path: '/console/movies/likes', Page: lazy(() => import('./mine/likes.tsx')) },
    { path: '/console/movies/searches', Page: lazy(() => import('./mine/searches.tsx')) },
    { path: '/console/movies/taste', Page: lazy(() => import('./mine/taste.tsx')) },
    { path: '/console/movies/imports', Page: lazy(() => import('./imports/imports.tsx')) },
    { path: '/console/movies/encoders', Page: lazy(() => import('./encoders/encoders.tsx')) },
    { path: '/console/movies/:id', Page: lazy(() => import('./film/film.tsx')) },
  ],
  askedAt: [
    {
      model: searchManifest.name,
      address: (job) => (job === undefined ? base : `${base}?${writeSearch(searchOfJob(job))}`),
      answerAddress: (job) => `${base}?${writeSearch(searchOfJob(job), job.job_id)}`,
    },
  ],
}
