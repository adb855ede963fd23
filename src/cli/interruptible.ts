/** Runs an operation to its end with progress on standard error; Ctrl-C stops it between batches. */
import { Cancelled, type Update } from '../core/operation.ts'
import { progressLine } from './progress-line.ts'

/** Null when it was interrupted. */
export async function resultOf<P, R>(
  begin: (signal: AbortSignal) => AsyncIterable<Update<P, R>>,
  quiet: boolean,
): Promise<{ readonly value: R } | null> {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  process.once('SIGINT', interrupt)
  const progress = progressLine(quiet)
  let result: { readonly value: R } | null = null
  try {
    for await (const update of begin(controller.signal)) {
      progress.show(update)
      if (update.kind === 'result') result = { value: update.value }
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
  } finally {
    progress.end()
    process.removeListener('SIGINT', interrupt)
  }
  return result
}
