import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ROLES, type Role } from './admin-api.ts'

interface UserSearchProps {
  search: string | undefined
  role: Role | undefined
}

/** Finds people by a part of their name, address or id, and by their role. */
export function UserSearch({ search, role }: UserSearchProps) {
  const { t } = useTranslation()
  const [, setFound] = useSearchParams()
  const find = (name: 'search' | 'role', value: string) =>
    setFound(
      (before) => {
        const after = new URLSearchParams(before)
        if (value.trim() === '') after.delete(name)
        else after.set(name, value.trim())
        return after
      },
      { replace: true, preventScrollReset: true },
    )
  return (
    <>
      <Select<string>
        aria-label={t('admin.users.role.title')}
        value={role ?? ''}
        onChange={(chosen) => find('role', chosen)}
        options={['', ...ROLES].map((value) => ({ value, label: t(`admin.users.role.${value || 'all'}`) }))}
        style={{ minWidth: 150 }}
      />
      <Input.Search
        allowClear
        defaultValue={search}
        aria-label={t('admin.users.search')}
        placeholder={t('admin.users.search')}
        onSearch={(text) => find('search', text)}
        style={{ width: 260, maxWidth: '100%' }}
      />
    </>
  )
}
