import { Button, Flex, Typography } from 'antd'
import { useTranslation } from 'react-i18next'

const EXAMPLES = ['dream', 'robot', 'heist', 'rain', 'island', 'chess'] as const

/** Searches to begin with: a click writes one into the field, and costs nothing. */
export function Examples({ onChoose }: { onChoose(query: string): void }) {
  const { t } = useTranslation()
  return (
    <Flex gap="6px 8px" wrap align="center" style={{ marginTop: 14 }}>
      <Typography.Text type="secondary">{t('movies.find.examples')}</Typography.Text>
      {EXAMPLES.map((example) => {
        const text = t(`movies.example.${example}`)
        return (
          <Button
            key={example}
            shape="round"
            size="small"
            onClick={() => onChoose(text)}
            style={{ height: 'auto', minHeight: 28, whiteSpace: 'normal', textAlign: 'start' }}
          >
            {text}
          </Button>
        )
      })}
    </Flex>
  )
}
