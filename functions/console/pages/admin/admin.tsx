import { PageTitle } from '../../shell/page-title.tsx'

export default function Admin() {
  return <PageTitle title="admin.title" />
}
