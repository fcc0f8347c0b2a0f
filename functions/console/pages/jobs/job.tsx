import { PageTitle } from '../../shell/page-title.tsx'

export default function Job() {
  return <PageTitle title="jobs.title" />
}
