import './console.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startTranslations } from './locales/translations.ts'
import { giveStylesTheNonce } from './shell/style-nonce.ts'

const place = document.getElementById('root')
if (place === null) throw new Error('the page has no place for the console')
giveStylesTheNonce()
await startTranslations()
createRoot(place).render(<App />)
