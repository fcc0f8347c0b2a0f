import { useRef } from 'react'
import { useSearchParams } from 'react-router'
import { MoviesPage } from '../movies-page.tsx'
import { BeforeAsking } from './before-asking.tsx'
import { type FilmSearch, readSearch, writeSearch } from './film-search.ts'
import { SearchForm } from './search-form.tsx'
import { SearchResults } from './search-results.tsx'

/** Films by what somebody would like to see. Search and answer stand in the address: who comes back finds both. */
export default function FindAFilm() {
  const [address, setAddress] = useSearchParams()
  const results = useRef<HTMLElement>(null)
  const id = address.get('results') ?? undefined
  const show = (search: FilmSearch, answer: string) => {
    setAddress(writeSearch(search, answer))
    window.requestAnimationFrame(() => {
      results.current?.focus({ preventScroll: true })
      results.current?.scrollIntoView({ block: 'start' })
    })
  }
  const keep = (search: FilmSearch) => setAddress(writeSearch(search, id), { replace: true, preventScrollReset: true })
  return (
    <MoviesPage title="movies.find.title">
      <SearchForm key={`${id} ${address.get('q')}`} start={readSearch(address)} onKeep={keep} onAnswer={show} />
      <section ref={results} tabIndex={-1} style={{ outline: 'none', scrollMarginTop: 8 }}>
        {id !== undefined && <SearchResults key={id} id={id} />}
      </section>
      <BeforeAsking isAsked={id !== undefined} />
    </MoviesPage>
  )
}
