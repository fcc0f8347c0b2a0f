import { Input, theme } from 'antd'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { longestQuery } from '#models/movies/manifest.ts'
import type { Film } from '../movies-api.ts'
import { filmPath } from '../parts/film-card.tsx'
import { Suggestion } from './suggestion.tsx'
import { useTitles } from './use-titles.ts'

interface SearchFieldProps {
  value: string
  onChange(value: string): void
  fault: string | undefined
}

/**
 * One field for both: titles are suggested while it is typed (a combobox with a list, WAI-ARIA 1.2), and Enter searches
 * unless a title is chosen.
 */
export function SearchField({ value, onChange, fault }: SearchFieldProps) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const id = useId()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const films = useTitles(isOpen ? value : '')
  const isShown = isOpen && films.length > 0
  const close = () => {
    setOpen(false)
    setActive(-1)
  }
  const go = ({ id: film }: Film) => void navigate(filmPath(film))
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = films[active]
    if (event.key === 'Escape') return close()
    if (event.key === 'Enter') {
      if (isShown && chosen !== undefined) {
        event.preventDefault()
        return go(chosen)
      }
      return close()
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || films.length === 0) return
    event.preventDefault()
    setOpen(true)
    // One place of the round is the field itself.
    setActive((before) => ((before + 1 + step + films.length + 1) % (films.length + 1)) - 1)
  }
  return (
    <div style={{ position: 'relative' }}>
      <label htmlFor={id} style={{ display: 'block', fontWeight: 500, marginBottom: 6 }}>
        {t('movies.find.label')}
      </label>
      <Input
        id={id}
        size="large"
        value={value}
        maxLength={longestQuery}
        placeholder={t('movies.find.placeholder')}
        autoComplete="off"
        enterKeyHint="search"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={`${id}-titles`}
        aria-activedescendant={isShown && active >= 0 ? `${id}-${active}` : undefined}
        aria-describedby={fault === undefined ? `${id}-how` : `${id}-fault`}
        aria-invalid={fault !== undefined}
        status={fault === undefined ? '' : 'error'}
        onChange={({ target }) => {
          onChange(target.value)
          setOpen(true)
          setActive(-1)
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
        style={{ fontSize: 18, paddingBlock: 10 }}
      />
      <div
        id={`${id}-titles`}
        role="listbox"
        aria-label={t('movies.find.titles')}
        hidden={!isShown}
        style={{
          position: 'absolute',
          zIndex: 20,
          insetInline: 0,
          margin: '4px 0 0',
          padding: 4,
          background: token.colorBgElevated,
          borderRadius: token.borderRadiusLG,
          boxShadow: token.boxShadow,
        }}
      >
        {isShown &&
          films.map((film, at) => (
            <Suggestion
              key={film.id}
              id={`${id}-${at}`}
              film={film}
              isActive={at === active}
              onPoint={() => setActive(at)}
              onChoose={() => go(film)}
            />
          ))}
      </div>
      <div id={`${id}-how`} style={{ color: token.colorTextSecondary, fontSize: 13, marginTop: 4 }}>
        {t('movies.find.how')}
      </div>
      {fault !== undefined && (
        <div id={`${id}-fault`} role="alert" style={{ color: token.colorError, marginTop: 4 }}>
          {fault}
        </div>
      )}
    </div>
  )
}
