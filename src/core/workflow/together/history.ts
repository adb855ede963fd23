/** Who changed what of a shared map, and how one state differs from another: as values, which a page puts into words. */
import { canonicalJson, type Json } from '../../canonical.ts'
import type { Command } from '../edit/edit.ts'
import { type Patch, replaceChanges } from '../edit/patch.ts'
import { sides, type Workflow, type WorkflowSide } from '../map/workflow.ts'
import { scenarioText } from '../map/write.ts'
import { type EditLine, type EditLog, updatesOf } from './edit-log.ts'
import { type GraphTable, graphTables } from './map-document.ts'
import { SharedMap } from './shared-map.ts'

export interface Difference {
  readonly at: GraphTable | 'trace' | 'label' | 'scenario'
  /** Null for trace and scenario, which belong to both maps. */
  readonly side: WorkflowSide | null
  readonly id: string
  readonly how: 'new' | 'changed' | 'removed'
  /** Members of a changed record that differ. */
  readonly members: readonly string[]
}

/** From one state to a later one; records that are the same object in both cost nothing. */
export function differences(then: Workflow, now: Workflow): readonly Difference[] {
  const found: Difference[] = []
  for (const side of sides) {
    if (then[side] === now[side]) continue
    if (then[side].label !== now[side].label) found.push({ at: 'label', side, id: '', how: 'changed', members: ['label'] })
    for (const at of graphTables) found.push(...inTable(at, side, then[side][at], now[side][at]))
  }
  found.push(...inTable('trace', null, then.trace, now.trace))
  const [before, after] = [then.scenario, now.scenario].map((scenario) => (scenario === null ? null : scenarioText(scenario)))
  if (before !== after) {
    const how = before === null ? 'new' : after === null ? 'removed' : 'changed'
    found.push({ at: 'scenario', side: null, id: '', how, members: [] })
  }
  return found
}

function inTable(
  at: GraphTable | 'trace',
  side: WorkflowSide | null,
  then: ReadonlyMap<string, object>,
  now: ReadonlyMap<string, object>,
): readonly Difference[] {
  if (then === now) return []
  const found: Difference[] = []
  for (const [id, after] of now) {
    const before = then.get(id)
    if (before === after) continue
    const members = before ? membersThatDiffer({ ...before }, { ...after }) : []
    if (!before) found.push({ at, side, id, how: 'new', members: [] })
    else if (members.length > 0) found.push({ at, side, id, how: 'changed', members })
  }
  for (const id of then.keys()) if (!now.has(id)) found.push({ at, side, id, how: 'removed', members: [] })
  return found
}

type Members = Readonly<Record<string, unknown>>

function membersThatDiffer(before: Members, after: Members): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.filter((name) => before[name] !== after[name] && textOf(before[name]) !== textOf(after[name]))
}

function textOf(value: unknown): string {
  return value === undefined ? '' : canonicalJson(value as Json)
}

export interface MadeChange {
  readonly edit: EditLine
  readonly differences: readonly Difference[]
  /** The map before and after it, to name what was changed. */
  readonly then: Workflow
  readonly now: Workflow
}

/** The last changes one by one, the oldest first. One that shows nothing (another has changed the same since) has no differences. */
export function changesIn(id: string, log: EditLog, most = Number.POSITIVE_INFINITY): readonly MadeChange[] {
  const first = Math.max(0, log.edits.length - most)
  const map = new SharedMap({ id, client: 0, device: '' }, updatesOf({ begin: log.begin, edits: log.edits.slice(0, first) }))
  const made = log.edits.slice(first).map((edit): MadeChange => {
    const then = map.workflow
    map.receive(updatesOf({ begin: edit, edits: [] }))
    return { edit, differences: differences(then, map.workflow), then, now: map.workflow }
  })
  map.close()
  return made
}

/** One change that brings an earlier state back: what was added since goes, what was removed comes back under its own name. */
export function restoring(now: Workflow, then: Workflow): Command {
  const changes: Patch[number][] = []
  for (const side of sides) changes.push(...replaceChanges(now[side], { ...then[side], id: now[side].id }))
  for (const id of new Set([...now.trace.keys(), ...then.trace.keys()]))
    if (now.trace.get(id) !== then.trace.get(id)) changes.push({ at: 'trace', id, value: then.trace.get(id) ?? null })
  if (now.scenario !== then.scenario) changes.push({ at: 'scenario', value: then.scenario })
  return { kind: 'patch', patch: changes }
}
