import { Button, Empty, Flex, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { usePages, useProfile } from '../../../api/hooks.ts'
import { type Film, movieKeys } from '../movies-api.ts'
import { MoviesPage } from '../movies-page.tsx'
import { FilterField, useGenreOptions, YearsFields } from '../parts/filter-fields.tsx'
import { PagedFilms } from '../parts/paged-films.tsx'
import { AddFilm } from './add-film.tsx'
import { type CatalogueFilter, catalogueQuery, isNarrowed, readFilter, SORTS, writeFilter } from './catalogue-filter.ts'

/** All films, narrowed and ordered as the address says. */
export default function Catalogue() {
  const { t } = useTranslation()
  const { data: profile } = useProfile()
  const [address, setAddress] = useSearchParams()
  const [isAdding, setAdding] = useState(false)
  const filter = readFilter(address)
  const films = usePages<Film>(movieKeys.catalogue, '/movies', catalogueQuery(filter))
  const change = (part: Partial<CatalogueFilter>) =>
    setAddress(writeFilter({ ...filter, ...part }), { replace: true, preventScrollReset: true })
  const clear = () => change({ genre: '', from: undefined, to: undefined })
  const mayAdd = profile?.role === 'expert' || profile?.role === 'admin'
  return (
    <MoviesPage
      title="movies.catalogue.title"
      actions={
        mayAdd && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('movies.catalogue.add')}
          </Button>
        )
      }
    >
      <Filters filter={filter} onChange={change} onClear={clear} />
      <PagedFilms
        label={t('movies.catalogue.title')}
        list={films}
        films={films.data?.pages.flatMap(({ items }) => items) ?? []}
        empty={
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('movies.catalogue.empty')}>
            {isNarrowed(filter) && <Button onClick={clear}>{t('movies.filters.clear')}</Button>}
          </Empty>
        }
      />
      {mayAdd && <AddFilm isOpen={isAdding} onClose={() => setAdding(false)} />}
    </MoviesPage>
  )
}

interface FiltersProps {
  filter: CatalogueFilter
  onChange(part: Partial<CatalogueFilter>): void
  onClear(): void
}

function Filters({ filter, onChange, onClear }: FiltersProps) {
  const { t } = useTranslation()
  const genres = useGenreOptions()
  return (
    <search aria-label={t('movies.filters.title')}>
      <Flex gap="12px 16px" wrap align="end" style={{ marginBottom: 20 }}>
        <FilterField label={t('movies.filters.genre')} width={220}>
          {(id) => (
            <Select<string>
              id={id}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={filter.genre || null}
              placeholder={t('movies.filters.any')}
              options={genres}
              onChange={(genre) => onChange({ genre: genre ?? '' })}
              style={{ width: '100%' }}
            />
          )}
        </FilterField>
        <YearsFields from={filter.from} to={filter.to} onChange={onChange} />
        <FilterField label={t('movies.filters.sort')} width={180}>
          {(id) => (
            <Select
              id={id}
              value={filter.sort}
              options={SORTS.map((sort) => ({ value: sort, label: t(`movies.filters.by.${sort}`) }))}
              onChange={(sort) => onChange({ sort })}
              style={{ width: '100%' }}
            />
          )}
        </FilterField>
        {isNarrowed(filter) && <Button onClick={onClear}>{t('movies.filters.clear')}</Button>}
      </Flex>
    </search>
  )
}
