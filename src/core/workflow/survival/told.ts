/** What a rule said of one map: its firings, with facts that name their map. */
import { compareText, type Fact } from '../../finding.ts'
import type { Side } from '../rules/side.ts'
import type { SurvivalRule } from '../rules/survival-rule.ts'
import type { Told } from './outcomes.ts'

export function told(rule: SurvivalRule, side: Side): readonly Told[] {
  const { name } = side
  const found: Told[] = []
  for (const firing of rule.find(side)) {
    const facts = firing.facts.map((fact) => sided(fact, name))
    const { subject, lane, fires, missing, metric, series, load, severity, minutes, endsQuietly, faint, at, cameFrom } = firing
    found.push({
      subject,
      lane,
      fires,
      missing,
      metric,
      series,
      load,
      severity,
      minutes,
      facts,
      endsQuietly,
      faint,
      at,
      cameFrom,
    })
  }
  return found
}

/** Written out member by member: a map of hundreds of steps has thousands of facts, and merging objects is slow. */
function sided(fact: Fact, side: Side['name']): Told['facts'][number] {
  const { name, value, unit, level, source } = fact
  if (unit === undefined || level === undefined) return { ...fact, side }
  return source === undefined ? { name, value, unit, level, side } : { name, value, unit, level, source, side }
}

export function together(list: readonly Told[]): Told | null {
  const open = list.filter((firing) => !firing.fires)
  const [first] = open
  if (!first) return null
  const subject = [...new Set(open.flatMap((firing) => firing.subject))].sort(compareText)
  const missing = [...new Set(open.flatMap((firing) => firing.missing))]
  return { ...first, subject, missing, lane: open.length === 1 ? first.lane : null }
}
