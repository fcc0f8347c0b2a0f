import { PageTitle } from '../../shell/page-title.tsx'

export default function Jobs() {
  return <PageTitle title="jobs.title" />
}
