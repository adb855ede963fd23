/** A process that a server started ends with it, however that ended: the next server goes on with its run, and two would write one folder. */
import { exitCode } from './exit-codes.ts'

/** Set by a parent that wants this; any other one may let go of its channel. */
export const endVariable = 'CARRYOVER_END_WITH_PARENT'

export function endWithParent(): void {
  if (process.send === undefined || process.env[endVariable] === undefined) return
  if (!process.connected) process.exit(exitCode.interrupted)
  process.once('disconnect', () => process.exit(exitCode.interrupted))
  // Who listens to a channel is kept alive by it.
  process.channel?.unref()
}
