/**
 * The one door to a service worker. It is evaluated before `hold-back.ts` takes service workers away from every other script: whoever comes
 * later can register this worker of this build, and no other.
 */

/** Held here alone; a worker of the app has no use for it. */
const container = 'document' in globalThis && 'serviceWorker' in navigator ? navigator.serviceWorker : null

export const ownWorkerPath = '/service-worker.js'
/** What the page says to a version that lies ready. */
export const useNow = 'use-now'

export interface OwnWorkerState {
  /** This browser holds every file of the app: it opens without the server. */
  readonly whole: boolean
  /** Another version lies ready, or another window has taken it. */
  readonly newer: 'ready' | 'taken' | null
  /** Why the files could not be kept, in a sentence. */
  readonly problem: string | null
}

/** Whether this page was answered by it. */
export const isOwnWorkerHere = (): boolean => container?.controller != null

/** A window that stays open for days asks for a new version when somebody comes back to it. */
const askAgainMilliseconds = 3_600_000

let registration: ServiceWorkerRegistration | undefined
let isAsked = false

/**
 * @param addressOf gives the address in the form that the page's policy asks for
 * @param told hears how it stands, each time that changes
 */
export async function startOwnWorker(addressOf: (path: string) => string, told: (state: OwnWorkerState) => void): Promise<void> {
  if (container === null) return
  let state: OwnWorkerState = { whole: false, newer: null, problem: null }
  const say = (more: Partial<OwnWorkerState>): void => {
    state = { ...state, ...more }
    told(state)
  }
  let controller = container.controller
  container.addEventListener('controllerchange', () => {
    if (isAsked) location.reload()
    // The first one takes its place beside the page that it was made of.
    else if (controller !== null) say({ newer: 'taken' })
    controller = container.controller
  })
  container.addEventListener('message', ({ data }: MessageEvent<{ readonly problem?: unknown }>) => {
    if (typeof data.problem === 'string') say({ problem: data.problem })
  })
  const found = await container.register(addressOf(ownWorkerPath), { scope: '/', updateViaCache: 'none' })
  // A browser that is told to hold service workers back gives nothing.
  if (found === undefined) return
  registration = found
  const look = (): void => {
    if (found.active === null) return
    say({ whole: true, ...(found.waiting === null ? {} : { newer: 'ready' }) })
  }
  const follow = (): void => found.installing?.addEventListener('statechange', look)
  found.addEventListener('updatefound', follow)
  follow()
  look()
  let asked = Date.now()
  addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < askAgainMilliseconds) return
    asked = Date.now()
    // Without a network there is nothing new to learn.
    void found.update().catch(() => undefined)
  })
}

/** Opens this window again with the newer version; other windows stay as they are until somebody does the same there. */
export function useNewer(): void {
  const ready = registration?.waiting
  isAsked = ready != null
  if (ready) ready.postMessage(useNow)
  else location.reload()
}
