import { Flex, theme } from 'antd'
import { useFilmTexts } from '../film-texts.ts'
import type { Film } from '../movies-api.ts'
import { Poster } from '../poster/poster.tsx'

interface SuggestionProps {
  id: string
  film: Film
  isActive: boolean
  onPoint(): void
  onChoose(): void
}

/** A title that may be the one that is typed. The focus stays in the field. */
export function Suggestion({ id, film, isActive, onPoint, onChoose }: SuggestionProps) {
  const { token } = theme.useToken()
  const { title, otherTitle } = useFilmTexts(film)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses in the field, which has the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus, and names the active one
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onPoint}
      onClick={onChoose}
      style={{
        padding: '4px 8px',
        borderRadius: token.borderRadius,
        cursor: 'pointer',
        background: isActive ? token.controlItemBgHover : 'transparent',
        outline: isActive ? `2px solid ${token.colorPrimary}` : 'none',
        outlineOffset: -2,
      }}
    >
      <Flex align="center" gap={10}>
        <Poster film={film} title={title} width={30} />
        <span style={{ minWidth: 0 }}>
          <span style={{ fontWeight: 500 }}>{title}</span>{' '}
          <span style={{ color: token.colorTextSecondary }}>
            {film.year}
            {otherTitle !== undefined && ` · ${otherTitle}`}
          </span>
        </span>
      </Flex>
    </div>
  )
}
