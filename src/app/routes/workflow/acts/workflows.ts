/** Editing of workflow pairs: one history per pair, every change a command with its inverse. */

import type { WorkflowDocuments } from '../../../../core/project/format/project.ts'
import { type Applied, apply, type Command } from '../../../../core/workflow/edit/edit.ts'
import { closedInside, type InsidePlace, openedInside } from '../../../../core/workflow/edit/inside-edit.ts'
import { emptyWorkflow, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { graphText, scenarioText, traceText } from '../../../../core/workflow/map/write.ts'
import { type EditPlace, makeEdit, turnEdit } from '../../../session/edit-line.ts'
import { changeProject, openProject, setWorkspace, workspace } from '../../../session/state.ts'
import { keepHistorySoon } from './edit-history.ts'
import { insideIn } from './inside-name.ts'
import { mapLine } from './map-line.ts'
import { unlist } from './workflow-listing.ts'
import { judgeSoon } from './workflow-results.ts'

/** A workflow of the project, or the inside of one of its sub-workflows under the name `insideName` gives. */
export function workflowAt(id: string): Workflow | null {
  const inside = insideIn(id)
  const open = workspace().workflows.get(inside?.id ?? id) ?? null
  return open && inside ? openedInside(open, inside.place) : open
}

/** Applies a command to a workflow. Commands with the same `burst` name, close in time, are undone together. */
export function editWorkflow(id: string, command: Command, burst: string | null = null): Applied | null {
  const inside = insideIn(id)
  if (inside) return editInside(inside.id, inside.place, command, burst)
  let applied: Applied | null = null
  const keep = (made: Applied): void => {
    applied = made
  }
  makeEdit({ ...mapPlace(id), apply: (edit) => applyTo(id, edit, keep) }, command, burst)
  return applied
}

/** One history for the map and all that is inside it: an edit inside is one change of the map. */
function editInside(id: string, place: InsidePlace, command: Command, burst: string | null): Applied | null {
  const open = workspace().workflows.get(id)
  const inner = open && openedInside(open, place)
  if (!inner) return null
  const applied = apply(inner, command)
  const { current, future, trace } = applied.workflow
  const elsewhere = future.nodes.size + future.lanes.size + trace.size > 0
  // A lane of the map also holds steps that stand outside, so it can not go from here.
  const withoutLane = [...open[place.side].lanes.keys()].some((lane) => inner.current.lanes.has(lane) && !current.lanes.has(lane))
  const refused =
    applied.refused ??
    (elsewhere
      ? 'Inside a sub-workflow only its own steps are drawn and traced to nothing.'
      : withoutLane
        ? 'This lane belongs to the whole map: go back to the map and remove it there.'
        : null)
  if (refused !== null) {
    setWorkspace({ problem: refused })
    return { ...applied, refused, workflow: inner }
  }
  const outer = editWorkflow(id, { kind: 'patch', patch: closedInside(open, place, current) }, burst && `inside ${burst}`)
  return outer?.refused === null ? applied : outer
}

export function undoWorkflow(name: string): boolean {
  const id = insideIn(name)?.id ?? name
  return turnEdit(mapPlace(id), 'undo')
}

export function redoWorkflow(name: string): boolean {
  const id = insideIn(name)?.id ?? name
  return turnEdit(mapPlace(id), 'redo')
}

/** Adds a whole pair under its own id, or the next free one, and gives the id. */
export function addExample(example: Workflow): string {
  const id = freeId(example.id)
  const { current, future } = example
  unlist(id)
  put(id, { ...example, id, current: { ...current, id }, future: { ...future, id } })
  return id
}

/** Adds an empty pair to the project and gives its id. */
export function addWorkflow(label: string): string {
  const base =
    label
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'workflow'
  const id = freeId(base)
  unlist(id)
  put(id, emptyWorkflow(id, label))
  return id
}

/** A pair as it was, history, place in the list and all. */
export function bringWorkflow(id: string, workflow: Workflow): void {
  put(id, workflow)
}

function freeId(base: string): string {
  const taken = workspace().workflows
  let id = base
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`
  return id
}

function mapPlace(id: string): EditPlace<Command> {
  const join = (first: Command, second: Command): Command => ({ kind: 'together', commands: [first, second] })
  return { ...mapLine(id), join, apply: (command) => applyTo(id, command) }
}

/** Applies a command and gives its inverse; null, with the sentence on screen, where it is refused. */
function applyTo(id: string, command: Command, made: (applied: Applied) => void = () => undefined): Command | null {
  const { workflows, project } = workspace()
  const workflow = workflows.get(id)
  if (!workflow) return null
  // The key of undo reaches the map in a tab that only reads, too.
  const held = project?.readOnly ?? null
  const applied = held === null ? apply(workflow, command) : { ...apply(workflow, command), workflow, refused: held }
  made(applied)
  if (applied.refused !== null) {
    setWorkspace({ problem: applied.refused })
    return null
  }
  put(id, applied.workflow)
  return applied.inverse
}

function put(id: string, workflow: Workflow): void {
  const workflows = new Map(workspace().workflows).set(id, workflow)
  setWorkspace({ workflows })
  keepDocuments(id, workflow)
  judgeSoon(id)
  keepHistorySoon()
}

function keepDocuments(id: string, workflow: Workflow): void {
  const others = openProject().workflows.filter((each) => each.id !== id)
  const all = [...others, documentsOf(workflow)].sort((a, b) => (a.id < b.id ? -1 : 1))
  changeProject({ workflows: all })
}

/** The four documents of a pair as the project keeps them. */
export function documentsOf(workflow: Workflow): WorkflowDocuments {
  return {
    id: workflow.id,
    current: JSON.parse(graphText(workflow.current)),
    future: JSON.parse(graphText(workflow.future)),
    trace: JSON.parse(traceText(workflow.trace)),
    scenario: workflow.scenario === null ? null : JSON.parse(scenarioText(workflow.scenario)),
  }
}
