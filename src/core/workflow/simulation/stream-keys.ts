/** Which random numbers each step draws: one name per step, shared across the maps and never within one. */
import { compareText } from '../../finding.ts'
import { variationOf } from '../map/distribution.ts'
import type { Graph, Node, Workflow, WorkflowSide } from '../map/workflow.ts'
import { isSettled } from '../trace/trace.ts'

/**
 * Traced steps draw the same numbers in both graphs, so that a difference is a difference of the maps, not of luck. Numbers that no
 * future step draws (of steps that are gone, or became a machine together with others) are lent to future steps that would have
 * luck of their own: first between steps that stand beside the same traced steps, then by id. How long steps of the current map take
 * does not decide who lends: other times there leave the results of the future map alone.
 * Within one map a name is given out once: two steps with the same luck would be slow in the same cases, and lead times biased.
 */
export function streamKeys(workflow: Workflow, side: WorkflowSide): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  if (side === 'current') return keys
  const { current, future } = workflow
  const taken = new Set<string>()
  const give = (id: string, name: string): void => {
    let own = name
    for (let part = 2; taken.has(own); part++) own = `${name} part ${part}`
    taken.add(own)
    keys.set(id, own)
  }
  const links = [...workflow.trace.values()].filter(isSettled)
  for (const { from, to } of links.sort(
    (a, b) => compareText(a.from.join(), b.from.join()) || compareText(a.to.join(), b.to.join()),
  ))
    for (const id of to) if (from[0] !== undefined && future.nodes.has(id) && !keys.has(id)) give(id, from[0])
  const traced = new Map(keys)
  for (const id of [...future.nodes.keys()].sort(compareText)) if (!keys.has(id)) give(id, id)
  const idle = drawn(current).filter(({ id }) => !taken.has(id))
  const alone = drawn(future).filter(({ id }) => !current.nodes.has(keys.get(id) ?? id))
  const besideNow = neighbours(future, (id) => traced.get(id) ?? null)
  const besideThen = neighbours(current, (id) => id)
  const lend = (borrower: string, from: readonly Node[]): void => {
    const lender = from.find(({ id }) => !taken.has(id))
    if (!lender) return
    taken.add(lender.id)
    keys.set(borrower, lender.id)
  }
  for (const { id } of alone) {
    const beside = besideNow.get(id) ?? new Set()
    lend(
      id,
      idle.filter((each) => [...(besideThen.get(each.id) ?? [])].some((name) => beside.has(name))),
    )
  }
  for (const { id } of alone) if (!idle.some((each) => each.id === keys.get(id))) lend(id, idle)
  return new Map([...keys].filter(([id, name]) => id !== name || traced.has(id)))
}

/** Steps whose working time is drawn, by id. */
function drawn({ nodes }: Graph): readonly Node[] {
  return [...nodes.values()]
    .filter(({ service }) => service !== null && variationOf(service) > 0)
    .sort((a, b) => compareText(a.id, b.id))
}

/** Names of what comes right before and after each step, marked by which of both; null leaves a step unnamed. */
function neighbours({ edges }: Graph, nameOf: (id: string) => string | null): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const add = (id: string, name: string | null, where: 'before' | 'after'): void => {
    if (name !== null) found.set(id, (found.get(id) ?? new Set()).add(`${where} ${name}`))
  }
  for (const { from, to } of edges.values()) {
    add(from, nameOf(to), 'after')
    add(to, nameOf(from), 'before')
  }
  return found
}
