/** Keeps the app in this browser, so that it opens without its server. What a person came for goes first. */
import { trustedWorkerUrl } from '../../../workers/bridge.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { isOwnWorkerHere, startOwnWorker } from '../../io/server/own-worker.ts'
import { setWorkspace } from './state.ts'

/** After a first visit began; later visits have the files already. */
const firstMilliseconds = 8000

export function keepForOffline(): void {
  const begin = (): void => {
    startOwnWorker(trustedWorkerUrl, (offline) => setWorkspace({ offline })).catch((error: unknown) =>
      setWorkspace({
        offline: { whole: false, newer: null, problem: `This browser keeps no app for later: ${errorWords(error)}` },
      }),
    )
  }
  setTimeout(begin, isOwnWorkerHere() ? 0 : firstMilliseconds)
}
