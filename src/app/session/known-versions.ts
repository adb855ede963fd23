/** What was read of the named versions of one project, apart from how they are made, so that erasing a project can clear it. */
import { create } from 'zustand'
import type { WorkflowDocuments } from '../../core/project/format/project.ts'

export interface MapVersion {
  /** Unique in its project. */
  readonly key: string
  readonly workflow: string
  readonly name: string
  /** ISO 8601. */
  readonly at: string
  readonly documents: WorkflowDocuments
}

interface Known {
  /** Whose versions were read; null before. */
  readonly project: string | null
  readonly versions: readonly MapVersion[]
}

const nothing: Known = { project: null, versions: [] }

export const useKnown = create<Known>()(() => nothing)

export function clearKnownVersions(project: string): void {
  if (useKnown.getState().project === project) useKnown.setState(nothing)
}
