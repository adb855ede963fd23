/** Long work: how it is followed and stopped, and how its last word is waited for. */
import { Cancelled, type Update } from '../core/operation.ts'

/**
 * How far a run has come.
 *
 * @public
 */
export interface Progress {
  /** In `unit`, from 0 to `total`. */
  readonly done: number
  /** In `unit`; it may grow while a run learns that it has to read something again. */
  readonly total: number
  /** What `done` and `total` count. */
  readonly unit: 'bytes' | 'records' | 'replications'
  /** What is being worked on, for a person; never a value of the data. */
  readonly label: string
}

/**
 * How a run is followed and stopped.
 *
 * @public
 */
export interface RunOptions {
  /** Stops the run: the promise is then rejected with the reason of the signal. */
  readonly signal?: AbortSignal
  /** Called between parts of the work, several times a second at most. */
  readonly onProgress?: (progress: Progress) => void
}

/**
 * Something in a map, trace or scenario that could not be used as it stands; the rest was used.
 *
 * @public
 */
export interface ReadingProblem {
  /** Which of the given objects it is in. */
  readonly of: 'current' | 'future' | 'trace' | 'scenario' | 'policy' | 'evidence' | 'map'
  /** JSON path inside that object, such as `$.nodes[3].medium`. */
  readonly place: string
  /** What is wrong, for a person. */
  readonly sentence: string
}

/** Runs an operation to its end. */
export async function lastWord<Partial, Result>(
  begin: (signal: AbortSignal) => AsyncIterable<Update<Partial, Result>>,
  { signal = new AbortController().signal, onProgress }: RunOptions,
): Promise<Result> {
  signal.throwIfAborted()
  try {
    for await (const update of begin(signal)) {
      signal.throwIfAborted()
      if (update.kind === 'result') return update.value
      if (update.kind === 'progress' && onProgress) {
        const { done, total, unit, label } = update
        onProgress({ done, total, unit, label })
      }
    }
  } catch (error) {
    if (error instanceof Cancelled) signal.throwIfAborted()
    throw error
  }
  throw new Error('The run ended without a result')
}
