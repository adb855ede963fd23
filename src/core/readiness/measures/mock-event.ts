/** The mock go-live as an event (item 64): what of the future maps was played and passed, who was there, and what went wrong. */
import { compareText } from '../../finding.ts'
import { isStep, type Node, type Workflow } from '../../workflow/map/workflow.ts'
import type { EvidenceOf } from '../model/artifact.ts'
import { touchesSafety } from './paper-steps.ts'
import { plainName } from './role-tasks.ts'
import { leastGroup, workingRoles } from './teams.ts'

type Rows<K extends 'mock-scenarios' | 'mock-attendance' | 'mock-incidents' | 'roster'> = EvidenceOf[K]['rows']
export type ScenarioRow = Rows<'mock-scenarios'>[number]
export type IncidentRow = Rows<'mock-incidents'>[number]

export interface CriticalStep {
  readonly workflow: string
  readonly node: Node
  /** The scenario whose last try passed with this step in it, after the last mend of it; null where there is none. */
  readonly by: ScenarioRow | null
}

/** The last try of each scenario, in the order of the file. */
export function lastTries(rows: Rows<'mock-scenarios'>): readonly ScenarioRow[] {
  const last = new Map<string, ScenarioRow>()
  for (const row of rows) {
    const name = plainName(row.scenario)
    const held = last.get(name)
    if (!held || row.started_at.at >= held.started_at.at) last.set(name, row)
  }
  return [...last.values()].toSorted((a, b) => a.line - b.line)
}

/**
 * Steps of the future maps that a patient's safety rests on, or that approve: these have to be played. Where no map marks any, every step counts:
 * nobody has said that one of them may be left out.
 */
export function criticalSteps(
  workflows: readonly Workflow[],
  rows: Rows<'mock-scenarios'>,
  incidents: Rows<'mock-incidents'>,
): readonly CriticalStep[] {
  const passed = lastTries(rows).filter((row) => row.result === 'pass' && mendedAfter(row, incidents) === null)
  const all = workflows.flatMap(({ id, future }) =>
    [...future.nodes.values()]
      .filter((node) => isStep(node) && !node.external && node.type !== 'wait')
      .map((node) => ({ workflow: id, node, critical: node.kind === 'approve' || touchesSafety(future, node) })),
  )
  const marked = all.filter(({ critical }) => critical)
  return (marked.length > 0 ? marked : all).map(({ workflow, node }) => ({
    workflow,
    node,
    by:
      passed.find(
        (row) =>
          plainName(row.workflow) === plainName(workflow) &&
          row.steps.some((step) => [plainName(node.id), plainName(node.label)].includes(plainName(step))),
      ) ?? null,
  }))
}

export interface RoleAttendance {
  readonly role: string
  /** Line of the file; null for a role of the roster that was not planned at all. */
  readonly line: number | null
  readonly percent: number
  /** How many of how many; null where so few were planned that a count would name a person. */
  readonly counts: { readonly present: number; readonly planned: number } | null
}

/** Attendance of the last mock go-live by role, roles of the roster that were not planned among them; IT is there anyway. */
export function attendanceOf(rows: Rows<'mock-attendance'>, roster: Rows<'roster'>, asOf: string): readonly RoleAttendance[] {
  const last = rows
    .map(({ held_on }) => held_on)
    .toSorted(compareText)
    .at(-1)
  const held = rows.filter(({ held_on }) => held_on === last)
  const listed = held.map(({ role, line, planned, present }) => ({
    role,
    line,
    percent: planned === 0 ? 0 : Math.floor((100 * present) / planned),
    counts: planned < leastGroup ? null : { present, planned },
  }))
  const known = new Set(listed.map(({ role }) => plainName(role)))
  const roles = workingRoles(roster, asOf)
  const absent = roles.filter((role) => !known.has(plainName(role)))
  return [...listed, ...absent.map((role) => ({ role, line: null, percent: 0, counts: null }))]
}

/** "7 of 8 were there"; a role of few people is said without a count. */
export function attendanceWords({ line, counts, percent }: RoleAttendance, least: number): string {
  if (line === null) return 'not planned'
  if (counts) return `${counts.present} of ${counts.planned} were there`
  return `fewer than ${leastGroup} people planned, ${percent >= least ? 'enough' : 'too few'} of them there`
}

/** Why an incident still stands in the way, in words; null where it does not. Lesser ones need an owner alone. */
export function openWords(incident: IncidentRow, scenarios: Rows<'mock-scenarios'>): string | null {
  const { severity, owner, closed_on, tried_again_on } = incident
  const parts: string[] = []
  if (owner === null) parts.push('nobody answers for it')
  if (isGrave(severity)) {
    if (closed_on === null) parts.push('not mended')
    else if (tried_again_on === null) parts.push('mended and not tried again')
    else if (tried_again_on < closed_on) parts.push('tried again before it was mended')
    // The word that it was tried again is not the run: the script has to show one.
    else if (!isPlayedSince(incident, scenarios)) parts.push('no run of its script has passed since it was mended')
  }
  return parts.length === 0 ? null : parts.join(', ')
}

function isPlayedSince(incident: IncidentRow, scenarios: Rows<'mock-scenarios'>): boolean {
  const { event, scenario } = incident
  const own = lastTries(scenarios).filter((row) =>
    scenario === null ? plainName(row.event) === plainName(event) : plainName(row.scenario) === plainName(scenario),
  )
  return own.some((row) => row.result === 'pass' && isAfterMend(row, incident))
}

/** The mend has a day alone; a run of that day proves nothing about what went wrong later on it. */
function isAfterMend({ started_at }: ScenarioRow, { opened_at, closed_on }: IncidentRow): boolean {
  return closed_on !== null && started_at.text.slice(0, 10) >= closed_on && started_at.at > opened_at.at
}

/** The incident of this scenario that was mended after its last try, or is not mended yet; null where there is none. */
export function mendedAfter(row: ScenarioRow, incidents: Rows<'mock-incidents'>): IncidentRow | null {
  // A grave one that names no scenario may have come from any of its event.
  const own = incidents.filter(({ scenario, event, severity }) =>
    scenario === null
      ? isGrave(severity) && plainName(event) === plainName(row.event)
      : plainName(scenario) === plainName(row.scenario),
  )
  return own.find((each) => (each.closed_on !== null || isGrave(each.severity)) && !isAfterMend(row, each)) ?? null
}

function isGrave(severity: IncidentRow['severity']): boolean {
  return severity === 'critical' || severity === 'high'
}
