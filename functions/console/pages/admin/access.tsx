import { PageTitle } from '../../shell/page-title.tsx'

export default function Access() {
  return <PageTitle title="access.title" />
}
