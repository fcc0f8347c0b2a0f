import { Button, Drawer, Flex, Grid, Layout } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { useLiveJobs } from '../api/live.ts'
import type { Profile } from '../api/session.ts'
import { useArrival } from './arrival.ts'
import { Balance } from './balance.tsx'
import { ConnectionStatus } from './connection-status.tsx'
import { useSignOutElsewhere } from './leave.ts'
import { Navigation } from './navigation.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { PersonMenu } from './person-menu.tsx'
import { SessionRenewal } from './session-renewal.tsx'
import { useSessionUpkeep } from './session-upkeep.ts'

interface Props {
  profile: Profile
  children: ReactNode
}

/** What surrounds every page: the way to the others, the balance, and the person's own choices. */
export function Shell({ profile, children }: Props) {
  useLiveJobs()
  useSessionUpkeep()
  useSignOutElsewhere()
  useArrival('content')
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const isWide = Grid.useBreakpoint().lg ?? true
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <Header profile={profile} isWide={isWide} />
      <Layout>
        {isWide && (
          <Layout.Sider width={216} style={{ background: 'transparent' }}>
            <Navigation />
          </Layout.Sider>
        )}
        <Layout.Content
          id="content"
          role="main"
          tabIndex={-1}
          style={{ padding: isWide ? '8px 24px 48px' : '8px 12px 48px', minWidth: 0 }}
        >
          {!isWide && <ConnectionStatus />}
          <PageBoundary place={pathname}>{children}</PageBoundary>
        </Layout.Content>
      </Layout>
      <SessionRenewal email={profile.email} />
    </Layout>
  )
}

function Header({ profile, isWide }: { profile: Profile; isWide: boolean }) {
  const { t } = useTranslation()
  return (
    <Layout.Header style={{ padding: isWide ? '0 24px' : '0 12px', background: 'transparent', lineHeight: 1.5 }}>
      <Flex align="center" gap={isWide ? 'middle' : 'small'} style={{ height: '100%' }}>
        {!isWide && <PagesDrawer />}
        <Link to="/" aria-label={t('shell.home')} style={{ fontSize: 18, flexShrink: 0 }}>
          <strong>Auspex</strong>
        </Link>
        <span style={{ flex: '1 0 0' }} />
        {isWide && <ConnectionStatus />}
        <Balance />
        <PersonMenu profile={profile} />
      </Flex>
    </Layout.Header>
  )
}

/** On a phone the way to the other pages comes from the side. */
function PagesDrawer() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button type="text" aria-label={t('shell.menu')} aria-expanded={isOpen} onClick={() => setOpen(true)}>
        ☰
      </Button>
      <Drawer
        open={isOpen}
        onClose={() => setOpen(false)}
        placement="left"
        size={264}
        title="Auspex"
        styles={{ body: { padding: 8 } }}
      >
        <Navigation onChoice={() => setOpen(false)} />
      </Drawer>
    </>
  )
}
