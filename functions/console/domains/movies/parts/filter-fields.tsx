import { Flex, InputNumber, Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { filmYears } from '#models/movies/manifest.ts'
import { useGenreText } from '../film-texts.ts'
import { useGenres } from '../movies-api.ts'

interface FieldProps {
  label: string
  width: number
  children(id: string): ReactNode
}

/** A small field below its label. */
export function FilterField({ label, width, children }: FieldProps) {
  const id = useId()
  return (
    <div style={{ flex: `1 1 ${width}px`, maxWidth: 2 * width, minWidth: 0 }}>
      <label htmlFor={id} style={{ display: 'block', marginBottom: 4 }}>
        {label}
      </label>
      {children(id)}
    </div>
  )
}

/** Genres with how many films have each. */
export function useGenreOptions() {
  const textOf = useGenreText()
  const { t } = useTranslation()
  const { data = [] } = useGenres()
  return data
    .map(({ genre, films }) => ({
      value: genre,
      label: t('movies.filters.genre_films', { genre: textOf(genre), films }),
    }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
}

interface GenresFieldProps {
  genres: readonly string[]
  onChange(genres: string[]): void
}

export function GenresField({ genres, onChange }: GenresFieldProps) {
  const { t } = useTranslation()
  const options = useGenreOptions()
  return (
    <FilterField label={t('movies.filters.genres')} width={260}>
      {(id) => (
        <Select<string[]>
          id={id}
          mode="multiple"
          allowClear
          value={[...genres]}
          placeholder={t('movies.filters.any')}
          options={options}
          optionFilterProp="label"
          onChange={onChange}
          style={{ width: '100%' }}
        />
      )}
    </FilterField>
  )
}

interface YearsFieldsProps {
  from: number | undefined
  to: number | undefined
  onChange(years: { from?: number | undefined; to?: number | undefined }): void
}

export function YearsFields({ from, to, onChange }: YearsFieldsProps) {
  const { t } = useTranslation()
  const field = (end: 'from' | 'to', value: number | undefined) => (
    <FilterField label={t(`movies.filters.${end}`)} width={110}>
      {(id) => (
        <InputNumber<number>
          id={id}
          min={filmYears.first}
          max={filmYears.last}
          precision={0}
          inputMode="numeric"
          value={value ?? null}
          placeholder={t('movies.filters.any')}
          changeOnWheel={false}
          onChange={(year) => onChange({ [end]: year ?? undefined })}
          style={{ width: '100%' }}
        />
      )}
    </FilterField>
  )
  return (
    <Flex gap="small" style={{ flex: '1 1 228px', maxWidth: 300 }}>
      {field('from', from)}
      {field('to', to)}
    </Flex>
  )
}
