/** What happened to a problem, in one sentence with its numbers: for people on the floor, not for analysts only. */
import type { Survival } from './survival.ts'
import type { Graph, Workflow } from './workflow.ts'

export function sentenceOf(survival: Survival, workflow: Workflow): string {
  const { metric, lanes } = survival
  const now = namesOf(workflow.current, survival.current, lanes.current)
  const next = namesOf(workflow.future, survival.future, lanes.future)
  const before = valueText(metric.current, metric.unit)
  const after = valueText(metric.future, metric.unit)
  const measured = measuredOf(survival)
  switch (survival.outcome) {
    case 'digitized':
      return `${now} became ${next}: ${measured}. Moved, not removed.`
    case 'kept':
      return `${now}: ${measured}. Nothing changes.`
    case 'reduced':
      return `${now}: ${measured}${shrunk(metric.change)}. ${(survival.loads?.future ?? 0) >= 1 ? 'Smaller, but the queue still never ends.' : 'Smaller, but still there.'}`
    case 'eliminated':
      return survival.loads
        ? `${now}: asked for ${loadText(survival.loads.current)} today; gone in the future workflow.`
        : `${now}: ${metric.name} is ${before} today and gone in the future workflow.`
    case 'relocated':
      return `Gone from ${now}, but now at ${next}: ${measured}.`
    case 'worsened':
      return `${now} became ${next}: ${measured}. It gets worse.`
    case 'introduced':
      return survival.loads
        ? `${next}: asked for ${loadText(survival.loads.future)} in the future workflow, and not overloaded today.`
        : `${next}: ${metric.name} is ${after} in the future workflow, and nothing of it is there today.`
    case 'unjudged':
      return `${now === '' ? next : now} can not be judged: ${list(survival.missing)} ${survival.missing.length === 1 ? 'is' : 'are'} not known.`
  }
}

/** The wait on both sides; where a queue never ends there is none, so the load is said. */
function measuredOf({ metric, loads }: Survival): string {
  if (loads)
    return `asked for ${loadText(loads.current)} today and for ${loadText(loads.future)} in the future workflow; from 100 % on the queue never ends`
  const [before, after] = [valueText(metric.current, metric.unit), valueText(metric.future, metric.unit)]
  return `${metric.name} is ${before} today and ${after} in the future workflow`
}

function loadText(load: number | null): string {
  if (load === null) return 'an unknown share of the hours'
  return Number.isFinite(load) ? `${Math.round(load * 1000) / 10} % of the hours` : 'hours nobody has'
}

function shrunk(change: number | null): string {
  return change === null ? '' : ` (${Math.round(change * 100)} % less)`
}

function namesOf(graph: Graph, ids: readonly string[], lane: string | null): string {
  const role = lane === null ? undefined : graph.lanes.get(lane)
  if (role) return role.label
  const shown = ids.slice(0, ids.length > 3 ? 2 : 3).map((id) => `“${graph.nodes.get(id)?.label ?? id}”`)
  return list(shown, ids.length - shown.length)
}

/** Three names at most; the rest is counted. */
function list(names: readonly string[], more = 0): string {
  const cut = more === 0 && names.length > 3 ? names.length - 2 : more
  const shown = cut > 0 ? [...names.slice(0, 2), `${cut} more`] : names
  if (shown.length <= 1) return shown[0] ?? ''
  return `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1] ?? ''}`
}

/** Minutes from an hour up are said in hours, from two days up in days. */
export function valueText(value: number | null, unit: string): string {
  if (value === null) return 'not known'
  if (unit.startsWith('minutes')) {
    const rest = unit.slice('minutes'.length)
    if (value >= 2880) return `${rounded(value / 1440)} days${rest}`
    if (value >= 60) return `${rounded(value / 60)} h${rest}`
    return `${rounded(value)} min${rest}`
  }
  // Shares of cases are read as percentages.
  if (unit.startsWith('of all ')) return `${Math.round(value * 1000) / 10} % ${unit}`
  return `${rounded(value)} ${unit}`
}

function rounded(value: number): string {
  if (value === 0) return '0'
  return value >= 100 ? String(Math.round(value)) : value >= 1 ? value.toFixed(1) : value.toFixed(2)
}
