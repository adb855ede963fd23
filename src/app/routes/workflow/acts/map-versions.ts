/** States of a workflow that somebody named: kept in this browser, beside the project, compared and brought back as one change. */
import { errorWords } from '../../../../core/values/error-words.ts'
import { isMembers } from '../../../../core/values/json.ts'
import { mergeWorkflows } from '../../../../core/workflow/edit/merge.ts'
import { documentsOf, readWorkflow } from '../../../../core/workflow/map/files.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { browserStore } from '../../../session/browser-store.ts'
import { versionSetting } from '../../../session/draft-setting.ts'
import { clearKnownVersions, type MapVersion, useKnown } from '../../../session/known-versions.ts'
import { setWorkspace, useWorkspace, workspace } from '../../../session/state.ts'
import { editWorkflow } from './workflows.ts'

/** The newest first; empty until `bringVersions` has read them. */
export function useVersions(workflow: string): readonly MapVersion[] {
  const { versions } = useKnown()
  return useVersionsRead() ? versions.filter((each) => each.workflow === workflow).toSorted((a, b) => (a.at < b.at ? 1 : -1)) : []
}

/** Whether the versions of the open project were read. */
export function useVersionsRead(): boolean {
  const project = useWorkspace((w) => w.project?.manifest.id)
  return useKnown((known) => known.project !== null && known.project === project)
}

/** Reads what this browser keeps for the open project, each time: another tab may have named one since. */
export async function bringVersions(): Promise<void> {
  const project = workspace().project?.manifest.id
  if (project === undefined) return
  await inTurn(async () => {
    try {
      useKnown.setState({ project, versions: await keptVersions(project) })
    } catch (error) {
      clearKnownVersions(project)
      setWorkspace({
        problem: `This browser could not read the versions of this project (${errorWords(error)}). Close the list and open it again.`,
      })
    }
  })
}

/** The maps as they are now, under a name; `at` is the moment it was given. False where it was not kept. */
export async function keepVersion(workflow: string, name: string, at: string): Promise<boolean> {
  const open = workspace().workflows.get(workflow)
  if (!open) return false
  const documents = documentsOf(open)
  return await put((versions) => {
    const taken = new Set(versions.map(({ key }) => key))
    let key = at
    for (let n = 2; taken.has(key); n++) key = `${at} ${n}`
    return [...versions, { key, workflow, name, at, documents }]
  })
}

export async function renameVersion(key: string, name: string): Promise<void> {
  await put((versions) => versions.map((each) => (each.key === key ? { ...each, name } : each)))
}

export async function dropVersion(key: string): Promise<void> {
  await put((versions) => versions.filter((each) => each.key !== key))
}

export function workflowOf({ workflow, documents }: MapVersion): Workflow {
  return readWorkflow(workflow, documents).value
}

/** One change of the map: undo takes it back. False where nothing differs. */
export function restoreVersion(version: MapVersion): boolean {
  const mine = workspace().workflows.get(version.workflow)
  if (!mine) return false
  const patch = mergeWorkflows(mine, workflowOf(version), mine).resolve(new Set())
  return patch.length > 0 && editWorkflow(version.workflow, { kind: 'patch', patch })?.refused === null
}

/** Changes what is kept now, not what was read before: another tab may have written since. False where it could not be kept. */
async function put(change: (versions: readonly MapVersion[]) => readonly MapVersion[]): Promise<boolean> {
  const project = workspace().project?.manifest.id
  if (project === undefined) return false
  return await inTurn(async () => {
    try {
      const versions = change(await keptVersions(project))
      await (await browserStore()).keepSetting(versionSetting(project), JSON.stringify(versions))
      useKnown.setState({ project, versions })
      return true
    } catch (error) {
      setWorkspace({ problem: `The versions stay as they were: this browser could not keep the change (${errorWords(error)}).` })
      return false
    }
  })
}

let last: Promise<unknown> = Promise.resolve()

/** One after the other, so that no change rests on a list from before the last one. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work)
  last = next.catch(() => undefined)
  return next
}

async function keptVersions(project: string): Promise<readonly MapVersion[]> {
  const text = await (await browserStore()).setting(versionSetting(project))
  return text === null ? [] : readVersions(text)
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
    isMembers(value) &&
    ['key', 'workflow', 'name', 'at'].every((member) => typeof value[member] === 'string') &&
    isMembers(value.documents)
  )
}
