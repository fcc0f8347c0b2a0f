import { useLogout } from '@refinedev/core'
import { Button, Drawer, Dropdown, Flex, Grid, Layout, Menu } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { useProfile } from '../api/hooks.ts'
import { useLiveJobs } from '../api/live.ts'
import { speak } from '../locales/translations.ts'
import { choose } from './appearance.ts'
import { Balance } from './balance.tsx'
import { useMenu } from './menu.tsx'
import { SessionRenewal } from './session-renewal.tsx'

/** What surrounds every page: the way to the others, the balance, and the person's own choices. */
export function Shell({ children }: { children: ReactNode }) {
  useLiveJobs()
  const { t } = useTranslation()
  const isWide = Grid.useBreakpoint().lg ?? true
  const [isOpen, setOpen] = useState(false)
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <Layout.Header style={{ padding: '0 16px', background: 'transparent' }}>
        <Flex align="center" gap="middle" style={{ height: '100%' }}>
          {!isWide && (
            <Button type="text" aria-label={t('shell.menu')} aria-expanded={isOpen} onClick={() => setOpen(true)}>
              ☰
            </Button>
          )}
          <Link to="/" aria-label={t('shell.home')}>
            <strong>Auspex</strong>
          </Link>
          <span style={{ flex: 1 }} />
          <Balance />
          <PersonMenu />
        </Flex>
      </Layout.Header>
      <Layout>
        {isWide ? (
          <Layout.Sider width={216} theme="light" style={{ background: 'transparent' }}>
            <Navigation />
          </Layout.Sider>
        ) : (
          <Drawer open={isOpen} onClose={() => setOpen(false)} placement="left" size={264} title="Auspex">
            <Navigation onChoice={() => setOpen(false)} />
          </Drawer>
        )}
        <Layout.Content
          id="content"
          role="main"
          tabIndex={-1}
          style={{ padding: isWide ? '8px 24px 48px' : '8px 12px 48px', minWidth: 0 }}
        >
          {children}
        </Layout.Content>
      </Layout>
      <SessionRenewal />
    </Layout>
  )
}

function Navigation({ onChoice }: { onChoice?: () => void }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const items = useMenu()
  const selected = items.map(({ key }) => key).filter((key) => key === pathname || pathname.startsWith(`${key}/`))
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

function PersonMenu() {
  const { t } = useTranslation()
  const { data: profile } = useProfile()
  const { mutate: signOut } = useLogout()
  const items = [
    { key: 'name', label: profile?.email, disabled: true },
    { type: 'divider' as const },
    { key: 'en', label: 'English', onClick: () => speak('en') },
    { key: 'ru', label: 'Русский', onClick: () => speak('ru') },
    { type: 'divider' as const },
    { key: 'system', label: t('shell.appearance.system'), onClick: () => choose('system') },
    { key: 'light', label: t('shell.appearance.light'), onClick: () => choose('light') },
    { key: 'dark', label: t('shell.appearance.dark'), onClick: () => choose('dark') },
    { type: 'divider' as const },
    { key: 'out', label: t('shell.sign_out'), onClick: () => signOut() },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button aria-label={t('shell.person')}>{profile?.name ?? '…'}</Button>
    </Dropdown>
  )
}
