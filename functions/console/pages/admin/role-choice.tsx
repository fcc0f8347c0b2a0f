import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useProfile } from '../../api/hooks.ts'
import { useConfirm } from '../../parts/use-confirm.tsx'
import { adminKeys, ROLES, type Role, setRole, type User, useChange } from './admin-api.ts'

/** The role of a user; another one counts when it is confirmed. */
export function RoleChoice({ user }: { user: User }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const { data: profile } = useProfile()
  const { mutateAsync, isPending } = useChange(setRole, adminKeys.users)
  const isSelf = profile?.id === user.id
  const ask = (role: Role) =>
    role !== user.role &&
    confirm({
      title: t('admin.users.change.title', { email: user.email, role: t(`admin.users.role.${role}`) }),
      text: t(isSelf ? 'admin.users.change.own_text' : `admin.users.change.text_${role}`),
      action: t('admin.users.change.do'),
      isDangerous: isSelf,
      act: () => mutateAsync({ id: user.id, role }),
      done: t('admin.users.change.done', { email: user.email, role: t(`admin.users.role.${role}`) }),
    })
  return (
    <Select<Role>
      aria-label={t('admin.users.role.of', { email: user.email })}
      value={user.role}
      loading={isPending}
      disabled={isPending}
      onChange={ask}
      options={ROLES.map((role) => ({ value: role, label: t(`admin.users.role.${role}`) }))}
      style={{ minWidth: 150 }}
    />
  )
}
