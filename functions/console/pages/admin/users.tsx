import { Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { usePages, useProfile } from '../../api/hooks.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { When } from '../../parts/when.tsx'
import { TopUpForm } from '../wallet/top-up-form.tsx'
import { adminKeys, ROLES, type User } from './admin-api.ts'
import { BalanceForm } from './balance-form.tsx'
import { RoleChoice } from './role-choice.tsx'
import { SectionTitle } from './section-title.tsx'
import { UserSearch } from './user-search.tsx'

/** Everybody who has an account; the address of the page keeps whom one looks for. */
export function Users() {
  const { t } = useTranslation()
  const [found] = useSearchParams()
  const search = found.get('search') ?? undefined
  const role = ROLES.find((known) => known === found.get('role'))
  const list = usePages<User>(adminKeys.users, '/users', { search, role, limit: 50 })
  const columns = useColumns()
  return (
    <>
      <SectionTitle text={t('admin.users.title')}>
        <UserSearch search={search} role={role} />
      </SectionTitle>
      <PagedRecords
        label={t('admin.users.title')}
        list={list}
        rows={list.data?.pages.flatMap(({ items }) => items) ?? []}
        idOf={({ id }) => id}
        columns={columns}
        empty={t('admin.users.empty')}
      />
    </>
  )
}

function useColumns(): Column<User>[] {
  const { t } = useTranslation()
  return [
    { key: 'email', title: t('admin.users.email'), render: (user) => <Person user={user} /> },
    {
      key: 'since',
      title: t('admin.users.since'),
      isShort: true,
      render: ({ created_at }) => <When at={created_at} />,
    },
    { key: 'role', title: t('admin.users.role.title'), render: (user) => <RoleChoice user={user} /> },
    { key: 'wallet', title: t('wallet.title'), render: (user) => <WalletActions user={user} /> },
  ]
}

function Person({ user: { email, name } }: { user: User }) {
  return (
    <>
      <strong style={{ overflowWrap: 'anywhere' }}>{email}</strong>
      <Typography.Text type="secondary" style={{ display: 'block' }}>
        {name}
      </Typography.Text>
    </>
  )
}

/** Credits can be added to any wallet; set to an amount they can be in one's own alone, as the API has it. */
function WalletActions({ user }: { user: User }) {
  const { t } = useTranslation()
  const { data: profile } = useProfile()
  const [opened, setOpened] = useState<'add' | 'set'>()
  const close = () => setOpened(undefined)
  return (
    <Flex gap="small" wrap>
      <Button
        size="small"
        aria-label={t('admin.users.add_for', { email: user.email })}
        onClick={() => setOpened('add')}
      >
        {t('admin.users.add')}
      </Button>
      {profile?.id === user.id && (
        <Button size="small" onClick={() => setOpened('set')}>
          {t('admin.users.set')}
        </Button>
      )}
      <TopUpForm isOpen={opened === 'add'} onClose={close} user={user} />
      {profile?.id === user.id && <BalanceForm isOpen={opened === 'set'} onClose={close} current={profile.balance} />}
    </Flex>
  )
}
