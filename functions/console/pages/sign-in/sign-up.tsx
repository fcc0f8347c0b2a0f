import { PageTitle } from '../../shell/page-title.tsx'

export default function SignUp() {
  return <PageTitle title="sign_up.title" />
}
