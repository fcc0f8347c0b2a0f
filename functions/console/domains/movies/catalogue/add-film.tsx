import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { filmYears } from '#models/movies/manifest.ts'
import { call } from '../../../api/call.ts'
import { faultsByField } from '../../../parts/describe-error.ts'
import { FormFailure } from '../../../parts/failure.tsx'
import { FormDialog } from '../../../parts/form-dialog.tsx'
import { useOneTimeKey } from '../../../parts/one-time-key.ts'
import { useOneAtATime } from '../../../parts/use-one-at-a-time.ts'
import { type Film, movieKeys } from '../movies-api.ts'
import { filmPath } from '../parts/film-card.tsx'
import { useGenreOptions } from '../parts/filter-fields.tsx'

type Fields = Pick<Film, 'title' | 'title_ru' | 'description' | 'description_ru' | 'year' | 'genres'>

/** Adds a film to the catalogue, and goes to its page, where it is seen to become searchable. */
export function AddFilm({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [form] = Form.useForm<Fields>()
  const { key, renew } = useOneTimeKey()
  const { mutateAsync, isPending, error, reset } = useMutation({
    mutationFn: (film: Fields) => call<Film>('/movies', { method: 'POST', body: film, idempotencyKey: key }),
    onSuccess: ({ id }) => {
      for (const queryKey of [movieKeys.catalogue, movieKeys.genres]) void queries.invalidateQueries({ queryKey })
      onClose()
      void navigate(filmPath(id))
    },
    onError: (refusal) =>
      form.setFields(faultsByField(t, refusal).map((fault) => ({ ...fault, name: fault.name as keyof Fields }))),
  })
  const send = useOneAtATime(mutateAsync)
  const forget = () => {
    form.resetFields()
    reset()
    renew()
  }
  return (
    <FormDialog
      isOpen={isOpen}
      title={t('movies.add.title')}
      action={t('movies.add.do')}
      form={form}
      initialValues={{ genres: [] }}
      isPending={isPending}
      failure={<FormFailure error={error} />}
      onSend={send}
      onClose={onClose}
      afterClose={forget}
    >
      <FilmFields />
    </FormDialog>
  )
}

function FilmFields() {
  const { t } = useTranslation()
  const genres = useGenreOptions()
  const required = { required: true, whitespace: true, message: t('parts.required') }
  return (
    <>
      <Form.Item name="title" label={t('movies.add.title_en')} rules={[required, { max: 300 }]}>
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="title_ru" label={t('movies.add.title_ru')} rules={[{ max: 300 }]}>
        <Input lang="ru" />
      </Form.Item>
      <Form.Item
        name="year"
        label={t('movies.add.year')}
        rules={[
          {
            required: true,
            type: 'integer',
            min: filmYears.first,
            max: filmYears.last,
            message: t('movies.add.year_rule'),
          },
        ]}
      >
        <InputNumber<number> inputMode="numeric" style={{ width: 140 }} />
      </Form.Item>
      <Form.Item name="genres" label={t('movies.add.genres')}>
        <Select mode="tags" options={genres} optionFilterProp="label" />
      </Form.Item>
      <Form.Item name="description" label={t('movies.add.description')} rules={[required, { max: 5_000 }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} />
      </Form.Item>
      <Form.Item name="description_ru" label={t('movies.add.description_ru')} rules={[{ max: 5_000 }]}>
        <Input.TextArea lang="ru" autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
    </>
  )
}
