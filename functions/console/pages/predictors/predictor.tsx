import { PageTitle } from '../../shell/page-title.tsx'

export default function Predictor() {
  return <PageTitle title="predictors.title" />
}
