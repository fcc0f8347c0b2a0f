import { PageTitle } from '../../shell/page-title.tsx'

export default function Wallet() {
  return <PageTitle title="wallet.title" />
}
