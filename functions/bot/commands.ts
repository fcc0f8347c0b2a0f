/** What the menu of the chat offers, in its order. */
export const commands = ['foryou', 'popular', 'history', 'profile', 'link', 'unlink', 'language', 'help'] as const
