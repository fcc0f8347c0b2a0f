import { PageTitle } from '../../shell/page-title.tsx'

export default function Webhooks() {
  return <PageTitle title="webhooks.title" />
}
