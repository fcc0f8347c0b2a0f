import { PageTitle } from '../../shell/page-title.tsx'

export default function SignIn() {
  return <PageTitle title="sign_in.title" />
}
