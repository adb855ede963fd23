/** What an earlier comparison leaves for the next: after an edit, a rule is asked again only where the edit can change its answer. */
import type { Fact } from '../../finding.ts'
import { viewLike } from '../map/graph.ts'
import type { Policy } from '../map/policy.ts'
import { scenarioOn } from '../map/scenario-on.ts'
import { sides, type Workflow, type WorkflowSide } from '../map/workflow.ts'
import type { DataEvidence } from '../rules/data-states.ts'
import { type Results, type Sides, sidesOf } from '../rules/side.ts'
import { commonMembers, type SurvivalRule } from '../rules/survival-rule.ts'
import { keepTimes, timeMembers } from '../times/times.ts'
import { type Changes, changesBetween, touches } from './changes.ts'
import type { Judged, Told } from './outcomes.ts'

/** One comparison with everything it rests on; nothing of it ever changes. */
export interface Remembered {
  readonly workflow: Workflow
  readonly policy: Policy
  readonly results: Results
  readonly evidence: DataEvidence | null
  readonly sides: Sides
  readonly judged: ReadonlyMap<SurvivalRule, Judged>
}

/** An earlier comparison, seen from the next one. */
export interface Past extends Remembered {
  readonly changes: Readonly<Record<WorkflowSide, Changes>>
  /** The times of a side are those of then. */
  readonly sameTimes: Readonly<Record<WorkflowSide, boolean>>
  readonly sameTrace: boolean
  /** Trace and data evidence are those of then. */
  readonly sameLinks: boolean
  /** Equal firings have equal outcomes and sentences: trace, names, roles, media and evidence levels are those of then. */
  readonly sameGround: boolean
}

/** What an outcome and its sentence look at beside the firings. */
const ground = ['label', 'lane', 'medium', 'evidence'] as const

/** Both sides of a workflow, with as much of an earlier comparison as still holds; `past` is null where nothing does. */
export function sidesAfter(
  workflow: Workflow,
  policy: Policy,
  results: Results,
  evidence: DataEvidence | null,
  earlier: Remembered | null,
): { readonly sides: Sides; readonly past: Past | null } {
  if (!earlier || earlier.policy !== policy) return { sides: sidesOf(workflow, policy, results, evidence), past: null }
  const changes = {
    current: changesBetween(earlier.workflow.current, workflow.current),
    future: changesBetween(earlier.workflow.future, workflow.future),
  }
  const timely = (side: WorkflowSide): boolean =>
    scenarioOn(earlier.workflow, side) === scenarioOn(workflow, side) &&
    earlier.results[side] === results[side] &&
    !touches(changes[side], timeMembers)
  const sameTimes = { current: timely('current'), future: timely('future') }
  for (const side of sides) {
    if (changes[side].all) continue
    const view = viewLike(workflow[side], earlier.sides[side].view)
    if (sameTimes[side]) keepTimes(view, scenarioOn(workflow, side), results[side], earlier.sides[side].times)
  }
  const whole = !changes.current.all && !changes.future.all
  const sameTrace = whole && earlier.workflow.trace === workflow.trace
  const sameLinks = sameTrace && earlier.evidence === evidence
  return {
    sides: sidesOf(workflow, policy, results, evidence, sameTrace ? earlier.sides.current.trace : undefined),
    past: {
      ...earlier,
      changes,
      sameTimes,
      sameTrace,
      sameLinks,
      sameGround: sameLinks && !touches(changes.current, ground) && !touches(changes.future, ground),
    },
  }
}

/** An edit since then can make the rule say something else about this side. */
export function looksAgain(rule: SurvivalRule, side: WorkflowSide, past: Past): boolean {
  const changed = (name: WorkflowSide): boolean =>
    !past.sameTimes[name] || touches(past.changes[name], commonMembers) || touches(past.changes[name], rule.reads)
  return rule.both ? !past.sameLinks || sides.some(changed) : changed(side)
}

/**
 * The earlier list where the new one says the same; otherwise the new one, with every firing that came before as it was then:
 * what rests on it need not be worked out again. An edit adds and removes few, so that a firing stands where it stood, from the front or from the back.
 */
export function settled(now: readonly Told[], before: readonly Told[] | undefined): readonly Told[] {
  if (before === undefined) return now
  const shift = before.length - now.length
  let same = shift === 0
  const list = now.map((firing, at) => {
    const was = [before[at], before[at + shift]].find((earlier) => isSame(firing, earlier))
    if (was === undefined) same = false
    return was ?? firing
  })
  return same ? before : list
}

/** Steps of a side on which outcomes and sentences may differ from those of then. */
export function isUntouched(past: Past, side: WorkflowSide, ids: readonly string[]): boolean {
  const { all, steps } = past.changes[side]
  return !all && (steps.size === 0 || !ids.some((id) => steps.has(id)))
}

function isSame(a: Told, b: Told | undefined): boolean {
  return (
    b !== undefined &&
    a.metric === b.metric &&
    a.fires === b.fires &&
    a.faint === b.faint &&
    a.at === b.at &&
    a.lane === b.lane &&
    a.load === b.load &&
    a.severity === b.severity &&
    a.minutes === b.minutes &&
    a.endsQuietly === b.endsQuietly &&
    a.cameFrom === null &&
    b.cameFrom === null &&
    isSameList(a.subject, b.subject) &&
    isSameList(a.missing, b.missing) &&
    isSameSeries(a.series, b.series) &&
    a.facts.length === b.facts.length &&
    a.facts.every((fact, at) => isSameFact(fact, b.facts[at]))
  )
}

function isSameFact(a: Fact, b: Fact | undefined): boolean {
  return (
    b !== undefined &&
    a.name === b.name &&
    a.value === b.value &&
    a.unit === b.unit &&
    a.level === b.level &&
    a.source === b.source
  )
}

function isSameSeries(a: readonly number[] | null, b: readonly number[] | null): boolean {
  return a === b || (a !== null && b !== null && isSameList(a, b))
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at])
}
