/** What happened to a problem, in one sentence with its numbers: for people on the floor, not for analysts only. */

import type { Graph, Workflow } from '../map/workflow.ts'
import type { Survival } from './outcomes.ts'

export function sentenceOf(survival: Survival, workflow: Workflow): string {
  const { metric, lanes } = survival
  const now = namesOf(workflow.current, survival.current, lanes.current)
  const next = namesOf(workflow.future, survival.future, lanes.future)
  const place = now === next || next === '' ? now : now === '' ? next : `${now} became ${next}`
  const measured = measuredOf(survival)
  switch (survival.outcome) {
    case 'digitized':
      return `${place}: ${measured}. Moved, not removed.`
    case 'kept':
      return `${now}: ${measured}. ${keptText(survival)}`
    case 'reduced':
      return `${now}: ${measured}${shareText(metric.change)}. ${restText(survival)}`
    case 'eliminated':
      if (survival.underLimit) return `${now}: ${measured}${shareText(metric.change)}. The rest is under the limit of this rule.`
      return survival.loads
        ? `${now}: asked for ${loadText(survival.loads.current)} today; gone in the future workflow.`
        : `${now}: ${said(survival, metric.current)} today and gone in the future workflow.`
    case 'relocated':
      return `Gone from ${now}, but now at ${next}: ${measured}.`
    case 'worsened':
      return `${place}: ${measured}${shareText(metric.change)}. It gets worse.`
    case 'introduced':
      return survival.loads
        ? `${next}: asked for ${loadText(survival.loads.future)} in the future workflow, and not overloaded today.`
        : `${next}: ${said(survival, metric.future)} in the future workflow, and it was not found there today.`
    case 'unjudged':
      return `${now === '' ? next : now} can not be judged: ${list(survival.missing)} ${survival.missing.length === 1 ? 'is' : 'are'} not known.`
  }
}

/** Says “nothing” only where the numbers as shown and the media are the same. */
function keptText({ metric, mediumChanged }: Survival): string {
  const differs = valueText(metric.current, metric.unit) !== valueText(metric.future, metric.unit)
  if (mediumChanged) return 'Still there; only the medium changed.'
  return differs ? `Still there${shareText(metric.change)}; too little changes to count.` : 'Nothing changes.'
}

function restText({ metric, loads, endless }: Survival): string {
  if (endless.future && loads === null) return 'Smaller, but it still has no end.'
  if ((loads?.future ?? 0) >= 1) return 'Smaller, but the queue still never ends.'
  return metric.future === 0 ? 'None of it is left, but the step still stands.' : 'Smaller, but still there.'
}

/** A measure of nothing says nothing: the problem itself is named. */
function said({ rule, metric, endless }: Survival, value: number | null): string {
  if (value === null && (endless.current || endless.future)) return `${metric.name} is without an end`
  if (value === null || value === 0) return `${rule.title.slice(0, 1).toLowerCase()}${rule.title.slice(1)}`
  return `${metric.name} is ${valueText(value, metric.unit)}`
}

/** The wait on both sides; where a queue never ends there is none, so the load is said. */
function measuredOf({ metric, loads, endless }: Survival): string {
  if (loads)
    return `asked for ${loadText(loads.current)} today and for ${loadText(loads.future)} in the future workflow; from 100 % on the queue never ends`
  if (endless.current || endless.future) {
    const text = (value: number | null, never: boolean): string => (never ? 'without an end' : valueText(value, metric.unit))
    return `${metric.name} is ${text(metric.current, endless.current)} today and ${text(metric.future, endless.future)} in the future workflow`
  }
  const [before, after] = [valueText(metric.current, metric.unit), valueText(metric.future, metric.unit)]
  return before === after
    ? `${metric.name} is ${before} today and in the future workflow`
    : `${metric.name} is ${before} today and ${after} in the future workflow`
}

function loadText(load: number | null): string {
  if (load === null) return 'an unknown share of the hours'
  return Number.isFinite(load) ? `${Math.round(load * 1000) / 10} % of the hours` : 'hours nobody has'
}

/** ` (25 % less)`; a rest is never rounded away, and neither is a difference. */
export function shareText(change: number | null): string {
  if (change === null || change === 0) return ''
  // From three times on nobody thinks in percent.
  if (change <= -2) return ` (${Math.round((1 - change) * 10) / 10} times as much)`
  const percent = Math.abs(change) * 100
  const shown =
    percent < 1 ? 'less than 1' : change < 1 && change > 0 && percent > 99 ? 'more than 99' : String(Math.round(percent))
  return ` (${shown} % ${change > 0 ? 'less' : 'more'})`
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
  if (unit.startsWith('of all ')) return value > 0 && value < 0.001 ? `less than 0.1 % ${unit}` : `${shareOf(value)} % ${unit}`
  return `${rounded(value)} ${unit}`
}

/** All is said only of all. */
function shareOf(value: number): number {
  const percent = Math.round(value * 1000) / 10
  return percent === 100 && value < 1 ? 99.9 : percent
}

/** Zero is said only of zero. */
function rounded(value: number): string {
  if (value === 0) return '0'
  if (Math.abs(value) < 0.01) return value > 0 ? 'less than 0.01' : '−0.01'
  return value >= 100 ? String(Math.round(value)) : value >= 1 ? value.toFixed(1) : value.toFixed(2)
}
