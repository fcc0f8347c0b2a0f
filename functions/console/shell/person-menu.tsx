import { App, Button, Divider, Flex, Grid, Popover, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Profile } from '../api/session.ts'
import { describeError } from '../parts/describe-error.ts'
import { AppearanceChoice, LanguageChoice } from './choices.tsx'
import { initialsOf } from './initials.ts'
import { useSignOut } from './leave.ts'

/** Who is signed in, their choices, and the way out. */
export function PersonMenu({ profile }: { profile: Profile }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const hasRoom = Grid.useBreakpoint().md ?? true
  const shown = hasRoom ? profile.name : initialsOf(profile.name)
  const content = (
    <Flex vertical gap="small" style={{ minWidth: 232 }}>
      <Typography.Text strong>{profile.name}</Typography.Text>
      <Typography.Text type="secondary" style={{ overflowWrap: 'anywhere' }}>
        {profile.email}
      </Typography.Text>
      <Divider size="small" />
      <LanguageChoice />
      <AppearanceChoice />
      <Divider size="small" />
      <SignOutButton />
    </Flex>
  )
  return (
    // Beside its button in the document, so that the keyboard gets there next.
    <Popover
      content={content}
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      getPopupContainer={(button) => button.parentElement ?? document.body}
    >
      <Button
        aria-label={t('shell.person', { name: shown })}
        aria-expanded={isOpen}
        style={{ maxWidth: 160, minWidth: 0, flexShrink: 1 }}
      >
        <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{shown}</span>
      </Button>
    </Popover>
  )
}

function SignOutButton() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const signOut = useSignOut()
  const [isBusy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    try {
      await signOut()
    } catch (error) {
      setBusy(false)
      void message.error(describeError(t, error))
    }
  }
  return (
    <Button block loading={isBusy} onClick={leave}>
      {t('shell.sign_out')}
    </Button>
  )
}
