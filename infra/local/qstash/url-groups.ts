import { ApiError } from './api-error.ts'
import type { Store } from './store.ts'

export interface Endpoint {
  name?: string
  url: string
}

interface UrlGroup {
  name: string
  createdAt: number
  updatedAt: number
  endpoints: Endpoint[]
}

const NAME = /^[\w.-]{1,256}$/
const MAX_ENDPOINTS = 100

/** Named lists of destinations; a publish to the name goes to each of them. */
export class UrlGroups {
  readonly #store: Store
  readonly #groups = new Map<string, UrlGroup>()

  constructor(store: Store) {
    this.#store = store
    for (const group of store.documents<UrlGroup>('topic')) this.#groups.set(group.name, group)
  }

  /** Adds endpoints, making the group if need be; one with the name or address of another takes its place. */
  addEndpoints(name: string, endpoints: readonly Endpoint[], nowMs: number): void {
    if (!NAME.test(name))
      throw new ApiError(400, 'url group names contain only letters, digits, hyphens, periods and underscores')
    const group = this.#groups.get(name) ?? { name, createdAt: nowMs, updatedAt: nowMs, endpoints: [] }
    const kept = group.endpoints.filter((old) => !endpoints.some((added) => isSame(old, added)))
    if (kept.length + endpoints.length > MAX_ENDPOINTS)
      throw new ApiError(400, `a url group has at most ${MAX_ENDPOINTS} endpoints`)
    this.#save({ ...group, updatedAt: nowMs, endpoints: [...kept, ...endpoints] })
  }

  removeEndpoints(name: string, endpoints: readonly Partial<Endpoint>[], nowMs: number): void {
    const group = this.get(name)
    const kept = group.endpoints.filter((old) => !endpoints.some((removed) => isSame(old, removed)))
    this.#save({ ...group, updatedAt: nowMs, endpoints: kept })
  }

  /** @throws ApiError 404 */
  get(name: string): UrlGroup {
    const group = this.#groups.get(name)
    if (group === undefined) throw new ApiError(404, `url group ${name} not found`)
    return group
  }

  list(): UrlGroup[] {
    return [...this.#groups.values()]
  }

  /** @throws ApiError 404 */
  delete(name: string): void {
    this.#groups.delete(this.get(name).name)
    this.#store.deleteDocument('topic', name)
  }

  #save(group: UrlGroup): void {
    this.#groups.set(group.name, group)
    this.#store.putDocument('topic', group.name, group)
  }
}

const isSame = (a: Partial<Endpoint>, b: Partial<Endpoint>) =>
  (a.name !== undefined && a.name === b.name) || (a.url !== undefined && a.url === b.url)
