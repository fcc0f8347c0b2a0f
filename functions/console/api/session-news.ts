/** What happened to the session that all tabs of a browser share. */
export type SessionNews = { kind: 'signed_in'; email: string } | { kind: 'signed_out' }

const channel = new BroadcastChannel('auspex.session')

export function tellOtherTabs(news: SessionNews) {
  channel.postMessage(news)
}

export function onSessionNews(listener: (news: SessionNews) => void): () => void {
  const hear = ({ data }: MessageEvent<SessionNews>) => listener(data)
  channel.addEventListener('message', hear)
  return () => channel.removeEventListener('message', hear)
}
