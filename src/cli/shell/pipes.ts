/** Standard output and error that somebody closes early, as `| head` does: the run goes on to its end, so that files it writes are whole. */
import { exitCode } from './exit-codes.ts'

/** From now on nobody hears that a stream was closed; its own exit code says what the run found. */
export function outliveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: Error) => {
      if (isClosedPipe(error)) return
      // Nothing can be said on a stream that fails otherwise, such as on a full disk; the other one is left.
      const other = stream === process.stdout ? process.stderr : null
      other?.write(`The result could not be written to standard output: ${error.message}.\n`)
      process.exitCode = exitCode.unreadable
      process.once('exit', () => {
        process.exitCode = exitCode.unreadable
      })
    })
}

export function isClosedPipe(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_WRITE_AFTER_END'].includes(String(error.code))
  )
}
