/** Editing of workflow pairs: one history per pair, every change a command with its inverse. */

import { utf8 } from '../../../../core/canonical.ts'
import { appended } from '../../../../core/project/format/line-file.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { mapName } from '../../../../core/project/reports/changes-since.ts'
import { type Applied, apply, type Command } from '../../../../core/workflow/edit/edit.ts'
import { closedInside, type InsidePlace, openedInside } from '../../../../core/workflow/edit/inside-edit.ts'
import { documentsOf } from '../../../../core/workflow/map/files.ts'
import { emptyWorkflow, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { editLogPath } from '../../../../core/workflow/together/log-path.ts'
import { actAtOnce, draftAtOnce } from '../../../session/act.ts'
import { bringEditSteps, type EditPlace, makeEdit, turnEdit } from '../../../session/edit-line.ts'
import type { EditStep } from '../../../session/history.ts'
import { setWorkspace, workspace } from '../../../session/state.ts'
import { noteFromOthers } from '../../../session/visit.ts'
import { keepHistorySoon } from './edit-history.ts'
import { insideIn } from './inside-name.ts'
import { type LiveMap, liveMap } from './live-maps.ts'
import { mapLine } from './map-line.ts'
import { unlisted } from './workflow-listing.ts'
import { judgeSoon } from './workflow-results.ts'

/** A workflow of the project, or the inside of one of its sub-workflows under the name `insideName` gives. */
export function workflowAt(id: string): Workflow | null {
  const inside = insideIn(id)
  const open = workspace().workflows.get(inside?.id ?? id) ?? null
  return open && inside ? openedInside(open, inside.place) : open
}

/** What a command did; how it is taken back is the history's. */
export type Made = Omit<Applied, 'inverse'>

/** Applies a command to a workflow. Commands with the same `burst` name, close in time, are undone together. */
export function editWorkflow(id: string, command: Command, burst: string | null = null): Made | null {
  const inside = insideIn(id)
  if (inside) return editInside(inside.id, inside.place, command, burst)
  const live = liveMap(id)
  if (live) return editLive(id, live, command, burst)
  let applied: Made | null = null
  const keep = (made: Made): void => {
    applied = made
  }
  makeEdit({ ...mapPlace(id), apply: (edit) => applyTo(id, edit, keep) }, command, burst)
  return applied
}

/** One history for the map and all that is inside it: an edit inside is one change of the map. */
function editInside(id: string, place: InsidePlace, command: Command, burst: string | null): Made | null {
  const open = workspace().workflows.get(id)
  const inner = open && openedInside(open, place)
  if (!inner) return null
  const made = apply(inner, command)
  // Two people who add the same inside make two steps, as on the map around it.
  const applied = made.refused === null ? { ...made, ...liveMap(id)?.ownNames(inner, made, command) } : made
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
  return turn(insideIn(name)?.id ?? name, 'undo')
}

export function redoWorkflow(name: string): boolean {
  return turn(insideIn(name)?.id ?? name, 'redo')
}

function turn(id: string, way: 'undo' | 'redo'): boolean {
  const live = liveMap(id)
  return live ? turnLive(id, live, way) : turnEdit(mapPlace(id), way)
}

/** In a shared map each person takes back what they did themselves: the line of the history follows what the map can take back. */
function editLive(id: string, live: LiveMap, command: Command, burst: string | null): Made {
  const held = workspace().project?.readOnly ?? null
  const made = held === null ? live.edit(command, burst) : { workflow: live.workflow, created: [], refused: held }
  if (made.refused === null) putLive(id, live)
  else setWorkspace({ problem: made.refused })
  return made
}

function turnLive(id: string, live: LiveMap, way: 'undo' | 'redo'): boolean {
  const held = workspace().project?.readOnly ?? null
  if (held !== null) setWorkspace({ problem: held })
  const done = held === null && live.turn(way)
  // Also where nothing was left to turn: what others have changed since is no step any more.
  if (held === null) putLive(id, live)
  return done
}

/** What others changed in a shared map that is open here; nothing of it becomes a step that is taken back here. */
export function receiveInMap(id: string, lines: string): void {
  const live = liveMap(id)
  const fresh = live?.receive(lines) ?? ''
  if (!live || fresh === '') return
  noteFromOthers([mapName(id)])
  putLive(id, live, fresh)
}

/** A map as others share it, with its whole log. */
export function takeOverMap(id: string, workflow: Workflow, log: Uint8Array<ArrayBuffer>): void {
  noteFromOthers([mapName(id)])
  show(id, workflow)
  draftAtOnce((project) => {
    const other = new Map(project.other).set(editLogPath(id), log)
    return { ok: true, project: { ...withDocuments(project, id, workflow), other } }
  }, false)
}

function putLive(id: string, live: LiveMap, fresh = ''): void {
  put(id, live.workflow, `${fresh}${live.newLines()}`)
  const steps = (count: number): readonly EditStep<Command>[] => Array.from({ length: count }, () => ownStep)
  bringEditSteps(mapLine(id), { undo: steps(live.steps.undo), redo: steps(live.steps.redo) })
}

/** A step of a shared map stands in the line for what the map itself knows to take back. */
const ownStep: EditStep<Command> = { edit: { kind: 'patch', patch: [] }, burst: null, at: 0 }

/** Adds a whole pair under its own id, or the next free one, and gives the id. */
export function addExample(example: Workflow): string {
  const id = freeId(example.id)
  const { current, future } = example
  bringWorkflow(id, { ...example, id, current: { ...current, id }, future: { ...future, id } }, (other) => unlisted(other, id))
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
  bringWorkflow(id, emptyWorkflow(id, label), (other) => unlisted(other, id))
  return id
}

/** A whole pair with the files filed under it, as one change; false, with the sentence on screen, where it was refused. */
export function bringWorkflow(id: string, workflow: Workflow, files: (other: Project['other']) => Project['other']): boolean {
  const isHere = actAtOnce(
    (project) => ({ ok: true, project: { ...withDocuments(project, id, workflow), other: files(project.other) } }),
    () => setWorkspace({ workflows: new Map([...workspace().workflows].filter(([each]) => each !== id)) }),
  )
  if (isHere) show(id, workflow)
  return isHere
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
function applyTo(id: string, command: Command, made: (applied: Made) => void = () => undefined): Command | null {
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

/** A map as it was drawn: a draft, written after a pause. @param lines of the log of a shared map */
function put(id: string, workflow: Workflow, lines = ''): void {
  // The map is shown before its documents change: a shared map is known by the map that is shown.
  show(id, workflow)
  const path = editLogPath(id)
  draftAtOnce((project) => {
    const log = lines === '' ? null : appended(project.other.get(path) ?? utf8(''), utf8(lines))
    const drawn = withDocuments(project, id, workflow)
    return { ok: true, project: log ? { ...drawn, other: new Map(project.other).set(path, log) } : drawn }
  }, false)
}

function show(id: string, workflow: Workflow): void {
  setWorkspace({ workflows: new Map(workspace().workflows).set(id, workflow) })
  judgeSoon(id)
  keepHistorySoon()
}

function withDocuments(project: Project, id: string, workflow: Workflow): Project {
  const others = project.workflows.filter((each) => each.id !== id)
  return { ...project, workflows: [...others, documentsOf(workflow)].sort((a, b) => (a.id < b.id ? -1 : 1)) }
}
