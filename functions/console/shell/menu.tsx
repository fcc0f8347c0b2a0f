import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useProfile } from '../api/hooks.ts'
import { consoleDomains } from '../domains/domains.ts'

/** The pages that a person may see, in the order of the menu. */
export function useMenu() {
  const { t } = useTranslation()
  const { data: profile } = useProfile()
  const entry = (key: string, title: string) => ({ key, label: <Link to={key}>{t(title)}</Link> })
  return [
    entry('/', 'start.title'),
    entry('/console/predictors', 'predictors.title'),
    entry('/console/jobs', 'jobs.title'),
    entry('/console/wallet', 'wallet.title'),
    ...consoleDomains.flatMap(({ title, pages }) => pages.slice(0, 1).map(({ path }) => entry(path, title))),
    entry('/console/access', 'access.title'),
    entry('/console/webhooks', 'webhooks.title'),
    ...(profile?.role === 'admin' ? [entry('/console/admin', 'admin.title')] : []),
  ]
}
