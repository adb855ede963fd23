/** States of a workflow that somebody named: kept in this browser, beside the project, compared and brought back as one change. */
import { create } from 'zustand'
import type { WorkflowDocuments } from '../../core/project/project.ts'
import { isObject } from '../../core/workflow/fields.ts'
import { readWorkflow } from '../../core/workflow/files.ts'
import { mergeWorkflows } from '../../core/workflow/merge.ts'
import type { Workflow } from '../../core/workflow/workflow.ts'
import { browserStore } from './browser-store.ts'
import { versionSetting } from './draft-setting.ts'
import { setWorkspace, workspace } from './state.ts'
import { documentsOf, editWorkflow } from './workflows.ts'

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
  readonly project: string | null
  readonly versions: readonly MapVersion[]
}

const useKnown = create<Known>()(() => ({ project: null, versions: [] }))

/** The newest first; empty until `bringVersions` has read them. */
export function useVersions(workflow: string): readonly MapVersion[] {
  const { project, versions } = useKnown()
  if (project === null || project !== workspace().project?.manifest.id) return []
  return versions.filter((each) => each.workflow === workflow).toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

/** Reads what this browser keeps for the open project. */
export async function bringVersions(): Promise<void> {
  const project = workspace().project?.manifest.id
  if (project === undefined || useKnown.getState().project === project) return
  const text = await (await browserStore()).setting(versionSetting(project))
  useKnown.setState({ project, versions: text === null ? [] : readVersions(text) })
}

/** The maps as they are now, under a name; `at` is the moment it was given. */
export async function keepVersion(workflow: string, name: string, at: string): Promise<void> {
  const open = workspace().workflows.get(workflow)?.workflow
  if (!open) return
  const { versions } = useKnown.getState()
  const taken = new Set(versions.map(({ key }) => key))
  let key = at
  for (let n = 2; taken.has(key); n++) key = `${at} ${n}`
  await put([...versions, { key, workflow, name, at, documents: documentsOf(open) }])
}

export async function renameVersion(key: string, name: string): Promise<void> {
  await put(useKnown.getState().versions.map((each) => (each.key === key ? { ...each, name } : each)))
}

export async function dropVersion(key: string): Promise<void> {
  await put(useKnown.getState().versions.filter((each) => each.key !== key))
}

export function workflowOf({ workflow, documents }: MapVersion): Workflow {
  return readWorkflow(workflow, documents).value
}

/** One change of the map: undo takes it back. False where nothing differs. */
export function restoreVersion(version: MapVersion): boolean {
  const mine = workspace().workflows.get(version.workflow)?.workflow
  if (!mine) return false
  const patch = mergeWorkflows(mine, workflowOf(version), mine).resolve(new Set())
  return patch.length > 0 && editWorkflow(version.workflow, { kind: 'patch', patch })?.refused === null
}

async function put(versions: readonly MapVersion[]): Promise<void> {
  const { project } = useKnown.getState()
  if (project === null) return
  useKnown.setState({ versions })
  try {
    await (await browserStore()).keepSetting(versionSetting(project), JSON.stringify(versions))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    setWorkspace({ problem: `The version is lost when this page is closed: this browser could not keep it (${why}).` })
  }
}

function readVersions(text: string): readonly MapVersion[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter(isVersion) : []
  } catch {
    return []
  }
}

function isVersion(value: unknown): value is MapVersion {
  return (
    isObject(value) &&
    ['key', 'workflow', 'name', 'at'].every((member) => typeof value[member] === 'string') &&
    isObject(value.documents)
  )
}
