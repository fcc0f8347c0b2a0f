import type { ComponentType, LazyExoticComponent } from 'react'
import type { Job } from '../api/types.ts'
import { carsDomain } from './cars/cars.ts'
import { moviesDomain } from './movies/movies.ts'

/** What a domain adds to the console: pages of its own, below /console/<domain>. */
export interface ConsoleDomain {
  name: string
  /** Key of its title in the translations. */
  title: string
  pages: readonly { path: string; Page: LazyExoticComponent<ComponentType> }[]
  /** Models that are asked on a page of the domain instead of by their form. */
  askedAt?: readonly AskedAt[]
}

interface AskedAt {
  model: string
  /** Of the page, ready to ask what a job was asked. */
  address(job?: Pick<Job, 'data'>): string
  /** Of the page with the answer to a job. */
  answerAddress(job: Pick<Job, 'data' | 'job_id'>): string
}

/** Domains in the order of the menu: a new one is a folder here and a line below. */
export const consoleDomains: readonly ConsoleDomain[] = [carsDomain, moviesDomain]
