/** Who writes a project: Web Locks; the holder writes, everybody else reads. */

export interface Claimed {
  release(): void
  /** Resolves when another tab took the project over; from then on this one is a reader. */
  readonly lost: Promise<void>
}

const lockOf = (project: string): string => `carryover:${project}`

/** Becomes the one writer until `release`; null when another tab is. */
export function claimProject(project: string): Promise<Claimed | null> {
  return new Promise((resolve) => {
    let release = (): void => {}
    let lose = (): void => {}
    const released = new Promise<void>((done) => {
      release = done
    })
    const lost = new Promise<void>((done) => {
      lose = done
    })
    navigator.locks
      .request(lockOf(project), { ifAvailable: true }, async (lock) => {
        resolve(lock ? { release, lost } : null)
        if (lock) await released
      })
      // A stolen lock rejects the request of its former holder.
      .catch(lose)
  })
}

/** True while some tab, this one included, writes the project. */
export async function isClaimed(project: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === lockOf(project))
}

/** How long a tab that brings a project up to date is waited for. */
const patience = 5000

/** Does something that only its writer may do, once nobody else writes the project; null where somebody goes on writing it. */
export async function asWriter<T>(project: string, act: () => Promise<T>): Promise<T | null> {
  const signal = AbortSignal.timeout(patience)
  try {
    return await navigator.locks.request(lockOf(project), { signal }, act)
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null
    throw error
  }
}
