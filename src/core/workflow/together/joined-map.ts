/** Two copies of one shared map as one, without a server: what each side's people changed is in both, and what had to be left out is listed. */
import { digestOf } from '../../canonical.ts'
import type { Workflow } from '../map/workflow.ts'
import { workflowDigest } from '../map/write.ts'
import { beginDigest, beginLog, type EditLog, joinedLogs, logBytes, nextEdit, updatesOf, withEdit } from './edit-log.ts'
import { clientOf } from './map-document.ts'
import { SharedMap } from './shared-map.ts'
import type { Repair } from './tidy.ts'

export interface MapCopy {
  /** As the documents show it. */
  readonly workflow: Workflow
  readonly log: EditLog
  /** The log that this one goes on from, where it is still kept. */
  readonly before: EditLog | null
}

export interface JoinedCopy extends MapCopy {
  readonly repairs: readonly Repair[]
}

/** Null where the two have nothing in common: each was shared for itself, and no change of one fits the other. */
export function joinCopies(here: MapCopy, other: MapCopy): JoinedCopy | null {
  const [mine, theirs] = [withOutside(here), withOutside(other)]
  if (beginDigest(mine) === beginDigest(theirs)) return joinedCopy(here, joinedLogs(mine, theirs), here.before ?? other.before)
  if (here.log.begin.follows === beginDigest(other.log)) return late(here, mine, theirs)
  if (other.log.begin.follows === beginDigest(here.log)) return late(other, theirs, mine)
  return null
}

/** The log with what the documents show beyond it: an earlier version of this program, or a hand, changed them without it. */
export function withOutside({ workflow, log }: MapCopy): EditLog {
  return withDifference(workflow.id, log, 'outside', null, workflow)
}

/** Who went on in the document before: what they changed there is changed here, field by field. */
function late(fresh: MapCopy, log: EditLog, theirs: EditLog): JoinedCopy | null {
  const { before } = fresh
  if (before === null || beginDigest(before) !== beginDigest(theirs)) return null
  const { id } = fresh.workflow
  const base = shownBy(id, before)
  const all = joinedLogs(before, theirs)
  return joinedCopy(fresh, withDifference(id, log, 'late', base, shownBy(id, all)), all)
}

/** Whoever writes this difference on this log writes the same line, so that two who join the same copies are one. */
function withDifference(id: string, log: EditLog, kind: string, from: Workflow | null, to: Workflow): EditLog {
  const first = shownBy(id, log)
  if (workflowDigest(from ?? first) === workflowDigest(to)) return log
  const digest = digestOf([
    kind,
    log.edits.map(({ device, to: number }) => [device, number]),
    log.begin.update,
    workflowDigest(to),
  ])
  const device = `${kind}-${digest.slice(-12)}`
  const map = new SharedMap({ id, client: clientOf(digest), device }, updatesOf(log))
  const at = log.edits.at(-1)?.at ?? log.begin.at ?? ''
  let next = log
  map.onOwnChange((update) => {
    next = withEdit(next, nextEdit(next, { device, by: null, at }, update))
  })
  map.takeOver(to, from ?? map.workflow)
  map.close()
  return next
}

function joinedCopy({ workflow: { id } }: MapCopy, log: EditLog, before: EditLog | null): JoinedCopy {
  const map = new SharedMap({ id, client: 0, device: '' }, updatesOf(log))
  const joined = { workflow: map.workflow, log, before, repairs: map.repairs }
  map.close()
  return joined
}

/** The map that a log leads to, as readers see it. */
export function shownBy(id: string, log: EditLog): Workflow {
  const map = new SharedMap({ id, client: 0, device: '' }, updatesOf(log))
  const { workflow } = map
  map.close()
  return workflow
}

/** Old values stay in a document, some 20 bytes for each move: from this size on a map begins a fresh one. */
const mostBytes = 5_000_000
const dayLength = 86_400_000
/** Who comes back with changes of the document before is joined for so long. */
const daysKept = 90

/** The same copy, or one with a fresh document and the log so far as the one before; a log before is let go in its time. @param at RFC 3339, now */
export function withinSize(copy: MapCopy, at: string, most = mostBytes): MapCopy {
  const { log, before, workflow } = copy
  if (logBytes(log).length >= most) {
    const whole = withOutside(copy)
    const fresh = beginLog(workflow)
    return { workflow, log: { ...fresh, begin: { ...fresh.begin, follows: beginDigest(whole), at } }, before: whole }
  }
  const isOver = before !== null && Date.parse(at) - Date.parse(log.begin.at ?? at) > daysKept * dayLength
  return isOver ? { ...copy, before: null } : copy
}
