import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProfile } from '../../api/hooks.ts'
import { SectionLinks } from '../../parts/section-links.tsx'
import { PageTitle } from '../../shell/page-title.tsx'

const base = '/console/movies'
const PARTS = ['catalogue', 'for-you', 'likes', 'searches', 'taste'] as const
const ADMIN_PARTS = ['imports', 'encoders'] as const

interface MoviesPageProps {
  /** Key of a text, or a text. */
  title: string
  /** What can be done there. */
  actions?: ReactNode
  children: ReactNode
}

/** A page about films, with the way to the others. */
export function MoviesPage({ title, actions, children }: MoviesPageProps) {
  const { t } = useTranslation()
  const { data: profile } = useProfile()
  const parts = profile?.role === 'admin' ? [...PARTS, ...ADMIN_PARTS] : PARTS
  const sections = parts.map((part) => ({ to: `${base}/${part}`, text: t(`movies.parts.${part}`) }))
  return (
    <div style={{ maxWidth: 1280 }}>
      <SectionLinks label={t('movies.sections')} sections={[{ to: base, text: t('movies.parts.find') }, ...sections]} />
      <PageTitle title={title}>{actions}</PageTitle>
      {children}
    </div>
  )
}
