/** Whether values are shown in clear: for this visit and this project only, never kept. */
import { create } from 'zustand'
import { useWorkspace, workspace } from './state.ts'

const useRevealed = create<{ readonly project: string | null }>()(() => ({ project: null }))

/** True after somebody asked to see the values of the open project. */
export function useReveal(): boolean {
  const open = useWorkspace((w) => w.project?.manifest.id ?? null)
  return useRevealed(({ project }) => project !== null && project === open)
}

export function reveal(shown: boolean): void {
  useRevealed.setState({ project: shown ? (workspace().project?.manifest.id ?? null) : null })
}
