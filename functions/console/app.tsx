import { Refine } from '@refinedev/core'
import routerProvider from '@refinedev/react-router'
import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider, App as Surface } from 'antd'
import { BrowserRouter } from 'react-router'
import { queries } from './api/queries.ts'
import { sessions } from './api/session.ts'
import { useLocale } from './locales/locale.ts'
import { Pages } from './pages.tsx'
import { useAppearance } from './shell/appearance.ts'
import { styleNonce } from './shell/style-nonce.ts'

export function App() {
  const { theme } = useAppearance()
  const { locale, i18nProvider } = useLocale()
  return (
    <BrowserRouter>
      <ConfigProvider theme={theme} locale={locale} csp={{ nonce: styleNonce }}>
        <Surface>
          <Refine
            authProvider={sessions}
            routerProvider={routerProvider}
            i18nProvider={i18nProvider}
            options={{ disableTelemetry: true, disableRouteChangeHandler: true, reactQuery: { clientConfig: queries } }}
          >
            <QueryClientProvider client={queries}>
              <Pages />
            </QueryClientProvider>
          </Refine>
        </Surface>
      </ConfigProvider>
    </BrowserRouter>
  )
}
