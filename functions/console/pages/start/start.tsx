import { Flex } from 'antd'
import { useProfile } from '../../api/hooks.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { CallByProgram } from './call-by-program.tsx'
import { LatestJobs } from './latest-jobs.tsx'
import { NextStepCard } from './next-step-card.tsx'
import { PredictorOffers } from './predictor-offers.tsx'

/** What to do next, what can be had, what is under way, and how programs do the same. */
export default function Start() {
  const { data: profile } = useProfile()
  if (profile === undefined) return null
  return (
    <div style={{ maxWidth: 1040 }}>
      <PageTitle title="start.hello" values={{ name: profile.name }} />
      <Flex vertical gap="large">
        <NextStepCard profile={profile} />
        <PredictorOffers />
        <LatestJobs />
        <CallByProgram />
      </Flex>
    </div>
  )
}
