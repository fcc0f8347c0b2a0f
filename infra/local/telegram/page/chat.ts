import { type Actions, choice, make, render } from './message-view.ts'
import type { Bot, Happening, InlineResult, Person, State } from './types.ts'

// The page on which a person chats with the bot: all that happens comes as server-sent events.

const typingMs = 5_000
const toastMs = 3_000
const inlinePauseMs = 300

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`the page has no ${id}`)
  return found
}

const messages = element('messages', HTMLOListElement)
const scroller = element('scroller', HTMLElement)
const picker = element('person', HTMLSelectElement)
const text = element('text', HTMLTextAreaElement)
const menu = element('menu', HTMLUListElement)
const openMenu = element('open-menu', HTMLButtonElement)
const results = element('results', HTMLUListElement)
const startButton = element('start', HTMLButtonElement)
const composer = element('composer', HTMLFormElement)
const statusLine = element('status', HTMLParagraphElement)
const typing = element('typing', HTMLParagraphElement)
const toast = element('toast', HTMLOutputElement)
const newPerson = element('new-person', HTMLDialogElement)
const alertBox = element('alert', HTMLDialogElement)

/** What a link to the bot brings along; it is said once, with /start. */
let startParameter = new URLSearchParams(location.search).get('start') ?? ''
let state: State | undefined
let events: EventSource | undefined
let inlineQueryId = ''
const timers: Partial<Record<'typing' | 'toast' | 'inline', ReturnType<typeof setTimeout>>> = {}

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const isFile = body instanceof Blob
  const init = isFile
    ? { method: 'POST', body, headers: { 'content-type': body.type } }
    : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await fetch(path, body === undefined ? {} : init)
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.description ?? response.statusText)
  return answer
}

/** Does something as the person; what goes wrong is shown. */
function act<T>(action: string, body: unknown): Promise<T | undefined> {
  if (!state) return Promise.resolve(undefined)
  return ask<T>(`persons/${state.person.id}/${action}`, body).catch((error: unknown) => {
    showToast(error instanceof Error ? error.message : String(error))
    return undefined
  })
}

const actions: Actions = {
  say,
  press: (messageId, data) => void act('presses', { message_id: messageId, data }),
  grown: scrollDown,
}

async function listPersons(chosen?: number) {
  const { bot, persons } = await ask<{ bot: Bot; persons: Person[] }>('persons')
  element('bot-name', HTMLHeadingElement).textContent = bot.first_name
  statusLine.textContent = `@${bot.username}`
  picker.replaceChildren(
    ...persons.map(({ id, first_name, language_code }) => new Option(`${first_name} (${language_code})`, String(id))),
  )
  const wanted = String(chosen ?? localStorage.getItem('person'))
  if (persons.some(({ id }) => String(id) === wanted)) picker.value = wanted
  await become(Number(picker.value))
}

async function become(personId: number) {
  localStorage.setItem('person', String(personId))
  events?.close()
  await load(personId)
  events = new EventSource(`persons/${personId}/events`)
  events.addEventListener('message', ({ data }) => happen(JSON.parse(data)))
  // What happened while there was no connection is read anew.
  events.addEventListener('error', () => {
    statusLine.textContent = 'waiting for the network…'
    events?.addEventListener('open', () => load(personId), { once: true })
  })
}

async function load(personId: number) {
  state = await ask<State>(`persons/${personId}`)
  messages.replaceChildren(...state.messages.map((message) => render(message, actions)))
  showTyping(false)
  showStart()
  const items = state.commands.map(({ command, description }) =>
    choice(`/${command}`, description, () => {
      toggleMenu(false)
      say(`/${command}`)
    }),
  )
  menu.replaceChildren(...items)
  scrollDown()
}

function happen(happening: Happening) {
  switch (happening.kind) {
    case 'message':
      if (happening.message.from.is_bot) showTyping(false)
      messages.append(render(happening.message, actions))
      if (state) state.isStarted = true
      showStart()
      return scrollDown()
    case 'edited':
      return replace(happening.message)
    case 'deleted':
      return document.getElementById(`message-${happening.messageId}`)?.remove()
    case 'typing':
      return showTyping(true)
    case 'toast':
      return showAnswer(happening.text, happening.isAlert)
    case 'inline':
      return showResults(happening.queryId, happening.results)
    case 'chat':
      return void (state && load(state.person.id))
  }
}

/** Whoever is on a button of a message stays there when it changes. */
function replace(message: State['messages'][number]) {
  const old = document.getElementById(`message-${message.message_id}`)
  const buttons = [...(old?.querySelectorAll('button') ?? [])]
  const focused = buttons.findIndex((button) => button.matches(':focus'))
  const changed = render(message, actions)
  old?.replaceWith(changed)
  if (focused >= 0) changed.querySelectorAll('button')[focused]?.focus()
}

function say(what: string) {
  void act('messages', { text: what })
}

function scrollDown() {
  scroller.scrollTop = scroller.scrollHeight
}

function showStart() {
  const isNew = startParameter !== '' || state?.isStarted === false
  startButton.hidden = !isNew
  composer.hidden = isNew
}

function showTyping(isTyping: boolean) {
  clearTimeout(timers.typing)
  typing.hidden = !isTyping
  statusLine.textContent = isTyping ? 'typing…' : `@${state?.bot.username ?? ''}`
  statusLine.className = isTyping ? 'busy' : ''
  if (!isTyping) return
  scrollDown()
  timers.typing = setTimeout(() => showTyping(false), typingMs)
}

/** What the bot says to a pressed button: over the chat, or in the way. */
function showAnswer(said: string, isAlert: boolean) {
  for (const button of messages.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy')
  if (said === '') return
  if (!isAlert) return showToast(said)
  element('alert-text', HTMLParagraphElement).textContent = said
  alertBox.showModal()
}

function showToast(said: string) {
  clearTimeout(timers.toast)
  toast.textContent = said
  toast.hidden = false
  timers.toast = setTimeout(() => {
    toast.hidden = true
  }, toastMs)
}

function showResults(queryId: string, found: readonly InlineResult[]) {
  if (queryId !== inlineQueryId) return
  const items = found.map(({ id, title, description }) =>
    choice(title, description, () => {
      results.hidden = true
      text.value = ''
      text.focus()
      void act('choices', { query_id: queryId, result_id: id })
    }),
  )
  results.replaceChildren(...(items.length > 0 ? items : [make('li', 'empty', 'Nothing found')]))
  results.hidden = false
}

/** `@bot` and some words: asked when the person pauses. */
function askInline() {
  clearTimeout(timers.inline)
  const query = inlineQuery()
  if (query === undefined) {
    results.hidden = true
    return
  }
  timers.inline = setTimeout(async () => {
    inlineQueryId = (await act<{ query_id: string }>('inline_queries', { query }))?.query_id ?? ''
  }, inlinePauseMs)
}

function inlineQuery(): string | undefined {
  const name = `@${state?.bot.username ?? ''}`
  return text.value.startsWith(`${name} `) ? text.value.slice(name.length + 1) : undefined
}

function toggleMenu(isOpen: boolean) {
  menu.hidden = !isOpen
  openMenu.setAttribute('aria-expanded', String(isOpen))
  if (isOpen) menu.querySelector('button')?.focus()
}

picker.addEventListener('change', () => void become(Number(picker.value)))

composer.addEventListener('submit', (event) => {
  event.preventDefault()
  const said = text.value.trim()
  if (said === '' || inlineQuery() !== undefined) return
  say(said)
  text.value = ''
})
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  composer.requestSubmit()
})
text.addEventListener('input', askInline)

startButton.addEventListener('click', () => {
  say(`/start ${startParameter}`.trim())
  startParameter = ''
  history.replaceState(null, '', location.pathname)
  showStart()
  text.focus()
})

openMenu.addEventListener('click', () => toggleMenu(menu.hidden !== false))
document.addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  results.hidden = true
  if (menu.hidden) return
  toggleMenu(false)
  openMenu.focus()
})
document.addEventListener('click', ({ target }) => {
  if (target instanceof Node && !menu.contains(target) && !openMenu.contains(target)) toggleMenu(false)
})

element('picture', HTMLInputElement).addEventListener('change', ({ currentTarget }) => {
  const input = currentTarget instanceof HTMLInputElement ? currentTarget : undefined
  const file = input?.files?.[0]
  if (!input || !file) return
  void act('pictures', file)
  input.value = ''
})

element('add-person', HTMLButtonElement).addEventListener('click', () => newPerson.showModal())
newPerson.querySelector('button[value=cancel]')?.addEventListener('click', () => newPerson.close())
newPerson.querySelector('form')?.addEventListener('submit', async ({ currentTarget }) => {
  if (!(currentTarget instanceof HTMLFormElement)) return
  const added = await ask<Person>('persons', Object.fromEntries(new FormData(currentTarget)))
  currentTarget.reset()
  await listPersons(added.id)
})

await listPersons()
