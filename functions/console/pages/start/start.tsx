import { PageTitle } from '../../shell/page-title.tsx'

export default function Start() {
  return <PageTitle title="start.title" />
}
