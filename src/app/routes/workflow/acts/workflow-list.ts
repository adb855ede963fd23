/** Workflows as wholes: named anew, copied, taken away and brought back with every file that belongs to them. */
import type { Command } from '../../../../core/workflow/edit/edit.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { actAtOnce } from '../../../session/act.ts'
import { bringEditSteps, type EditSteps, editSteps } from '../../../session/edit-line.ts'
import { openProject, setWorkspace, workspace } from '../../../session/state.ts'
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
  const result = workspace().results.get(id)
  const { other, manifest } = openProject()
  const own = (path: string): boolean => path.startsWith(`workflows/${id}/`)
  const isGone = actAtOnce(
    (project) => ({
      ok: true,
      project: {
        ...project,
        workflows: project.workflows.filter((each) => each.id !== id),
        other: new Map([...project.other].filter(([path]) => !own(path))),
      },
    }),
    () => {
      const { workflows, results } = workspace()
      setWorkspace({
        workflows: new Map(workflows).set(id, workflow),
        ...(result && { results: new Map(results).set(id, result) }),
      })
      bringEditSteps(mapLine(id), steps)
    },
  )
  if (!isGone) return null
  setWorkspace({ workflows: without(workspace().workflows, id), results: without(workspace().results, id) })
  const files = new Map([...other].filter(([path]) => own(path)))
  return { project: manifest.id, id, name: nameOfWorkflow(workflow), workflow, steps, files }
}

/** Puts it back under its own id, with its history; false where another project is open or the id was given away since. */
export function restoreWorkflow({ project, id, workflow, steps, files }: Removed): boolean {
  if (openProject().manifest.id !== project || workspace().workflows.has(id)) return false
  if (!bringWorkflow(id, workflow, (other) => new Map([...other, ...files]))) return false
  bringEditSteps(mapLine(id), steps)
  return true
}

function without<Value>(of: ReadonlyMap<string, Value>, id: string): ReadonlyMap<string, Value> {
  return new Map([...of].filter(([each]) => each !== id))
}
