/**
 * Runs a command as long as the pipe on standard input is open. The only other end of that pipe is held by the process
 * that started this: should it die, of whatever, even of kill -9, the system closes the pipe and the command is killed.
 *
 * Plain POSIX shell, so that it works wherever the runtime does.
 */
const script = `
exec 4<&0
"$@" </dev/null 4<&- &
child=$!
( read -r _ <&4; kill -9 "$child" 2>/dev/null ) </dev/null >/dev/null 2>&1 3>&- &
watcher=$!
exec 4<&-
wait "$child"
status=$?
kill -9 "$watcher" 2>/dev/null
exit "$status"
`

/** @returns the command to spawn instead, with a pipe as its standard input */
export function watched(command: string, args: readonly string[]): { command: string; args: string[] } {
  return { command: '/bin/sh', args: ['-c', script, 'watchdog', command, ...args] }
}
