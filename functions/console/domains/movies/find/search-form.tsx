import { Alert, Button, Flex } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiError } from '../../../api/call.ts'
import { useProfile } from '../../../api/hooks.ts'
import { Shortage } from '../../../forms/order.tsx'
import { Failure } from '../../../parts/failure.tsx'
import { useFormats } from '../../../parts/formats.ts'
import { useOneAtATime } from '../../../parts/use-one-at-a-time.ts'
import { useSearchPrice } from '../movies-api.ts'
import { GenresField, YearsFields } from '../parts/filter-fields.tsx'
import { Examples } from './examples.tsx'
import { areAnyFilters, type FilmSearch, faultOf } from './film-search.ts'
import { SearchField } from './search-field.tsx'
import { useFilmSearch } from './use-film-search.ts'

interface SearchFormProps {
  start: FilmSearch
  /** Filters have changed: they are kept without asking. */
  onKeep(search: FilmSearch): void
  onAnswer(search: FilmSearch, id: string): void
}

/** What to look for, within which films, and what that costs. */
export function SearchForm({ start, onKeep, onAnswer }: SearchFormProps) {
  const { t } = useTranslation()
  const [search, setSearch] = useState(start)
  const [fault, setFault] = useState<ReturnType<typeof faultOf>>()
  const { mutateAsync, isPending, error } = useFilmSearch()
  const narrow = (part: Partial<FilmSearch>) => {
    const next = { ...search, ...part }
    setSearch(next)
    setFault(undefined)
    onKeep({ ...next, query: start.query })
  }
  const send = useOneAtATime(async (asked: FilmSearch) => onAnswer(asked, await mutateAsync(asked)))
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    const found = faultOf(search)
    setFault(found)
    if (found === undefined) void send(search)
  }
  const write = (query: string) => {
    setSearch({ ...search, query })
    setFault(undefined)
  }
  return (
    <search aria-label={t('movies.find.form')}>
      <form onSubmit={submit} noValidate>
        <SearchField
          value={search.query}
          onChange={write}
          fault={fault === 'empty' ? t('movies.find.empty_query') : undefined}
        />
        <Flex gap="12px 16px" wrap align="end" style={{ marginTop: 14 }}>
          <GenresField genres={search.genres} onChange={(genres) => narrow({ genres })} />
          <YearsFields from={search.from} to={search.to} onChange={narrow} />
          <Flex gap="small" wrap style={{ flex: '1 0 auto' }}>
            <SearchButton isSending={isPending} />
            {areAnyFilters(search) && (
              <Button size="large" onClick={() => narrow({ genres: [], from: undefined, to: undefined })}>
                {t('movies.filters.clear')}
              </Button>
            )}
          </Flex>
        </Flex>
        {fault === 'years' && (
          <Alert type="error" role="alert" title={t('movies.find.years')} style={{ marginTop: 8 }} />
        )}
      </form>
      <div style={{ display: 'grid', marginTop: 12 }}>
        <Trouble error={error} onRetry={submit} />
      </div>
      {search.query === '' && <Examples onChoose={write} />}
    </search>
  )
}

/** Says what it costs, before it is pressed. */
function SearchButton({ isSending }: { isSending: boolean }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const price = useSearchPrice()
  const text =
    price === undefined ? t('movies.find.send_unpriced') : t('movies.find.send', { count: price, price: number(price) })
  return (
    <Button type="primary" size="large" htmlType="submit" loading={isSending}>
      {text}
    </Button>
  )
}

/** What went wrong. The search stays as it is. */
function Trouble({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { t } = useTranslation()
  const { data: profile } = useProfile()
  const price = useSearchPrice()
  const isPoor = profile !== undefined && price !== undefined && profile.balance < price
  if (isPoor) return <Shortage missing={price - profile.balance} available={profile.balance} />
  if (error instanceof ApiError && error.status === 402)
    return (
      <Alert
        type="warning"
        role="alert"
        showIcon
        title={error.message}
        description={<Link to="/console/wallet?top_up">{t('form.order.top_up')}</Link>}
      />
    )
  return error === null ? null : <Failure error={error} onRetry={onRetry} />
}
