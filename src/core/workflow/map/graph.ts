/** One graph, indexed: neighbours, shares of flows, reachability, cycles and expected visits. Built once per edit, read by every rule. */
import { compareText } from '../../finding.ts'
import { type Edge, type Graph, isStep, type Node } from './workflow.ts'

export interface View {
  readonly graph: Graph
  /** In id order; documents and notes stand outside the flow and are left out. */
  readonly nodes: readonly Node[]
  readonly indexOf: ReadonlyMap<string, number>
  /** Flows that leave and enter each node, in id order. */
  readonly out: readonly (readonly Flow[])[]
  readonly into: readonly (readonly Flow[])[]
  /** Strongly connected groups in flow order (sources first). */
  readonly groups: readonly (readonly number[])[]
  readonly groupOf: Int32Array
  /** Expected visits per case; null where a loop has no way out. */
  readonly visits: Float64Array | null
  readonly steps: readonly number[]
  reaches(from: number, to: number): boolean
}

export interface Flow {
  readonly edge: Edge
  readonly from: number
  readonly to: number
  /** Share of the cases at `from` that go this way. */
  readonly share: number
  /** False where the share was filled in because nobody gave one. */
  readonly known: boolean
}

const views = new WeakMap<Graph, View>()

/** Graphs are immutable, so their view is built once. */
export function viewOf(graph: Graph): View {
  const known = views.get(graph)
  if (known) return known
  const view = build(graph)
  views.set(graph, view)
  return view
}

/** The ways of a map, without the facts of its steps: an edit of facts leaves them as they are. */
interface Ways {
  readonly indexOf: View['indexOf']
  readonly out: View['out']
  readonly into: View['into']
  readonly groups: View['groups']
  readonly groupOf: View['groupOf']
  readonly steps: View['steps']
  visits(): Float64Array | null
  reaches(from: number, to: number): boolean
}

const waysOf = new WeakMap<View, Ways>()

function viewOn(graph: Graph, nodes: readonly Node[], ways: Ways): View {
  const { indexOf, out, into, groups, groupOf, steps, reaches } = ways
  const view: View = {
    graph,
    nodes,
    indexOf,
    out,
    into,
    groups,
    groupOf,
    get visits() {
      return ways.visits()
    },
    steps,
    reaches,
  }
  waysOf.set(view, ways)
  return view
}

/** The view of a map whose steps differ from those of an earlier one in their facts only, neither in number nor in type, and whose flows are the same. */
export function viewLike(graph: Graph, earlier: View): View {
  const known = views.get(graph)
  if (known) return known
  const ways = waysOf.get(earlier)
  if (!ways) return viewOf(graph)
  const view = viewOn(
    graph,
    earlier.nodes.map((node) => graph.nodes.get(node.id) ?? node),
    ways,
  )
  views.set(graph, view)
  return view
}

function build(graph: Graph): View {
  const nodes = [...graph.nodes.values()]
    .filter((node) => node.type !== 'note' && node.type !== 'document')
    .sort((a, b) => compareText(a.id, b.id))
  const indexOf = new Map(nodes.map((node, index) => [node.id, index]))
  const leaving: Edge[][] = nodes.map(() => [])
  for (const edge of [...graph.edges.values()].sort((a, b) => compareText(a.id, b.id))) {
    const from = indexOf.get(edge.from)
    if (from !== undefined && indexOf.has(edge.to)) leaving[from]?.push(edge)
  }
  const out = nodes.map((node, from) => flowsOf(node, from, leaving[from] ?? [], indexOf))
  const into: Flow[][] = nodes.map(() => [])
  for (const flows of out) for (const flow of flows) into[flow.to]?.push(flow)
  const { groups, groupOf } = strongGroups(nodes.length, out)
  // Layout needs neither, and both grow faster than the map: they are computed when first asked for.
  let rows: ReturnType<typeof reachRows> | null = null
  let visits: { readonly value: Float64Array | null } | null = null
  const width = (nodes.length + 31) >>> 5
  return viewOn(graph, nodes, {
    indexOf,
    out,
    into,
    groups,
    groupOf,
    visits: () => {
      visits ??= { value: expectedVisits(nodes, out, into, groups, groupOf) }
      return visits.value
    },
    steps: nodes.flatMap((node, index) => (isStep(node) ? [index] : [])),
    reaches: (from, to) => {
      rows ??= reachRows(nodes.length, out, groups, groupOf)
      return (((rows[from * width + (to >>> 5)] ?? 0) >>> (to & 31)) & 1) === 1
    },
  })
}

/** Flows without a share divide what the others leave; exceptions and timeouts without one are ways, but take no share. */
function flowsOf(node: Node, from: number, edges: readonly Edge[], indexOf: ReadonlyMap<string, number>): Flow[] {
  const every = node.type === 'parallel'
  const each = node.type === 'inclusive'
  let given = 0
  let open = 0
  for (const edge of edges) {
    if (edge.probability !== null) given += edge.probability
    else if (!edge.exception && edge.timeout === null) open++
  }
  const rest = open === 0 ? 0 : Math.max(0, 1 - given) / open
  return edges.map((edge) => {
    const side = edge.exception || edge.timeout !== null
    const share = every ? 1 : (edge.probability ?? (side ? 0 : each ? 1 : rest))
    const known = every || edge.probability !== null || (open === 1 && !side)
    return { edge, from, to: indexOf.get(edge.to) ?? 0, share, known }
  })
}

/** A flow is a way unless somebody said that nobody takes it. */
export function isWay(flow: Flow): boolean {
  return flow.edge.probability === null || flow.edge.probability > 0
}

/** Tarjan's strongly connected components, without recursion; sources come first. */
export function strongGroups(
  n: number,
  out: readonly (readonly { readonly to: number; readonly share: number }[])[],
): { readonly groups: readonly (readonly number[])[]; readonly groupOf: Int32Array } {
  const order = new Int32Array(n).fill(-1)
  const low = new Int32Array(n)
  const groupOf = new Int32Array(n).fill(-1)
  const next = new Int32Array(n)
  const stack: number[] = []
  const groups: number[][] = []
  let counter = 0
  for (let root = 0; root < n; root++) {
    if (order[root] !== -1) continue
    const path = [root]
    while (path.length > 0) {
      const at = path[path.length - 1] ?? 0
      if (order[at] === -1) {
        order[at] = low[at] = counter++
        stack.push(at)
      }
      const flows = out[at] ?? []
      const flow = flows[next[at] ?? 0]
      if (flow) {
        next[at] = (next[at] ?? 0) + 1
        if (order[flow.to] === -1) path.push(flow.to)
        else if (groupOf[flow.to] === -1) low[at] = Math.min(low[at] ?? 0, order[flow.to] ?? 0)
        continue
      }
      path.pop()
      const parent = path[path.length - 1]
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[at] ?? 0)
      if (low[at] !== order[at]) continue
      const group: number[] = []
      for (;;) {
        const member = stack.pop() ?? at
        groupOf[member] = groups.length
        group.push(member)
        if (member === at) break
      }
      groups.push(group.sort((a, b) => a - b))
    }
  }
  // Tarjan finds sinks first.
  groups.reverse()
  for (let node = 0; node < n; node++) groupOf[node] = groups.length - 1 - (groupOf[node] ?? 0)
  return { groups, groupOf }
}

/** Bit rows: which nodes can be reached by at least one flow. */
function reachRows(
  n: number,
  out: readonly (readonly Flow[])[],
  groups: readonly (readonly number[])[],
  groupOf: Int32Array,
): Uint32Array {
  const width = (n + 31) >>> 5
  const rows = new Uint32Array(n * width)
  for (let g = groups.length - 1; g >= 0; g--) {
    const members = groups[g] ?? []
    const first = (members[0] ?? 0) * width
    for (const member of members)
      for (const flow of out[member] ?? []) {
        if (!isWay(flow)) continue
        rows[first + (flow.to >>> 5)] = (rows[first + (flow.to >>> 5)] ?? 0) | (1 << (flow.to & 31))
        if (groupOf[flow.to] === g) continue
        for (let w = 0; w < width; w++) rows[first + w] = (rows[first + w] ?? 0) | (rows[flow.to * width + w] ?? 0)
      }
    if (members.length > 1)
      for (const member of members) rows[first + (member >>> 5)] = (rows[first + (member >>> 5)] ?? 0) | (1 << (member & 31))
    for (const member of members) if (member !== members[0]) rows.copyWithin(member * width, first, first + width)
  }
  return rows
}

/** v = s + Pᵀv; starts share one case equally. An AND-join fires once for all its inputs. */
function expectedVisits(
  nodes: readonly Node[],
  out: readonly (readonly Flow[])[],
  into: readonly (readonly Flow[])[],
  groups: readonly (readonly number[])[],
  groupOf: Int32Array,
): Float64Array | null {
  const source = new Float64Array(nodes.length)
  const starts = startsOf(nodes, into)
  for (const start of starts) source[start] = 1 / starts.length
  const weight = nodes.map((node, index) => {
    const inputs = into[index]?.length ?? 0
    return (node.type === 'parallel' || node.type === 'inclusive') && inputs > 1 ? 1 / inputs : 1
  })
  const links = out.map((flows) => flows.map((flow) => ({ to: flow.to, share: flow.share * (weight[flow.to] ?? 1) })))
  return solveFlow(source, links, groups, groupOf)
}

/** Nodes of type start; without any, the nodes nothing leads to. */
export function startsOf(nodes: readonly Node[], into: readonly (readonly Flow[])[]): readonly number[] {
  const declared = nodes.flatMap((node, index) => (node.type === 'start' ? [index] : []))
  return declared.length > 0 ? declared : nodes.flatMap((_, index) => ((into[index]?.length ?? 0) === 0 ? [index] : []))
}

/** Solves v = s + Pᵀv group by group in flow order; dense only inside a loop. Null when a loop keeps everything. */
export function solveFlow(
  source: Float64Array,
  links: readonly (readonly { readonly to: number; readonly share: number }[])[],
  groups: readonly (readonly number[])[],
  groupOf: Int32Array,
): Float64Array | null {
  const v = Float64Array.from(source)
  for (let g = 0; g < groups.length; g++) {
    const members = groups[g] ?? []
    if (!solveGroup(v, links, members, g, groupOf)) return null
    for (const member of members)
      for (const link of links[member] ?? [])
        if (groupOf[link.to] !== g) v[link.to] = (v[link.to] ?? 0) + (v[member] ?? 0) * link.share
  }
  return v
}

/** Gaussian elimination with partial pivoting over the members of one loop. */
function solveGroup(
  v: Float64Array,
  links: readonly (readonly { readonly to: number; readonly share: number }[])[],
  members: readonly number[],
  g: number,
  groupOf: Int32Array,
): boolean {
  const n = members.length
  const own = members[0] ?? 0
  if (n === 1 && !(links[own] ?? []).some((link) => link.to === own)) return true
  const place = new Map(members.map((member, index) => [member, index]))
  const a = members.map((_, row) => Float64Array.from({ length: n + 1 }, (__, column) => (row === column ? 1 : 0)))
  members.forEach((member, column) => {
    const row = a[column]
    if (row) row[n] = v[member] ?? 0
    for (const link of links[member] ?? []) {
      if (groupOf[link.to] !== g) continue
      const target = a[place.get(link.to) ?? 0]
      if (target) target[column] = (target[column] ?? 0) - link.share
    }
  })
  for (let column = 0; column < n; column++) {
    let best = column
    for (let row = column + 1; row < n; row++) if (Math.abs(a[row]?.[column] ?? 0) > Math.abs(a[best]?.[column] ?? 0)) best = row
    const pivot = a[best]
    if (!pivot || Math.abs(pivot[column] ?? 0) < 1e-12) return false
    a[best] = a[column] ?? pivot
    a[column] = pivot
    for (let row = 0; row < n; row++) {
      const target = a[row]
      if (!target || row === column || target[column] === 0) continue
      const factor = (target[column] ?? 0) / (pivot[column] ?? 1)
      for (let k = column; k <= n; k++) target[k] = (target[k] ?? 0) - factor * (pivot[k] ?? 0)
    }
  }
  members.forEach((member, row) => {
    v[member] = (a[row]?.[n] ?? 0) / (a[row]?.[row] ?? 1)
  })
  return true
}

const depthsOf = new WeakMap<View, Int32Array>()

/** Fewest flows from a start to each node. */
export function depths(view: View): Int32Array {
  const known = depthsOf.get(view)
  if (known) return known
  const depth = new Int32Array(view.nodes.length).fill(-1)
  let front = [...startsOf(view.nodes, view.into)]
  for (let level = 0; front.length > 0; level++) {
    const next: number[] = []
    for (const at of front) {
      if (depth[at] !== -1) continue
      depth[at] = level
      for (const flow of view.out[at] ?? []) if (depth[flow.to] === -1) next.push(flow.to)
    }
    front = next
  }
  depthsOf.set(view, depth)
  return depth
}

/** True where cases can come round again. */
export function isLoop(view: View, group: readonly number[]): boolean {
  const own = group[0] ?? 0
  return group.length > 1 || (view.out[own] ?? []).some((flow) => flow.to === own)
}

/** Next steps of a node, looking through gateways and events, with the share of cases that goes there. */
export function nextSteps(view: View, from: number): readonly { readonly to: number; readonly share: number }[] {
  const found = new Map<number, number>()
  const walk = (at: number, share: number, seen: ReadonlySet<number>): void => {
    for (const flow of view.out[at] ?? []) {
      const node = view.nodes[flow.to]
      if (!node || !isWay(flow)) continue
      if (isStep(node)) found.set(flow.to, (found.get(flow.to) ?? 0) + share * flow.share)
      else if (!seen.has(flow.to)) walk(flow.to, share * flow.share, new Set([...seen, flow.to]))
    }
  }
  walk(from, 1, new Set([from]))
  return [...found].map(([to, share]) => ({ to, share })).sort((a, b) => a.to - b.to)
}

/** Flows that cross from one lane to another: the hand-offs a map shows. Nobody hands work to a start or an end. */
export function handoffs(graph: Graph): readonly Edge[] {
  const laneOf = (id: string): string | null => {
    const node = graph.nodes.get(id)
    return node === undefined || node.type === 'start' || node.type === 'end' ? null : node.lane
  }
  return [...graph.edges.values()].filter((edge) => {
    const from = laneOf(edge.from)
    const to = laneOf(edge.to)
    return from !== null && to !== null && from !== to
  })
}

/** Nodes in flow order (ties by x, then id): what Page Down walks through and the table lists. */
export function flowOrder(graph: Graph): readonly Node[] {
  const view = viewOf(graph)
  const rank = new Map<number, number>()
  view.groups.forEach((group) => {
    // Members of a loop share the depth at which the loop is entered; their places on the canvas order them.
    let depth = 0
    for (const member of group)
      for (const flow of view.into[member] ?? [])
        if (view.groupOf[flow.from] !== view.groupOf[member]) depth = Math.max(depth, (rank.get(flow.from) ?? 0) + 1)
    for (const member of group) rank.set(member, depth)
  })
  return view.nodes
    .map((node, index) => ({ node, rank: rank.get(index) ?? 0 }))
    .sort((a, b) => a.rank - b.rank || a.node.x - b.node.x || compareText(a.node.id, b.node.id))
    .map((entry) => entry.node)
}
