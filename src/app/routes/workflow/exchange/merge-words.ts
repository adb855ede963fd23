/** Facts of a map in words, as a question between two people shows them. */
import { durationText } from '../../../../core/duration-text.ts'
import { fits } from '../../../../core/values/document.ts'
import { isMembers } from '../../../../core/values/json.ts'
import type { MergeConflict } from '../../../../core/workflow/edit/merge.ts'
import { distribution, meanOf } from '../../../../core/workflow/map/distribution.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'

const memberNames: Readonly<Record<string, string>> = {
  label: 'name',
  lane: 'role',
  service: 'working time',
  reads: 'what it reads',
  writes: 'what it writes',
  sla: 'deadline',
  external: 'done elsewhere',
  safety: 'safety matters',
  protocolShare: 'cases that fit a protocol',
  minLicence: 'licence needed',
  measuredBy: 'measured by',
  entryDelay: 'delay until entry',
  pains: 'complaints',
  evidence: 'source',
  probability: 'share of cases',
  reject: 'sent back',
  exception: 'way for exceptions',
  timeout: 'time limit',
  from: 'begins at',
  to: 'leads to',
  substitutes: 'who stands in',
  wagePerHour: 'wage per hour',
  mobile: 'works in several places',
  record: 'part of the record',
}

export function memberName(member: string | null): string {
  return member === null ? '' : (memberNames[member] ?? member)
}

const seconds: ReadonlySet<string> = new Set(['sla', 'timeout', 'entryDelay'])

/** `side` of the conflict names lanes and steps by their labels. */
export function factText({ at, side, member }: MergeConflict, value: unknown, workflow: Workflow): string {
  if (value === null || value === undefined) return member === null ? 'removed' : 'not given'
  if (member === null) return at === 'scenario' ? 'as given there' : 'kept'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return seconds.has(member) ? durationText(value) : String(value)
  const graph = workflow[side ?? 'current']
  if (typeof value === 'string') {
    if (member === 'lane') return graph.lanes.get(value)?.label || value
    if (member === 'from' || member === 'to') return graph.nodes.get(value)?.label || value
    return value
  }
  if (fits(value, distribution)) return durationText(meanOf(value))
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map((each) => itemText(each, workflow, side)).join(', ')
  return JSON.stringify(value)
}

function itemText(item: unknown, workflow: Workflow, side: MergeConflict['side']): string {
  const elements = workflow[side ?? 'current'].elements
  if (typeof item === 'string') return elements.get(item)?.label || item
  if (isMembers(item) && typeof item.element === 'string')
    return `${elements.get(item.element)?.label || item.element} (${String(item.mode)})`
  return JSON.stringify(item)
}
