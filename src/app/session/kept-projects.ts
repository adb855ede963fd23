/** The projects that this browser keeps, and which of them was open last. */

import { useEffect, useState } from 'react'
import type { StoredProject } from '../../core/project/format/store.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { browserStore } from './browser-store.ts'
import { setWorkspace, useWorkspace } from './state.ts'

/** Setting that names the project a reloaded page opens again. */
const lastOpen = 'open'

/** The project that was open when the page was left; null where none was. */
export async function lastOpened(): Promise<string | null> {
  const id = await (await browserStore()).setting(lastOpen)
  return id === '' ? null : id
}

export async function rememberOpen(id: string): Promise<void> {
  await (await browserStore()).keepSetting(lastOpen, id)
}

/** Projects this browser keeps; empty while it is asked. */
export function useKeptProjects(): readonly StoredProject[] {
  const [list, setList] = useState<readonly StoredProject[]>([])
  const open = useWorkspace((w) => w.project?.manifest.id)
  const done = useWorkspace((w) => w.done)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is asked again when a project was opened or erased
  useEffect(() => {
    let shown = true
    browserStore()
      .then((store) => store.list())
      .then((kept) => shown && setList(kept))
      .catch((error: unknown) => setWorkspace({ problem: errorWords(error) }))
    return () => {
      shown = false
    }
  }, [open, done])
  return list
}
