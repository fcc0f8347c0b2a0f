import { Api, Bot, GrammyError, InlineKeyboard, InputFile } from 'grammy'
import { describe, expect, test } from 'vitest'
import { askInline, press, say, sendPicture, setBlocked } from './people.ts'
import { givenTelegram, givenWebhook, testToken } from './testing/given-telegram.ts'

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(GrammyError)
  return error instanceof GrammyError ? `${error.error_code} ${error.description}` : ''
}

describe('the Bot API, driven by grammY', () => {
  test('a token that no bot has is refused, as is one that is none', async () => {
    const { url } = await givenTelegram()
    const getMe = (token: string) => refusal(new Api(token, { apiRoot: url }).getMe())
    expect(await getMe('1000000001:another-token')).toBe('401 Unauthorized')
    expect(await getMe('nonsense')).toBe('404 Not Found')
  })

  test('says who the bot is, and keeps its commands by language', async () => {
    const { api } = await givenTelegram()
    expect(await api.getMe()).toMatchObject({ id: 1000000001, is_bot: true, username: 'auspex_local_bot' })
    await api.setMyCommands([{ command: 'help', description: 'Help' }])
    await api.setMyCommands([{ command: 'help', description: 'Помощь' }], { language_code: 'ru' })
    expect(await api.getMyCommands({ language_code: 'ru' })).toEqual([{ command: 'help', description: 'Помощь' }])
    expect(await api.getMyCommands()).toEqual([{ command: 'help', description: 'Help' }])
    expect(await refusal(api.setMyCommands([{ command: 'No!', description: 'x' }]))).toMatch(/^400 /)
  })

  test('messages are written, edited and deleted; HTML becomes text with marks', async () => {
    const { api, person, chat } = await givenTelegram()
    const sent = await api.sendMessage(person.id, ' <b>1 &lt; 2 &amp; <i>so</i></b> &#9731; /help ', {
      parse_mode: 'HTML',
    })
    expect(sent.text).toBe('1 < 2 & so ☃ /help')
    expect(sent.entities).toEqual([
      { type: 'bold', offset: 0, length: 10 },
      { type: 'italic', offset: 8, length: 2 },
      { type: 'bot_command', offset: 13, length: 5 },
    ])
    const buttons = new InlineKeyboard().text('Yes', 'yes')
    expect(await api.editMessageText(person.id, sent.message_id, 'new', { reply_markup: buttons })).toMatchObject({
      text: 'new',
      edit_date: expect.any(Number),
      reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] },
    })
    await api.editMessageReplyMarkup(person.id, sent.message_id)
    expect(chat.messages[0]?.reply_markup).toBeUndefined()
    await api.sendChatAction(person.id, 'typing')
    await api.deleteMessage(person.id, sent.message_id)
    expect(chat.messages).toEqual([])
  })

  test('what Telegram refuses is refused in its words', async () => {
    const { api, person, chat, double } = await givenTelegram()
    const { message_id } = await api.sendMessage(person.id, 'text')
    const html = (text: string) => refusal(api.sendMessage(person.id, text, { parse_mode: 'HTML' }))
    expect(await refusal(api.sendMessage(404, 'x'))).toBe('400 Bad Request: chat not found')
    expect(await refusal(api.sendMessage(person.id, '  '))).toBe('400 Bad Request: message text is empty')
    expect(await refusal(api.sendMessage(person.id, 'x'.repeat(4097)))).toBe('400 Bad Request: message is too long')
    expect(await html('<b>x')).toBe(
      `400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`,
    )
    expect(await html('é<x>')).toBe(`400 Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 2`)
    expect(await html('<b><i>x</b></i>')).toContain('Unmatched end tag at byte offset 7, expected "</i>", found "</b>"')
    expect(await html('a < b')).toContain("can't parse entities")
    expect(await refusal(api.editMessageText(person.id, message_id, 'text'))).toContain('message is not modified')
    expect(await refusal(api.editMessageText(person.id, 999, 'text'))).toBe(
      '400 Bad Request: message to edit not found',
    )
    const long = new InlineKeyboard().text('x', 'é'.repeat(33))
    expect(await refusal(api.sendMessage(person.id, 'x', { reply_markup: long }))).toBe(
      '400 Bad Request: BUTTON_DATA_INVALID',
    )
    expect(await refusal(api.answerCallbackQuery('1'))).toContain('query is too old')
    expect(await refusal(api.raw.getUserProfilePhotos({ user_id: 1 }))).toMatch(/^404 /)
    setBlocked(double, person.id, true)
    expect(await refusal(api.sendMessage(person.id, 'x'))).toBe('403 Forbidden: bot was blocked by the user')
    setBlocked(double, person.id, false)
    chat.isStarted = false
    expect(await refusal(api.sendMessage(person.id, 'x'))).toContain("403 Forbidden: bot can't initiate")
  })

  test('who writes too fast is told how long to wait', async () => {
    const { api, person, advance } = await givenTelegram({ flood: { messages: 2, perMs: 3_000 } })
    await api.sendMessage(person.id, '1')
    advance(1_000)
    await api.sendMessage(person.id, '2')
    const error = await api.sendMessage(person.id, '3').catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      error_code: 429,
      description: 'Too Many Requests: retry after 2',
      parameters: { retry_after: 2 },
    })
    advance(2_000)
    await api.sendMessage(person.id, '3')
  })

  test('pictures go both ways, as uploads, by id, and as files', async () => {
    const { api, person, chat, double, url } = await givenTelegram()
    const sent = await api.sendPhoto(person.id, new InputFile(png, 'a.png'), {
      caption: '<b>A</b>',
      parse_mode: 'HTML',
    })
    expect(sent).toMatchObject({ caption: 'A', photo: [{ file_size: png.length }] })
    const again = await api.sendPhoto(person.id, sent.photo[0]?.file_id ?? '')
    expect(again.photo[0]?.file_id).toBe(sent.photo[0]?.file_id)
    expect(await refusal(api.sendPhoto(person.id, 'nothing'))).toMatch(/^400 Bad Request: wrong file identifier/)
    sendPicture(double, person.id, png, 'image/png')
    const { file_path } = await api.getFile(chat.messages.at(-1)?.photo?.[0]?.file_id ?? '')
    const file = await fetch(`${url}/file/bot${testToken}/${file_path}`)
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(png)
    expect((await fetch(`${url}/file/bot1:wrong-token-here/${file_path}`)).status).toBe(401)
    expect((await fetch(`${url}/file/bot${testToken}/../secrets`)).status).toBe(404)
  })

  test('a bot that asks for updates is given them, once it says so', async () => {
    const { person, double, url } = await givenTelegram()
    const bot = new Bot(testToken, { client: { apiRoot: url } })
    await bot.init()
    const done = Promise.withResolvers<void>()
    bot.command('start', (ctx) => ctx.reply('Hello', { reply_markup: new InlineKeyboard().text('Go', 'go') }))
    bot.callbackQuery('go', async (ctx) => {
      await ctx.answerCallbackQuery('Going')
      await ctx.editMessageText('Gone')
      done.resolve()
    })
    say(double, person.id, '/start')
    const told: unknown[] = []
    double.world.watch(({ kind, text }) => kind === 'toast' && told.push(text))
    for (const update of await bot.api.getUpdates()) await bot.handleUpdate(update)
    const message = double.world.chat(person.id).messages.at(-1)
    press(double, person.id, message?.message_id ?? 0, 'go')
    const updates = await bot.api.getUpdates({ offset: -1 })
    for (const update of updates.filter((one) => one.callback_query)) await bot.handleUpdate(update)
    await done.promise
    expect(told).toEqual(['Going'])
    expect(message).toMatchObject({ text: 'Gone' })
    expect(await bot.api.getUpdates({ offset: (updates.at(-1)?.update_id ?? 0) + 1 })).toEqual([])
    expect(() => press(double, person.id, message?.message_id ?? 0, 'go')).toThrow('no such button')
  })

  test('results of inline queries are shown once, and not to whom they come too late', async () => {
    const { api, person, double, advance } = await givenTelegram()
    const article = {
      type: 'article' as const,
      id: '1',
      title: 'One',
      input_message_content: { message_text: '<b>One</b>', parse_mode: 'HTML' as const },
    }
    const first = askInline(double, person.id, 'o')
    expect(await refusal(api.answerInlineQuery(first, [article, article]))).toContain('RESULT_ID_DUPLICATE')
    await api.answerInlineQuery(first, [article])
    expect(await refusal(api.answerInlineQuery(first, [article]))).toContain('query is too old')
    const second = askInline(double, person.id, 'on')
    advance(31_000)
    expect(await refusal(api.answerInlineQuery(second, [article]))).toContain('query is too old')
  })
})

describe('the webhook', () => {
  test('is called with the secret, in order within a chat, again until it answers 2xx', async () => {
    const { api, person, double, pauses } = await givenTelegram()
    const webhook = await givenWebhook(500, 429)
    await api.setWebhook(webhook.url, { secret_token: 'a-secret', allowed_updates: ['message'] })
    say(double, person.id, 'one')
    say(double, person.id, 'two')
    askInline(double, person.id, 'not asked for')
    await double.updates.idle()
    expect(webhook.received.map(({ update }) => update)).toMatchObject(
      ['one', 'one', 'one', 'two'].map((text) => ({ message: { text } })),
    )
    expect(webhook.received[0]?.headers['x-telegram-bot-api-secret-token']).toBe('a-secret')
    expect(pauses).toEqual([1_000, 2_000])
    expect(await api.getWebhookInfo()).toMatchObject({
      url: webhook.url,
      pending_update_count: 0,
      last_error_message: expect.stringContaining('429'),
    })
    expect(await refusal(api.getUpdates())).toMatch(/^409 Conflict/)
  })

  test('once it is gone, updates wait, and whoever comes next is told of them', async () => {
    const { api, person, double } = await givenTelegram()
    say(double, person.id, 'waiting')
    const webhook = await givenWebhook()
    await api.setWebhook(webhook.url)
    await double.updates.idle()
    expect(webhook.received).toHaveLength(1)
    await api.deleteWebhook()
    say(double, person.id, 'later')
    expect(await api.getUpdates()).toMatchObject([{ message: { text: 'later' } }])
    expect(await refusal(api.setWebhook('http://example.com/hook'))).toContain('HTTPS')
    expect(await refusal(api.setWebhook('nonsense'))).toContain('bad webhook')
    expect(await refusal(api.setWebhook(webhook.url, { secret_token: 'not allowed!' }))).toContain('secret token')
  })
})

describe('the page with the chat', () => {
  test('runs nothing but its own files, and lets no other site speak for a person', async () => {
    const { page, person, url } = await givenTelegram()
    const home = await page('')
    expect(home.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect(await home.text()).not.toMatch(/<script(?![^>]*src=)|style=|\son\w+=/)
    for (const file of ['chat.js', 'message-view.ts']) {
      const script = await page(file)
      expect(script.headers.get('content-type')).toContain('text/javascript')
      expect(await script.text()).not.toMatch(/interface |: string\)/)
    }
    const said = { text: 'hi' }
    expect((await page(`persons/${person.id}/messages`, said, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await page(`persons/${person.id}/messages`, said, { origin: url })).status).toBe(200)
    for (const path of ['../start.ts', 'chat.ts', '%2e%2e/start.ts', 'persons/1', 'persons/x/messages'])
      expect((await page(path)).status).toBeGreaterThanOrEqual(400)
  })

  test.each([null, '', {}, { text: 7 }, { text: '' }, { text: 'x'.repeat(5_000) }])(
    'refuses nonsense: %j',
    async (body) => {
      const { page, person } = await givenTelegram()
      const answer = await page(`persons/${person.id}/messages`, body)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ ok: false, error_code: 400 })
    },
  )
})
