/** Cases of an event log held against the future maps, one by one: as drawn or not, and when; the trend of both is an index of drift. */
import { compareText } from '../../finding.ts'
import { type Graph, isStep, type Workflow } from '../../workflow/map/workflow.ts'
import { Aligner } from '../../workflow/mining/align.ts'
import { joinLabels, normalForm } from '../../workflow/mining/labels.ts'
import type { Net } from '../../workflow/mining/net.ts'
import { netOfGraph } from '../../workflow/mining/net-of-graph.ts'
import type { EvidenceOf } from '../model/artifact.ts'

type EventRow = EvidenceOf['events']['rows'][number]

export interface CaseVerdict {
  /** Last event in milliseconds since 1970. */
  readonly at: number
  /** Null where the map has no end to reach, or the case may still be under way. */
  readonly fits: boolean | null
  /** False where the search did not decide: such a case counts as not drawn, so that nothing hides behind an intricate way of working. */
  readonly judged: boolean
}

/** States that the search for one way of working may open; the board is on screen meanwhile. */
const budget = 20_000
/** Ways of working that are looked at for one map, most frequent first; far more than a month of a clinic has. */
const mostVariants = 50_000
/** Looking, exporting, printing and signing in are no steps, unless the map has a step of that name. */
const aside: ReadonlySet<string | null> = new Set(['view', 'export', 'print', 'login'])

/**
 * Each case belongs to the map that knows most of its activities; cases that no map knows are left out.
 * @param end moment of the board; cases that only lack their last steps and moved within `openDays` before it may still be under way
 */
export function casesAsDrawn(
  rows: readonly EventRow[],
  workflows: readonly Workflow[],
  end: number,
  openDays: number,
): readonly CaseVerdict[] {
  const maps = workflows
    .toSorted((a, b) => compareText(a.id, b.id))
    .map(({ future }) => ({ future, names: namesOf(future), cases: [] as Case[] }))
  for (const found of byCase(rows)) {
    const counted = maps.map(({ names }) => found.filter((row) => names.has(nameOf(row))).length)
    const most = Math.max(0, ...counted)
    const map = maps[counted.indexOf(most)]
    if (most === 0 || !map) continue
    const trace = found.filter((row) => map.names.has(nameOf(row)) || !aside.has(row.action)).map(nameOf)
    map.cases.push({ trace, at: found.at(-1)?.timestamp.at ?? 0 })
  }
  const since = end - openDays * 86_400_000
  return maps.flatMap(({ future, cases }) => verdictsOf(future, cases, since))
}

interface Case {
  readonly trace: readonly string[]
  readonly at: number
}

function byCase(rows: readonly EventRow[]): Iterable<readonly EventRow[]> {
  const cases = new Map<string, EventRow[]>()
  for (const row of rows) {
    if (row.lifecycle === 'start') continue
    const held = cases.get(row.case_id)
    if (held) held.push(row)
    else cases.set(row.case_id, [row])
  }
  for (const found of cases.values()) found.sort((a, b) => a.timestamp.at - b.timestamp.at || a.line - b.line)
  return cases.values()
}

function nameOf(row: EventRow): string {
  return normalForm(row.task_id ?? row.activity)
}

function namesOf(graph: Graph): ReadonlySet<string> {
  return new Set([...graph.nodes.values()].filter(isStep).flatMap((node) => [normalForm(node.label), normalForm(node.id)]))
}

function verdictsOf(graph: Graph, cases: readonly Case[], since: number): readonly CaseVerdict[] {
  const ids = new Map([...graph.nodes.values()].filter(isStep).map((node) => [normalForm(node.id), node.id]))
  const join = joinLabels([...new Set(cases.flatMap(({ trace }) => trace))], graph, ids)
  const net = netOfGraph(graph, (node) => (join.unseen.has(node.id) ? null : join.ofStep(node)))
  const aligner = new Aligner(net, budget)
  if (aligner.shortest === null) return cases.map(({ at }) => ({ at, fits: null, judged: true }))
  const variants = new Map<string, Case[]>()
  for (const one of cases) {
    const key = one.trace.join('\n')
    const held = variants.get(key)
    if (held) held.push(one)
    else variants.set(key, [one])
  }
  return [...variants.values()]
    .sort((a, b) => b.length - a.length)
    .flatMap((own, index) => {
      const trace = (own[0]?.trace ?? []).map(join.ofActivity)
      const found = index < mostVariants ? aligner.align(trace) : null
      const judged = found?.kind === 'optimal'
      const fits = judged && found.cost === 0
      const open = !fits && own.some(({ at }) => at >= since) && beginsARun(net, trace)
      return own.map(({ at }): CaseVerdict => ({ at, fits: open && at >= since ? null : fits, judged }))
    })
}

/** Markings that are followed at once; a map with more of them is not asked whether a case may go on. */
const mostMarkings = 2000

/** True where the trace begins a run of the net: every step so far was possible, whatever comes after it. */
function beginsARun(net: Net, trace: readonly string[]): boolean {
  let markings = afterSilent(net, [startOf(net)])
  for (const name of trace) {
    const label = net.labels.indexOf(name)
    if (label < 0) return false
    const takers = net.transitions.filter((one) => one.label === label)
    markings = afterSilent(
      net,
      markings.flatMap((marking) => takers.flatMap((one) => fired(marking, one) ?? [])),
    )
    if (markings.length === 0) return false
  }
  return true
}

type Marking = readonly number[]

function startOf(net: Net): Marking {
  return Array.from({ length: net.places }, (_, place) => (place === net.source ? 1 : 0))
}

function fired(marking: Marking, { take, give }: Net['transitions'][number]): readonly [Marking] | null {
  const next = [...marking]
  for (const place of take) {
    if ((next[place] ?? 0) === 0) return null
    next[place] = (next[place] ?? 0) - 1
  }
  for (const place of give) next[place] = (next[place] ?? 0) + 1
  return [next]
}

function afterSilent(net: Net, from: readonly Marking[]): readonly Marking[] {
  const silent = net.transitions.filter(({ label }) => label < 0)
  const known = new Map(from.map((marking) => [marking.join(), marking]))
  const open = [...known.values()]
  for (let marking = open.pop(); marking !== undefined && known.size < mostMarkings; marking = open.pop())
    for (const one of silent) {
      const [next] = fired(marking, one) ?? []
      if (next === undefined || known.has(next.join())) continue
      known.set(next.join(), next)
      open.push(next)
    }
  return [...known.values()]
}
