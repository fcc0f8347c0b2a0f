import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { describeError } from './describe-error.ts'

interface Question {
  title: string
  text: string
  /** What the button says that does it. */
  action: string
  isDangerous?: boolean
  act(): Promise<unknown>
  /** Said when it is done. */
  done: string
}

/** Asks before something is done that cannot be undone, then tells how it went. */
export function useConfirm() {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  return ({ title, text, action, isDangerous = false, act, done }: Question) =>
    modal.confirm({
      title,
      content: text,
      okText: action,
      cancelText: t('parts.cancel'),
      okButtonProps: { danger: isDangerous },
      focusable: { autoFocusButton: isDangerous ? 'cancel' : 'ok' },
      onOk: () =>
        act().then(
          () => void message.success(done),
          (error: unknown) => void message.error(describeError(t, error)),
        ),
    })
}
