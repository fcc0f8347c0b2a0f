import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiError, type Fault } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { forgetWhatWasSeen, queries } from '../../api/queries.ts'
import { readProfile } from '../../api/session.ts'
import { useLanguage } from '../../locales/locale.ts'
import { describeRefusal } from './describe-refusal.ts'

const none: readonly Fault[] = []

/** Lets somebody in: who they are becomes known, and the entrance leads on. Keeps why it could not be. */
export function useEntry<Values>(enter: (values: Values) => Promise<void>) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (values: Values) => {
      await enter(values)
      return readProfile()
    },
    onSuccess: (profile) => {
      forgetWhatWasSeen()
      queries.setQueryData(keys.profile, profile)
    },
  })
  return {
    enter: mutate,
    isPending,
    refusal: error === null ? undefined : describeRefusal(t, error, language),
    code: error instanceof ApiError ? error.code : undefined,
    faults: error instanceof ApiError ? error.faults : none,
  }
}
