import type { ComponentType, LazyExoticComponent } from 'react'
import { carsDomain } from './cars/cars.ts'
import { moviesDomain } from './movies/movies.ts'

/** What a domain adds to the console: pages of its own, below /console/<domain>. */
export interface ConsoleDomain {
  name: string
  /** Key of its title in the translations. */
  title: string
  pages: readonly { path: string; Page: LazyExoticComponent<ComponentType> }[]
}

/** Domains in the order of the menu: a new one is a folder here and a line below. */
export const consoleDomains: readonly ConsoleDomain[] = [carsDomain, moviesDomain]
