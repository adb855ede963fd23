/** A process that a server started ends with it, however that ended: the next server goes on with its run, and two would write one folder. */
import { exitCode } from './exit-codes.ts'

/** Does nothing where the parent gave no channel. */
export function endWithParent(): void {
  if (process.send === undefined) return
  if (!process.connected) process.exit(exitCode.interrupted)
  process.once('disconnect', () => process.exit(exitCode.interrupted))
  // Who listens to a channel is kept alive by it.
  process.channel?.unref()
}
