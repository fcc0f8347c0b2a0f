import { App, Button, Flex, Typography, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { usePredictors } from '../../api/hooks.ts'
import type { Predictor } from '../../api/types.ts'
import { writeSnippet } from '../../forms/snippets.ts'
import { copyText } from '../../parts/copy-text.ts'
import { Panel } from '../../shell/panel.tsx'
import { cheapest } from './next-step.ts'

/** How a program asks for what this page offers. */
export function CallByProgram() {
  const { t } = useTranslation()
  const [first] = cheapest(usePredictors().data ?? [])
  return (
    <section aria-labelledby="by-program">
      <Typography.Title level={2} id="by-program" style={{ fontSize: 18 }}>
        {t('start.api.title')}
      </Typography.Title>
      <Typography.Paragraph>{t('start.api.text')}</Typography.Paragraph>
      {first !== undefined && <Snippet text={writeSnippet('curl', window.location.origin, exampleOf(first))} />}
      <Flex gap="4px 24px" wrap style={{ marginTop: 8 }}>
        <Link to="/console/access">{t('start.api.key')}</Link>
        <a href="/docs">{t('start.api.docs')}</a>
      </Flex>
    </section>
  )
}

function Snippet({ text }: { text: string }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const { message } = App.useApp()
  const copy = async () => {
    if (await copyText(text)) void message.success(t('start.api.copied'))
    else void message.info(t('start.api.copy_by_hand'))
  }
  return (
    <Panel padding={0} style={{ position: 'relative' }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section aria-label={t('start.api.snippet')} tabIndex={0} style={{ overflow: 'auto', maxHeight: 340 }}>
        <pre style={{ margin: 0, padding: '44px 12px 12px', fontFamily: token.fontFamilyCode, fontSize: 13 }}>
          {text}
        </pre>
      </section>
      <Button size="small" onClick={copy} style={{ position: 'absolute', top: 10, insetInlineEnd: 10 }}>
        {t('start.api.copy')}
      </Button>
    </Panel>
  )
}

function exampleOf({ model_name, features }: Predictor) {
  return { model_name, data: Object.fromEntries(features.map(({ name, default: value }) => [name, [value]])) }
}
