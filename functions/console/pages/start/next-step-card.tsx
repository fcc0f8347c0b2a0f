import { Flex, Typography, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePredictors } from '../../api/hooks.ts'
import type { Profile } from '../../api/session.ts'
import { askAddress } from '../../domains/asked-at.ts'
import { useFeatureTexts } from '../../forms/feature-texts.ts'
import { LinkButton } from '../../shell/link-button.tsx'
import { Panel } from '../../shell/panel.tsx'
import { useLatestJobs } from './latest-jobs.tsx'
import { cheapest, nextStep } from './next-step.ts'

/** The one thing to do next, as long as there is one. */
export function NextStepCard({ profile: { balance } }: { profile: Profile }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const { data: predictors } = usePredictors()
  const { data: jobs } = useLatestJobs()
  // Before both are known, only an empty wallet is certain.
  const isKnown = predictors !== undefined && jobs !== undefined
  const step =
    isKnown || balance === 0 ? nextStep({ balance, predictors: predictors ?? [], hasJobs: jobs?.length !== 0 }) : 'none'
  const [first] = cheapest(predictors ?? [])
  const texts = useFeatureTexts(first?.domain ?? '')
  if (step === 'none') return null
  const title = first && texts.title({ ...first, name: first.model_name })
  const to = step === 'try' ? askAddress(first?.model_name ?? '') : '/console/wallet'
  return (
    <Panel padding={20} style={{ background: token.colorPrimaryBg, borderColor: token.colorPrimaryBorder }}>
      <Flex align="center" justify="space-between" gap="middle" wrap>
        <div style={{ flex: '1 1 240px' }}>
          <Typography.Title level={2} style={{ fontSize: 18, margin: 0 }}>
            {t(`start.next.${step}.title`)}
          </Typography.Title>
          <Typography.Text>{t(`start.next.${step}.text`, { title })}</Typography.Text>
        </div>
        <LinkButton type="primary" size="large" to={to}>
          {t(`start.next.${step}.do`)}
        </LinkButton>
      </Flex>
    </Panel>
  )
}
