/** Workflows as wholes: named anew, copied, taken away and brought back with every file that belongs to them. */
import type { Command } from '../../../../core/workflow/edit/edit.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { bringEditSteps, type EditSteps, editSteps } from '../../../session/edit-line.ts'
import { changeProject, openProject, setWorkspace, workspace } from '../../../session/state.ts'
import { mapLine } from './map-line.ts'
import { addExample, bringWorkflow, editWorkflow } from './workflows.ts'

export function nameOfWorkflow({ id, current, future }: Workflow): string {
  return current.label || future.label || id
}

/** One step of its history: Ctrl+Z on the map takes it back. */
export function renameWorkflow(id: string, label: string): void {
  const workflow = workspace().workflows.get(id)
  if (!workflow || label === nameOfWorkflow(workflow)) return
  const commands = (['current', 'future'] as const).map(
    (side): Command => ({ kind: 'replace', side, graph: { ...workflow[side], label } }),
  )
  editWorkflow(id, { kind: 'together', commands })
}

/** A copy of both maps, their trace and their scenario, not of what was measured or filed with them; gives its id. */
export function duplicateWorkflow(id: string): string | null {
  const workflow = workspace().workflows.get(id)
  if (!workflow) return null
  const taken = new Set([...workspace().workflows.values()].map(nameOfWorkflow))
  const name = nameOfWorkflow(workflow)
  let label = `${name} (copy)`
  for (let n = 2; taken.has(label); n++) label = `${name} (copy ${n})`
  const { current, future } = workflow
  return addExample({ ...workflow, current: { ...current, label }, future: { ...future, label } })
}

/** A workflow that was taken away, with the files filed under it. */
export interface Removed {
  readonly project: string
  readonly id: string
  readonly name: string
  readonly workflow: Workflow
  readonly steps: EditSteps<Command>
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

export function removeWorkflow(id: string): Removed | null {
  const workflow = workspace().workflows.get(id)
  if (!workflow) return null
  const steps = editSteps<Command>(mapLine(id))
  const workflows = new Map(workspace().workflows)
  workflows.delete(id)
  const results = new Map(workspace().results)
  results.delete(id)
  setWorkspace({ workflows, results })
  const { other, workflows: documents, manifest } = openProject()
  const own = (path: string): boolean => path.startsWith(`workflows/${id}/`)
  changeProject({
    workflows: documents.filter((each) => each.id !== id),
    other: new Map([...other].filter(([path]) => !own(path))),
  })
  const files = new Map([...other].filter(([path]) => own(path)))
  return { project: manifest.id, id, name: nameOfWorkflow(workflow), workflow, steps, files }
}

/** Puts it back under its own id, with its history; false where another project is open or the id was given away since. */
export function restoreWorkflow({ project, id, workflow, steps, files }: Removed): boolean {
  if (openProject().manifest.id !== project || workspace().workflows.has(id)) return false
  bringWorkflow(id, workflow)
  bringEditSteps(mapLine(id), steps)
  if (files.size > 0) changeProject({ other: new Map([...openProject().other, ...files]) })
  return true
}
