import { PageTitle } from '../../shell/page-title.tsx'

export default function PriceOfACar() {
  return <PageTitle title="cars.title" />
}
