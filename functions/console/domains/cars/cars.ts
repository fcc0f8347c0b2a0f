import { lazy } from 'react'
import type { ConsoleDomain } from '../domains.ts'

export const carsDomain: ConsoleDomain = {
  name: 'cars',
  title: 'cars.title',
  pages: [{ path: '/console/cars', Page: lazy(() => import('./price-of-a-car.tsx')) }],
}
