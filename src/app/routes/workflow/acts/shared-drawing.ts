/** Maps that several people draw: opened from their log, changed line by line, shared by a person's word. Loaded with the first of them. */
import { utf8 } from '../../../../core/canonical.ts'
import { appended } from '../../../../core/project/format/line-file.ts'
import type { Applied, Command } from '../../../../core/workflow/edit/edit.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import {
  beginLog,
  countsOf,
  type EditLog,
  joinedLogs,
  lineOf,
  logBytes,
  nextEdit,
  readLog,
  updatesOf,
  type VersionLine,
  withEdit,
} from '../../../../core/workflow/together/edit-log.ts'
import { withinSize, withOutside } from '../../../../core/workflow/together/joined-map.ts'
import { earlierLogPath, editLogPath } from '../../../../core/workflow/together/log-path.ts'
import { type Edited, SharedMap } from '../../../../core/workflow/together/shared-map.ts'
import { actOrSay, draftAtOnce } from '../../../session/act.ts'
import { bringEditSteps, burstMilliseconds } from '../../../session/edit-line.ts'
import { isRecent } from '../../../session/is-recent.ts'
import { hand, wallNow } from '../../../session/ledger.ts'
import { setWorkspace, workspace } from '../../../session/state.ts'
import { holdLive, type LiveMap, liveMap } from './live-maps.ts'
import { mapLine } from './map-line.ts'

/** Opens the map to be drawn together, once; says what can not be read. */
export function openShared(id: string): void {
  const { project, workflows } = workspace()
  const workflow = workflows.get(id)
  const bytes = project?.other.get(editLogPath(id))
  if (!project || !workflow || !bytes || project.readOnly !== null || liveMap(id)) return
  const log = readLog(bytes)
  if (log === null) {
    setWorkspace({
      problem: `What was drawn together in “${workflow.current.label || id}” can not be read: its log does not say what it began with. The map stays as it is and is drawn alone.`,
    })
    return
  }
  const earlier = project.other.get(earlierLogPath(id))
  const kept = { workflow, log, before: earlier ? readLog(earlier) : null }
  // On a team's server the others go on in the document that is there.
  const copy = workspace().onTeamServer ? kept : withinSize(kept, wallNow())
  const whole = withOutside(copy)
  if (whole !== log || (earlier && copy.before === null)) keepLogs(id, whole, copy.before)
  const map = new Drawing(id, whole)
  if (!map.showAs(workflow)) throw new Error(`The log of ${id} does not lead to the map that is shown`)
  holdLive(id, project.manifest.id, map)
  bringEditSteps(mapLine(id), { undo: [], redo: [] })
}

function keepLogs(id: string, log: EditLog, before: EditLog | null): void {
  draftAtOnce((project) => {
    const other = new Map(project.other).set(editLogPath(id), logBytes(log))
    if (before) other.set(earlierLogPath(id), logBytes(before))
    else other.delete(earlierLogPath(id))
    return { ok: true, project: { ...project, other } }
  }, false)
}

class Drawing implements LiveMap {
  private readonly map: SharedMap
  private log: EditLog
  private lines = ''
  private burst: { readonly name: string; readonly at: number } | null = null

  constructor(id: string, log: EditLog) {
    this.log = log
    const [client = 1] = crypto.getRandomValues(new Uint32Array(1))
    const { device } = hand()
    this.map = new SharedMap({ id, client, device }, updatesOf(log))
    this.map.onOwnChange((update) => {
      const { actor: by, wall: at } = hand()
      const edit = nextEdit(this.log, { device, by, at }, update)
      this.log = withEdit(this.log, edit)
      this.lines += lineOf(edit)
    })
  }

  get workflow(): Workflow {
    return this.map.workflow
  }

  get steps(): LiveMap['steps'] {
    return this.map.steps
  }

  showAs(workflow: Workflow): boolean {
    return this.map.showAs(workflow)
  }

  edit(command: Command, burst: string | null): Edited {
    const at = Date.now()
    const joins = burst !== null && this.burst?.name === burst && isRecent(this.burst.at, burstMilliseconds)
    this.burst = burst === null ? null : { name: burst, at }
    return this.map.edit(command, joins)
  }

  ownNames(inner: Workflow, applied: Applied, command: Command): Pick<Edited, 'workflow' | 'created'> {
    return this.map.ownNames(inner, applied, command)
  }

  turn(way: 'undo' | 'redo'): boolean {
    this.burst = null
    return way === 'undo' ? this.map.undo() : this.map.redo()
  }

  receive(lines: string): string {
    const read = readLog(utf8(`${lineOf(this.log.begin)}${lines}`))
    if (!read) return ''
    const known = new Set([...this.log.edits, ...this.log.versions].map(lineOf))
    const edits = read.edits.filter((edit) => !known.has(lineOf(edit)))
    const versions = read.versions.filter((version) => !known.has(lineOf(version)))
    this.map.receive(updatesOf({ begin: this.log.begin, edits }))
    this.log = joinedLogs(this.log, { ...this.log, edits, versions, unread: [] })
    return [...edits, ...versions].map(lineOf).join('')
  }

  newLines(): string {
    const { lines } = this
    this.lines = ''
    return lines
  }

  close(): void {
    this.map.close()
  }
}

/** From here on each change of this map is kept with who made it, so that the copies of others can be joined. False where that was refused. */
export async function shareMap(id: string): Promise<boolean> {
  const done = await actOrSay((project) => {
    const workflow = workspace().workflows.get(id)
    if (!workflow || project.other.has(editLogPath(id))) return { ok: true, project }
    return { ok: true, project: { ...project, other: new Map(project.other).set(editLogPath(id), logBytes(beginLog(workflow))) } }
  })
  if (done) openShared(id)
  return done
}

/** The state as it is now, or as it was at some moment, under a name, for all who share the map. */
export function nameVersion(id: string, name: string, moment: VersionLine['upto'] | null = null): Promise<boolean> {
  return addVersion(id, (log) => ({ name, id: crypto.randomUUID(), upto: moment ?? countsOf(log.edits) }))
}

export function renameSharedVersion(id: string, { id: version, upto }: VersionLine, name: string): Promise<boolean> {
  return addVersion(id, () => ({ name, id: version, upto }))
}

function addVersion(id: string, version: (log: EditLog) => Pick<VersionLine, 'id' | 'name' | 'upto'>): Promise<boolean> {
  return actOrSay((project, { actor, wall }) => {
    const path = editLogPath(id)
    const bytes = project.other.get(path)
    const log = bytes && readLog(bytes)
    if (!log) return { ok: false, problem: 'This map is not shared any more.' }
    const line = lineOf({ kind: 'version', by: actor, at: wall, ...version(log) })
    return { ok: true, project: { ...project, other: new Map(project.other).set(path, appended(bytes, utf8(line))) } }
  })
}
