import { Button, Flex, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFilmTexts } from '../film-texts.ts'
import type { Film } from '../movies-api.ts'
import { useVerdict } from '../verdicts.ts'

const HEART = 'M8 13.6 2.5 8.1a3.5 3.5 0 0 1 5-5l.5.6.5-.6a3.5 3.5 0 0 1 5 5z'

interface VerdictButtonsProps {
  film: Pick<Film, 'id' | 'title' | 'title_ru' | 'liked'>
  size?: 'small' | 'middle'
  /** With words beside the signs. */
  isTold?: boolean
}

/** Likes and dislikes: each is taken back by the same button. */
export function VerdictButtons({ film, size = 'small', isTold = false }: VerdictButtonsProps) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const { title } = useFilmTexts(film)
  const { verdict, change } = useVerdict(film)
  return (
    <Flex gap={4}>
      {(['like', 'dislike'] as const).map((kind) => {
        const isGiven = verdict === kind
        return (
          <Button
            key={kind}
            size={size}
            type={isTold ? 'default' : 'text'}
            aria-pressed={isGiven}
            aria-label={t(`movies.verdict.${kind}_named`, { title })}
            title={t(`movies.verdict.${kind}`)}
            icon={<VerdictSign kind={kind} isFilled={isGiven} />}
            style={{
              color: isGiven ? (kind === 'like' ? token.colorError : token.colorText) : token.colorTextSecondary,
            }}
            onClick={() => change(isGiven ? 'none' : kind)}
          >
            {isTold && t(`movies.verdict.${kind}`)}
          </Button>
        )
      })}
    </Flex>
  )
}

/** A heart, or one that is crossed out. */
function VerdictSign({ kind, isFilled }: { kind: 'like' | 'dislike'; isFilled: boolean }) {
  return (
    <svg width="1.2em" height="1.2em" viewBox="0 0 16 16" aria-hidden="true" style={{ verticalAlign: '-0.2em' }}>
      <path d={HEART} fill={isFilled ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.4" />
      {kind === 'dislike' && (
        <path d="M2 14 14 2" stroke={isFilled ? 'Canvas' : 'currentColor'} strokeWidth={isFilled ? 2.6 : 1.4} />
      )}
      {kind === 'dislike' && isFilled && <path d="M1.4 14.6 14.6 1.4" stroke="currentColor" strokeWidth="1.2" />}
    </svg>
  )
}
