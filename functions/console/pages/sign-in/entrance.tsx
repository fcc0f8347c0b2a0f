import { Flex, Layout, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useSearchParams } from 'react-router'
import { useProfile } from '../../api/hooks.ts'
import { AppearanceChoice, LanguageChoice } from '../../shell/choices.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { Panel } from '../../shell/panel.tsx'
import { ownPath } from './own-path.ts'

interface Props {
  title: string
  children: ReactNode
  /** The way to the other entrance. */
  footer: ReactNode
}

/** What sign in and sign up look like; who is in already is led on. */
export function Entrance({ title, children, footer }: Props) {
  const { t } = useTranslation()
  const [parameters] = useSearchParams()
  const isNobody = useLocation().state?.isNobody === true
  const { data: profile } = useProfile({ enabled: !isNobody })
  if (profile !== undefined) return <Navigate to={ownPath(parameters.get('to'))} replace />
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <Layout.Content
        role="main"
        style={{ display: 'grid', alignContent: 'center', justifyItems: 'center', padding: '24px 12px' }}
      >
        <Flex vertical gap="middle" style={{ width: '100%', maxWidth: 400 }}>
          <div style={{ textAlign: 'center' }}>
            <Typography.Text strong style={{ fontSize: 28 }}>
              Auspex
            </Typography.Text>
            <br />
            <Typography.Text type="secondary">{t('entrance.about')}</Typography.Text>
          </div>
          <Panel padding={24}>
            <PageTitle title={title} />
            {children}
          </Panel>
          <Typography.Text style={{ textAlign: 'center' }}>{footer}</Typography.Text>
          <Flex justify="center" gap="middle" wrap>
            <LanguageChoice />
            <AppearanceChoice />
          </Flex>
        </Flex>
      </Layout.Content>
    </Layout>
  )
}
