import { Button, Flex } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { download } from '../../parts/download.ts'
import { jobAsCsv, jobAsJson } from './export-job.ts'

/** The results as a file. */
export function ExportButtons({ job }: { job: Job }) {
  const { t } = useTranslation()
  return (
    <Flex gap="small">
      <Button
        size="small"
        aria-label={t('jobs.export.csv')}
        onClick={() => download(`${job.job_id}.csv`, 'text/csv', jobAsCsv(job))}
      >
        CSV
      </Button>
      <Button
        size="small"
        aria-label={t('jobs.export.json')}
        onClick={() => download(`${job.job_id}.json`, 'application/json', jobAsJson(job))}
      >
        JSON
      </Button>
    </Flex>
  )
}
