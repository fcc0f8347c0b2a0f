/** What the menu of the chat offers, in its order. */
export const commands = ['start', 'language'] as const
