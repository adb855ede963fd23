/** The scenario as one map of a workflow reads it. Ids are the names of one map: what is said of a lane there counts for the lane of the same label here. */
import type { Scenario, StepRun } from './scenario.ts'
import type { Lane, Workflow, WorkflowSide } from './workflow.ts'

type Lanes = ReadonlyMap<string, Lane>

const made = new WeakMap<Scenario, WeakMap<Lanes, WeakMap<Lanes, Scenario>>>()

/** The scenario itself where every lane is named by its own id; otherwise the same object for the same lanes. */
export function scenarioOn(workflow: Workflow, side: WorkflowSide): Scenario | null {
  const { scenario } = workflow
  if (scenario === null) return null
  const here = workflow[side].lanes
  const there = workflow[side === 'current' ? 'future' : 'current'].lanes
  const byHere = made.get(scenario) ?? new WeakMap<Lanes, WeakMap<Lanes, Scenario>>()
  const byThere = byHere.get(here) ?? new WeakMap<Lanes, Scenario>()
  const known = byThere.get(there) ?? translated(scenario, here, there)
  made.set(scenario, byHere.set(here, byThere.set(there, known)))
  return known
}

/** Whether two lanes of different maps are one role. */
export function isSameRole(a: Lane, b: Lane): boolean {
  return a.id === b.id || (a.label !== '' && a.label === b.label)
}

function translated(scenario: Scenario, here: Lanes, there: Lanes): Scenario {
  const staff = shared(scenario.staff, here, there)
  const discipline = shared(scenario.discipline, here, there)
  const steps = withNeeds(scenario.steps, here, there)
  const same = staff === scenario.staff && discipline === scenario.discipline && steps === scenario.steps
  return same ? scenario : { ...scenario, staff, discipline, steps }
}

function shared<T>(given: ReadonlyMap<string, T>, here: Lanes, there: Lanes): ReadonlyMap<string, T> {
  const more: [string, T][] = []
  for (const lane of here.values()) {
    if (given.has(lane.id)) continue
    const other = [...there.values()].find((each) => given.has(each.id) && isSameRole(lane, each))
    const value = other && given.get(other.id)
    if (value !== undefined) more.push([lane.id, value])
  }
  return more.length === 0 ? given : new Map([...given, ...more])
}

function withNeeds(steps: Scenario['steps'], here: Lanes, there: Lanes): Scenario['steps'] {
  const idHere = (id: string): string => {
    const other = here.has(id) ? undefined : there.get(id)
    return (other && [...here.values()].find((lane) => isSameRole(lane, other))?.id) ?? id
  }
  const moved = [...steps].flatMap(([step, facts]): [string, StepRun][] =>
    facts.needs !== null && [...facts.needs.keys()].some((id) => idHere(id) !== id)
      ? [[step, { ...facts, needs: new Map([...facts.needs].map(([id, count]) => [idHere(id), count])) }]]
      : [],
  )
  return moved.length === 0 ? steps : new Map([...steps, ...moved])
}
