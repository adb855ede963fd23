/** Runs operations to their end with progress on standard error; Ctrl-C stops them between batches. */

import { Cancelled, type Update } from '../../core/operation.ts'
import { exitCode } from './exit-codes.ts'
import { printAside } from './print.ts'
import { progressLine } from './progress-line.ts'

/** Ctrl-C as a signal that several operations of one run can share, so that none of them goes on after it. */
export interface Interrupt {
  readonly signal: AbortSignal
  /** From then on Ctrl-C ends the process again. */
  done(): void
}

/** The first Ctrl-C stops the work; a second one ends the process. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  process.once('SIGINT', interrupt)
  return {
    signal: controller.signal,
    done: () => {
      process.removeListener('SIGINT', interrupt)
    },
  }
}

/** Says that there is no result, and gives the exit code of an interrupted run. */
export function interrupted(what = 'There is no result.'): number {
  printAside(`Interrupted. ${what}\n`)
  return exitCode.interrupted
}

export interface Followed<P, R> {
  /** That of a run with several operations; Ctrl-C during this one alone when left out. */
  readonly signal?: AbortSignal
  readonly hear?: (update: Update<P, R>) => Promise<void>
}

/** Null when it was interrupted. */
export async function resultOf<P, R>(
  begin: (signal: AbortSignal) => AsyncIterable<Update<P, R>>,
  quiet: boolean,
  { signal, hear }: Followed<P, R> = {},
): Promise<{ readonly value: R } | null> {
  const own = signal === undefined ? onInterrupt() : { signal, done() {} }
  const progress = progressLine(quiet)
  let result: { readonly value: R } | null = null
  try {
    for await (const update of begin(own.signal)) {
      progress.show(update)
      await hear?.(update)
      if (update.kind === 'result') result = { value: update.value }
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
  } finally {
    progress.end()
    own.done()
  }
  return result
}
