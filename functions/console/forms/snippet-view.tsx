import { Button, Flex, Segmented, Typography, theme } from 'antd'
import { useEffect, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { copyText } from '../parts/copy-text.ts'
import { ScrollBox } from './scroll-box.tsx'
import { type Ask, type SnippetLanguage, snippetLanguages, writeSnippet } from './snippets.ts'

const names: Record<SnippetLanguage, string> = { curl: 'curl', typescript: 'TypeScript', python: 'Python' }
const SHOWN_ROWS = 5

/** The call that the form makes, as a program makes it. */
export function SnippetView({ ask, rows }: { ask: Ask; rows: number }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const [language, setLanguage] = useState<SnippetLanguage>('curl')
  const shown = writeSnippet(language, window.location.origin, abridge(ask))
  return (
    <section aria-labelledby="snippet-title" style={{ marginTop: 32 }}>
      <Typography.Title id="snippet-title" level={2} style={{ fontSize: 20 }}>
        {t('form.snippet.title')}
      </Typography.Title>
      <Typography.Paragraph type="secondary">
        <Trans
          i18nKey="form.snippet.key"
          components={{ keys: <Link to="/console/access" style={{ textDecoration: 'underline' }} />, code: <code /> }}
        />
      </Typography.Paragraph>
      <Flex justify="space-between" wrap gap="small" style={{ marginBottom: 8 }}>
        <Segmented<SnippetLanguage>
          aria-label={t('form.snippet.language')}
          value={language}
          options={snippetLanguages.map((value) => ({ value, label: names[value] }))}
          onChange={setLanguage}
        />
        <CopyButton write={() => writeSnippet(language, window.location.origin, ask)} />
      </Flex>
      {rows > SHOWN_ROWS && (
        <Typography.Text type="secondary">
          {t('form.snippet.abridged', { shown: SHOWN_ROWS, count: rows })}
        </Typography.Text>
      )}
      <ScrollBox label={t('form.snippet.code', { language: names[language] })}>
        <pre
          style={{
            margin: 0,
            padding: 12,
            width: 'max-content',
            minWidth: '100%',
            boxSizing: 'border-box',
            fontSize: token.fontSizeSM,
            background: token.colorFillQuaternary,
          }}
        >
          {shown}
        </pre>
      </ScrollBox>
    </section>
  )
}

function CopyButton({ write }: { write(): string }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<'copied' | 'failed'>()
  useEffect(() => {
    if (outcome === undefined) return
    const timer = window.setTimeout(() => setOutcome(undefined), 3_000)
    return () => window.clearTimeout(timer)
  }, [outcome])
  const copy = async () => setOutcome((await copyText(write())) ? 'copied' : 'failed')
  return (
    <Button onClick={copy}>
      <span aria-live="polite">{t(`form.snippet.${outcome ?? 'copy'}`)}</span>
    </Button>
  )
}

function abridge({ model_name, data }: Ask): Ask {
  const some = Object.entries(data).map(([name, values]) => [name, values.slice(0, SHOWN_ROWS)])
  return { model_name, data: Object.fromEntries(some) }
}
