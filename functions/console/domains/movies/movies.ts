import { lazy } from 'react'
import type { ConsoleDomain } from '../domains.ts'

export const moviesDomain: ConsoleDomain = {
  name: 'movies',
  title: 'movies.title',
  pages: [
    { path: '/console/movies', Page: lazy(() => import('./find/find-a-film.tsx')) },
    { path: '/console/movies/catalogue', Page: lazy(() => import('./catalogue/catalogue.tsx')) },
    { path: '/console/movies/for-you', Page: lazy(() => import('./mine/for-you.tsx')) },
    { path: '/console/movies/likes', Page: lazy(() => import('./mine/likes.tsx')) },
    { path: '/console/movies/searches', Page: lazy(() => import('./mine/searches.tsx')) },
    { path: '/console/movies/taste', Page: lazy(() => import('./mine/taste.tsx')) },
    { path: '/console/movies/imports', Page: lazy(() => import('./imports/imports.tsx')) },
    { path: '/console/movies/encoders', Page: lazy(() => import('./encoders/encoders.tsx')) },
    { path: '/console/movies/:id', Page: lazy(() => import('./film/film.tsx')) },
  ],
}
