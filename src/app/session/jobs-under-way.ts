/** Long work on the open project: whoever closes the project stops all of it first, so that nothing is written into the next one. */
import { type Running, setWorkspace, workspace } from './state.ts'

/** One piece of long work, from `begin` to `end`. */
export interface Job {
  readonly label: string
  /** Aborted by Cancel and by closing the project. */
  readonly signal: AbortSignal
  /** Project that was open when the work began; null where none was. */
  readonly projectId: string | null
  readonly cancel: () => void
  /** Shows how far it is, with its Cancel. Other work that is shown already stays on screen; work that nobody sees can still be closed. */
  readonly show: (progress: Progress) => void
  /** False once that project is closed or being closed: results are dropped then, even where the same project is opened again. */
  readonly stillHere: () => boolean
  /** Says that nothing more will be written, and takes its progress from the screen; belongs into `finally`. */
  readonly end: () => void
}

type Progress = Pick<Running, 'done' | 'total' | 'unit'> & Partial<Pick<Running, 'label' | 'bytes' | 'parts' | 'secondsLeft'>>

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
  const started = performance.now()
  const cancel = (): void => controller.abort()
  const shown = (): boolean => workspace().running?.cancel === cancel
  return {
    label,
    signal: controller.signal,
    projectId,
    cancel,
    show: (progress) => {
      if (underWay.has(entry) && (workspace().running === null || shown()))
        setWorkspace({ running: { label, bytes: null, ...progress, started, cancel } })
    },
    stillHere: () => !entry.closing && (workspace().project?.manifest.id ?? null) === projectId,
    end: () => {
      underWay.delete(entry)
      if (shown()) setWorkspace({ running: null })
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
