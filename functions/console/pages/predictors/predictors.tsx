import { PageTitle } from '../../shell/page-title.tsx'

export default function Predictors() {
  return <PageTitle title="predictors.title" />
}
