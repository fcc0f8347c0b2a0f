import { PageTitle } from '../../shell/page-title.tsx'

export default function CompareJobs() {
  return <PageTitle title="jobs.title" />
}
