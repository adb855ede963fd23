/** States of maps that came from somebody else and are not joined yet: from a merged project, or from a file chosen for one map. */
import { create } from 'zustand'
import { unpackProject } from '../../../../core/project/format/bundle.ts'
import { openProject as readProject } from '../../../../core/project/format/open.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { isMembers } from '../../../../core/values/json.ts'
import { mergeWorkflows } from '../../../../core/workflow/edit/merge.ts'
import { readGraph } from '../../../../core/workflow/map/read.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { workspace } from '../../../session/state.ts'
import { openWorkflows } from '../../../session/workflow-files.ts'
import { editWorkflow } from './workflows.ts'

export interface OtherState {
  /** Name of the file it came in. */
  readonly from: string
  readonly theirs: Workflow
}

interface Waiting {
  readonly project: string | null
  readonly states: ReadonlyMap<string, OtherState>
}

const useWaiting = create<Waiting>()(() => ({ project: null, states: new Map() }))

/** What waits to be joined into this map of the open project. */
export function useOtherState(id: string): OtherState | null {
  const { project, states } = useWaiting()
  return project === (workspace().project?.manifest.id ?? null) ? (states.get(id) ?? null) : null
}

/** Maps of the other project that differ from those here; gives their names. @param joined maps that hold what both sides drew already */
export function offerMaps(other: Project, from: string, joined: ReadonlySet<string>): readonly string[] {
  const { project, workflows } = workspace()
  const states = new Map<string, OtherState>()
  for (const [id, theirs] of openWorkflows(other).workflows) {
    const mine = workflows.get(id)
    if (!mine || joined.has(id)) continue
    const merge = mergeWorkflows(mine, theirs, null)
    if (merge.joined.length + merge.conflicts.length > 0) states.set(id, { from, theirs })
  }
  useWaiting.setState({ project: project?.manifest.id ?? null, states })
  return [...states.keys()].map((id) => workflows.get(id)?.current.label || id)
}

export function dropOffer(id: string): void {
  const states = new Map(useWaiting.getState().states)
  states.delete(id)
  useWaiting.setState({ states })
}

/** The same map in a project file, or one side of it as `current.json` or `future.json`; a sentence where there is none. */
export async function otherStateIn(file: File, mine: Workflow): Promise<OtherState | string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (/\.(carryover|zip)$/i.test(file.name)) {
    const unpacked = unpackProject(bytes)
    if (!unpacked.ok) return `${file.name}: ${unpacked.problem}`
    const { project } = readProject(unpacked.files)
    const theirs = project ? openWorkflows(project).workflows.get(mine.id) : undefined
    return theirs ? { from: file.name, theirs } : `${file.name} holds no map “${mine.current.label || mine.id}”.`
  }
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const side = isMembers(json) && (json.side === 'current' || json.side === 'future') ? json.side : null
    if (side === null) return `${file.name} says neither that it is a current map nor a future one.`
    const { value } = readGraph(json, side)
    return { from: file.name, theirs: { ...mine, [side]: { ...value, id: mine.id } } }
  } catch {
    return `${file.name} is no project and no map of Carryover.`
  }
}

/** One undoable change of the map. @param base the state that both come from, where it is known */
export function joinOther(id: string, { theirs }: OtherState, taken: ReadonlySet<string>, base: Workflow | null): boolean {
  const mine = workspace().workflows.get(id)
  if (!mine) return false
  const applied = editWorkflow(id, { kind: 'patch', patch: mergeWorkflows(mine, theirs, base).resolve(taken) })
  if (applied?.refused !== null) return false
  dropOffer(id)
  return true
}
