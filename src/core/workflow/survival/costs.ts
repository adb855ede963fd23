/** What a set of steps costs each case on one side, burden by burden. */
import { nextSteps, type View } from '../map/graph.ts'
import { classOf, type Node } from '../map/workflow.ts'
import type { Side } from '../rules/side.ts'

export const burdenNames = {
  time: { name: 'waiting', unit: 'minutes per case' },
  work: { name: 'work by hand', unit: 'minutes per case' },
  touches: { name: 'steps by hand', unit: 'per case' },
  entries: { name: 'values typed', unit: 'per case' },
  copies: { name: 'values copied by hand', unit: 'per case' },
  handoffs: { name: 'hand-overs', unit: 'per case' },
  exceptions: { name: 'cases that go wrong', unit: 'per case' },
  checks: { name: 'checks by eye', unit: 'per case' },
} as const
export type BurdenName = keyof typeof burdenNames

export const burdenList: readonly BurdenName[] = [
  'time',
  'work',
  'touches',
  'entries',
  'copies',
  'handoffs',
  'exceptions',
  'checks',
]

export interface Burden {
  readonly burden: BurdenName
  /** Per case; null where a fact is absent. */
  readonly before: number | null
  readonly after: number | null
  /** 1 − after/before; null where it can not be told. */
  readonly change: number | null
}

export function burdenOf(burden: BurdenName, before: number | null, after: number | null): Burden {
  const change = before === null || after === null || before === 0 ? (before === 0 && after === 0 ? 0 : null) : 1 - after / before
  return { burden, before, after, change }
}

/** `handoffs`: steps that do nothing but hand over, and copying of what another role wrote. */
export type Costs = Readonly<Record<BurdenName, number | null>> & { readonly missing: readonly string[] }

/** Visits of the steps decide how often each burden comes; what nobody timed makes the sum of it unknown. */
export function costsOf(side: Side, ids: readonly string[]): Costs {
  const { view, times } = side
  const missing: string[] = []
  let [wait, work]: [number | null, number | null] = [0, 0]
  let [touches, entries, copies, handoffs, exceptions, checks] = [0, 0, 0, 0, 0, 0]
  for (const id of ids) {
    const at = view.indexOf.get(id)
    const node = at === undefined ? undefined : view.nodes[at]
    const spent = at === undefined ? undefined : times.steps[at]
    if (!node || !spent) continue
    const visits = spent.visits ?? 1
    const machine = isMachine(node)
    // A machine that nobody says waits begins at once, and its time is nobody's work.
    const waits = waitOf(spent) ?? (machine ? 0 : null)
    if (waits === null) missing.push(`wait of “${node.label}” (or arrivals and staff to work it out)`)
    wait = wait === null || waits === null ? null : wait + (waits * visits) / 60
    if (node.type === 'wait') continue
    const touch = machine || node.external ? 0 : spent.touch
    if (touch === null) missing.push(`working time of “${node.label}”`)
    work = work === null || touch === null ? null : work + (touch * visits) / 60
    if (node.kind === 'exception') exceptions += visits
    if (machine || node.external) continue
    touches += visits
    entries += visits * (node.writes ?? []).filter(({ mode }) => mode === 'typed').length
    copies += visits * copiesAt(node)
    if (node.kind === 'check') checks += visits
    if (node.kind === 'handoff' || isCopiedByAnother(view, node, at)) handoffs += visits
  }
  return { time: wait, work, touches, entries, copies, handoffs, exceptions, checks, missing: [...new Set(missing)] }
}

export function isMachine({ medium }: Node): boolean {
  return medium !== null && classOf(medium) === 'machine'
}

/** Values that a person writes off another sheet or screen. */
function copiesAt({ kind, reads, writes }: Node): number {
  const typed = (writes ?? []).filter(({ mode }) => mode === 'typed')
  return kind === 'transcribe' ? typed.length : typed.filter(({ element }) => (reads ?? []).includes(element)).length
}

function isCopiedByAnother({ into, nodes }: View, { kind, lane }: Node, at: number | undefined): boolean {
  if (kind !== 'transcribe' || at === undefined) return false
  return (into[at] ?? []).some(({ from }) => {
    const before = nodes[from]
    return before !== undefined && before.lane !== null && before.lane !== lane && !isMachine(before)
  })
}

/** The queue of a role is told once, of the role: a step is not to blame for what its role does elsewhere. */
function waitOf({ queue, batch, delay }: Side['times']['steps'][number]): number | null {
  if (batch === null) return null
  return delay === null && queue === null ? null : (delay ?? 0) + batch
}

/** Times per case that work goes from one role to another, over the whole map; nobody hands over to a machine. */
export function handoversOf({ view, times }: Side): number {
  let sum = 0
  for (const from of view.steps) {
    const a = view.nodes[from]
    if (!a || a.lane === null || isMachine(a)) continue
    for (const { to, share } of nextSteps(view, from)) {
      const b = view.nodes[to]
      if (b && b.lane !== null && a.lane !== b.lane && !isMachine(b)) sum += (times.steps[from]?.visits ?? 1) * share
    }
  }
  return sum
}
