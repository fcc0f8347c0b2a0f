import { App, Button, type ButtonProps } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { describeError } from '../../parts/describe-error.ts'
import { isCancellable } from '../../parts/job-facts.ts'
import { useCancelling } from './jobs-api.ts'

/** There for a job that has not started; its price comes back. */
export function CancelButton({ job, size }: { job: Job; size?: ButtonProps['size'] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { mutate, isPending } = useCancelling()
  if (!isCancellable(job)) return null
  const cancel = () =>
    mutate(job.job_id, {
      onSuccess: ({ price }) => message.success(t('jobs.cancel.done', { count: price })),
      onError: (error) => message.error(describeError(t, error)),
    })
  return (
    <Button danger {...(size && { size })} loading={isPending} onClick={cancel}>
      {t('jobs.cancel.do')}
    </Button>
  )
}
