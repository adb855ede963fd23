/** Long work on the open project: whoever closes the project stops all of it first, so that nothing is written into the next one. */
import { workspace } from './state.ts'

/** One piece of long work, from `begin` to `end`. */
export interface Job {
  readonly label: string
  /** Aborted by Cancel and by closing the project. */
  readonly signal: AbortSignal
  /** Project that was open when the work began; null where none was. */
  readonly projectId: string | null
  readonly cancel: () => void
  /** False once that project is closed or being closed: results are dropped then, even where the same project is opened again. */
  readonly stillHere: () => boolean
  /** Says that nothing more will be written; belongs into `finally`. */
  readonly end: () => void
}

interface Entry {
  readonly controller: AbortController
  readonly ended: Promise<void>
  closing: boolean
}

const underWay = new Set<Entry>()

/** Work that opens a project itself (the sample) calls `end` before it does: closing waits for everything that has begun. */
export function begin(label: string): Job {
  const controller = new AbortController()
  const projectId = workspace().project?.manifest.id ?? null
  let settle = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    settle = resolve
  })
  const entry: Entry = { controller, ended, closing: false }
  underWay.add(entry)
  return {
    label,
    signal: controller.signal,
    projectId,
    cancel: () => controller.abort(),
    stillHere: () => !entry.closing && (workspace().project?.manifest.id ?? null) === projectId,
    end: () => {
      underWay.delete(entry)
      settle()
    },
  }
}

/** Stops all long work and waits until it has let go; called before the open project is replaced. */
export async function endAll(): Promise<void> {
  while (underWay.size > 0) {
    const entries = [...underWay]
    for (const entry of entries) {
      entry.closing = true
      entry.controller.abort()
    }
    await Promise.all(entries.map((entry) => entry.ended))
  }
}
