/** Real waiting, for page and command line. */
import { Cancelled } from '../../core/operation.ts'

/** Timers of the platform overflow after 24 days and end at once; longer waits are made of shorter ones. */
const longest = 3_600_000

/** Resolves after so many milliseconds; rejects with Cancelled as soon as `signal` says stop. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  for (let left = milliseconds; left > 0; left -= longest) await once(Math.min(left, longest), signal)
}

function once(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(new Cancelled())
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
