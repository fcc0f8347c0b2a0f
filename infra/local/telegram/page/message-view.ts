import type { Button, Entity, Message } from './types.ts'

export interface Actions {
  say(text: string): void
  press(messageId: number, data: string): void
  /** Something has become higher after it was shown. */
  grown(): void
}

/** A message as it stands in the list; what is pressed in it is told to the page. */
export function render(message: Message, actions: Actions): HTMLLIElement {
  const item = document.createElement('li')
  item.id = `message-${message.message_id}`
  item.className = message.from.is_bot ? 'message' : 'message ours'
  const bubble = make('div', 'bubble')
  bubble.append(make('span', 'unseen', message.from.is_bot ? 'Bot: ' : 'You: '))
  if (message.via_bot) bubble.append(make('span', 'via', `via @${message.via_bot.username}`))
  const photo = message.photo?.at(-1)
  if (photo) bubble.append(picture(photo.file_id, message.caption ?? 'Picture', actions))
  const written = message.text ?? message.caption ?? ''
  bubble.append(...formatted(written, message.entities ?? message.caption_entities ?? [], actions))
  const time = new Date(message.date * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  bubble.append(make('span', 'meta', message.edit_date ? `edited ${time}` : time))
  item.append(bubble)
  if (message.reply_markup) item.append(keyboard(message, actions))
  return item
}

function picture(fileId: string, description: string, { grown }: Actions): HTMLImageElement {
  const image = new Image()
  image.src = `pictures/${fileId}`
  image.alt = description
  image.addEventListener('load', grown)
  return image
}

/** Text from one place to another with what is marked in it; marks may lie in marks. */
function formatted(
  written: string,
  entities: readonly Entity[],
  actions: Actions,
  from = 0,
  to = written.length,
): Node[] {
  const nodes: Node[] = []
  let at = from
  for (const [i, entity] of entities.entries()) {
    const end = entity.offset + entity.length
    if (entity.offset < at || end > to) continue
    nodes.push(document.createTextNode(written.slice(at, entity.offset)))
    const mark = marked(entity, written.slice(entity.offset, end), actions)
    mark.append(...formatted(written, entities.slice(i + 1), actions, entity.offset, end))
    nodes.push(mark)
    at = end
  }
  return [...nodes, document.createTextNode(written.slice(at, to))]
}

const tags: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
}

function marked(entity: Entity, shown: string, { say }: Actions): HTMLElement {
  if (entity.type === 'bot_command') {
    const command = make('button', 'command')
    command.setAttribute('type', 'button')
    command.addEventListener('click', () => say(shown))
    return command
  }
  if (entity.type === 'url' || entity.type === 'text_link') return link(entity.url ?? shown)
  return make(tags[entity.type] ?? 'span', '')
}

function link(address: string): HTMLElement {
  const url = URL.parse(address)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return make('span', '')
  const anchor = document.createElement('a')
  anchor.href = url.href
  anchor.target = '_blank'
  anchor.rel = 'noreferrer'
  return anchor
}

function keyboard({ message_id, reply_markup }: Message, actions: Actions): HTMLElement {
  const box = make('div', 'keyboard')
  for (const row of reply_markup?.inline_keyboard ?? []) {
    const line = make('div', 'row')
    line.append(...row.map((button) => inlineButton(message_id, button, actions)))
    box.append(line)
  }
  return box
}

function inlineButton(messageId: number, { text: label, callback_data, url }: Button, { press }: Actions): HTMLElement {
  if (url !== undefined) {
    const anchor = link(url)
    anchor.textContent = label
    return anchor
  }
  const button = make('button', '', label)
  button.setAttribute('type', 'button')
  button.addEventListener('click', () => {
    button.setAttribute('aria-busy', 'true')
    press(messageId, callback_data ?? '')
  })
  return button
}

export function make(tag: string, className: string, content?: string): HTMLElement {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  if (content !== undefined) made.textContent = content
  return made
}

/** A line of a list to choose from. */
export function choice(title: string, description: string | undefined, choose: () => void): HTMLLIElement {
  const item = document.createElement('li')
  const button = make('button', '')
  button.setAttribute('type', 'button')
  button.append(make('span', '', title), make('small', '', description ?? ''))
  button.addEventListener('click', choose)
  item.append(button)
  return item
}
