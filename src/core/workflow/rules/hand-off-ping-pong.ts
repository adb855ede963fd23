/** DB04: a case goes back to the role it came from, or changes hands at every second step. */
import { nextSteps, solveFlow, startsOf, strongGroups } from '../map/graph.ts'
import { classOf, isStep } from '../map/workflow.ts'
import { idsOf, roleName, type Side, stepsOf, thresholdFact, timeFact, unknownShares } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const handOffPingPong: SurvivalRule = {
  code: 'workflow/hand-off-ping-pong',
  db: 'DB04',
  title: 'Cases change hands again and again',
  why: 'Each hand-over adds a queue and a chance to forget; a case that comes back has to be read again.',
  remedy: 'Let one role do the neighbouring steps, or give the first role what it needs to finish.',
  severity: 'warning',
  metric: { name: 'number of returns', unit: 'per case', load: 'number of role changes' },
  both: false,
  whole: true,
  reads: [],
  levers: [
    { practice: 'case-based-work', how: 'Let a role finish what it began.' },
    { practice: 'order-assignment', how: 'The same person keeps the case.' },
    { practice: 'flexible-assignment', how: 'Let the role at hand do the neighbouring step.' },
  ],
  *find(side) {
    const nameless = stepsOf(side).filter(({ node }) => node.lane === null)
    const missing = [
      ...nameless.map(({ node }) => `role of “${node.label}”`),
      ...unknownShares(
        side,
        side.view.nodes.map((_, at) => at),
      ),
    ]
    if (missing.length > 0) {
      yield untold(idsOf(stepsOf(side).map(({ node }) => node)), missing)
      return
    }
    const walked = walkRoles(side)
    if (!walked) return
    const limit = side.policy['hand-off-ping-pong.returns'].value
    const severe = side.policy['hand-off-ping-pong.severe'].value
    const leastChanges = side.policy['hand-off-ping-pong.changes'].value
    const total = [...walked.returns.values()].reduce((sum, returns) => sum + returns, 0)
    const often = [...walked.returns].filter(([, returns]) => returns >= limit - 1e-9)
    const share = walked.visits === 0 ? 0 : walked.changes / walked.visits
    const restless = walked.changes >= leastChanges - 1e-9 && share > side.policy['hand-off-ping-pong.change-share'].value
    const shown = often.length > 0 || restless ? often : [...walked.returns]
    const nodes =
      shown.length === 0 && !restless
        ? []
        : shown.length === 0
          ? stepsOf(side).map(({ node }) => node)
          : [...new Set(shown.flatMap(([pair]) => boundaryOf(side, pair)))].flatMap((at) => side.view.nodes[at] ?? [])
    yield firing({
      subject: idsOf(nodes),
      faint: often.length === 0 && !restless,
      metric: total,
      load: walked.changes,
      severity: total >= severe - 1e-9 && often.length > 0 && walked.changes >= leastChanges - 1e-9 ? 'error' : 'warning',
      facts: [
        ...shown.map(([pair, returns]) => timeFact(side, `returns between ${rolesOf(side, pair)}`, returns, 'per case')),
        timeFact(side, 'role changes', walked.changes, 'per case'),
        ...(restless ? [timeFact(side, 'role changes per step', share, 'per step')] : []),
        thresholdFact(side, 'hand-off-ping-pong.returns'),
        ...(restless
          ? [thresholdFact(side, 'hand-off-ping-pong.change-share'), thresholdFact(side, 'hand-off-ping-pong.changes')]
          : []),
      ],
    })
  },
}

function rolesOf(side: Side, pair: string): string {
  return pair
    .split('\n')
    .map((lane) => roleName(side, lane))
    .join(' and ')
}

interface Walked {
  /** Expected A→B→A per case, by unordered pair of lanes. */
  readonly returns: ReadonlyMap<string, number>
  readonly changes: number
  readonly visits: number
}

/** The map unfolded by (node, role now, role before): a step of the role before is a return. */
function walkRoles(side: Side): Walked | null {
  const { view } = side
  const roles = new Map<string, number>([['', 0]])
  const numberOf = (role: string): number => {
    const known = roles.get(role)
    if (known === undefined) roles.set(role, roles.size)
    return known ?? roles.size - 1
  }
  for (const at of view.steps) numberOf(view.nodes[at]?.lane ?? '')
  const ids = new Map<number, number>()
  const states: { at: number; now: string; before: string }[] = []
  const links: { to: number; share: number }[][] = []
  const crossings: { from: number; share: number; pair: string | null }[] = []
  const enter = (at: number, now: string, before: string): number => {
    const key = (at * roles.size + numberOf(now)) * roles.size + numberOf(before)
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, states.length)
    states.push({ at, now, before })
    links.push([])
    return states.length - 1
  }
  const roleAt = (at: number, now: string): string => {
    const node = view.nodes[at]
    // Nobody hands over to a machine, and nobody waits for it to understand.
    const machine = node?.medium != null && classOf(node.medium) === 'machine'
    return node && isStep(node) && node.lane !== null && !machine ? node.lane : now
  }
  const starts = startsOf(view.nodes, view.into)
  const first = starts.map((at) => enter(at, roleAt(at, ''), ''))
  for (let s = 0; s < states.length; s++) {
    const state = states[s]
    if (!state) continue
    for (const flow of view.out[state.at] ?? []) {
      if (flow.share === 0) continue
      const next = roleAt(flow.to, state.now)
      const changed = next !== state.now && state.now !== ''
      links[s]?.push({ to: enter(flow.to, next, next === state.now ? state.before : state.now), share: flow.share })
      if (!changed) continue
      const pair = next === state.before ? [next, state.now].sort().join('\n') : null
      crossings.push({ from: s, share: flow.share, pair })
    }
  }
  const source = new Float64Array(states.length)
  for (const s of first) source[s] = 1 / first.length
  const { groups, groupOf } = strongGroups(states.length, links)
  const v = solveFlow(source, links, groups, groupOf)
  if (!v) return null
  const returns = new Map<string, number>()
  let changes = 0
  for (const { from, share, pair } of crossings) {
    const often = (v[from] ?? 0) * share
    changes += often
    if (pair !== null) returns.set(pair, (returns.get(pair) ?? 0) + often)
  }
  let visits = 0
  for (const at of view.steps) visits += view.visits?.[at] ?? 0
  return { returns: new Map([...returns].sort(([a], [b]) => (a < b ? -1 : 1))), changes, visits }
}

/** Steps of the two roles that hand over to the other one, and those that receive. */
function boundaryOf(side: Side, pair: string): readonly number[] {
  const [a = '', b = ''] = pair.split('\n')
  const found = new Set<number>()
  for (const at of side.view.steps) {
    const lane = side.view.nodes[at]?.lane
    if (lane !== a && lane !== b) continue
    for (const { to } of nextSteps(side.view, at)) {
      const other = side.view.nodes[to]?.lane
      if (other === lane || (other !== a && other !== b)) continue
      found.add(at)
      found.add(to)
    }
  }
  return [...found]
}
