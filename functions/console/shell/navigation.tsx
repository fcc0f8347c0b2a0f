import { Menu } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { useMenu } from './menu.tsx'

/** The way to the other pages. */
export function Navigation({ onChoice }: { onChoice?: () => void }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const items = useMenu()
  const here = /^\/(console\/?)?$/.test(pathname) ? '/' : pathname
  const selected = items.map(({ key }) => key).filter((key) => key === here || here.startsWith(`${key}/`))
  return (
    <nav aria-label={t('shell.pages')}>
      <Menu
        mode="inline"
        style={{ borderInlineEnd: 0, background: 'transparent' }}
        items={items}
        selectedKeys={selected.slice(-1)}
        {...(onChoice && { onClick: onChoice })}
      />
    </nav>
  )
}
