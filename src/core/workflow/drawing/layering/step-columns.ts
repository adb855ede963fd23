/** Which step stands in which column: the longest way from a start, with flows that lead back turned around. */

export interface Flow {
  readonly from: number
  readonly to: number
}

export interface Layers {
  readonly layer: Int32Array
  /** Every flow once, running forwards; `back` where it leads back on the map. */
  readonly flows: readonly (Flow & { readonly back: boolean })[]
  /** Nodes so that each comes after those before it. */
  readonly order: readonly number[]
}

/** @param first nodes to begin with: starts, in the order of the map */
export function layersOf(count: number, flows: readonly Flow[], first: readonly number[]): Layers {
  const out: number[][] = Array.from({ length: count }, () => [])
  for (const [at, { from, to }] of flows.entries()) if (from !== to) out[from]?.push(at)
  const { order, back } = withoutCycles(count, flows, out, first)
  const forward = flows.flatMap((flow, at) => {
    if (flow.from === flow.to) return []
    return back.has(at) ? [{ from: flow.to, to: flow.from, back: true }] : [{ ...flow, back: false }]
  })
  const layer = new Int32Array(count)
  const after: number[][] = Array.from({ length: count }, () => [])
  const enters = new Int32Array(count)
  for (const { from, to, back: turned } of forward) {
    // Work that is sent back does not decide how far right a step stands.
    if (turned) continue
    after[from]?.push(to)
    enters[to] = (enters[to] ?? 0) + 1
  }
  for (const at of order) for (const to of after[at] ?? []) layer[to] = Math.max(layer[to] ?? 0, (layer[at] ?? 0) + 1)
  // What nothing leads to stands right before what it leads to.
  for (const at of order.toReversed()) {
    const next = after[at] ?? []
    if (enters[at] === 0 && next.length > 0) layer[at] = Math.min(...next.map((to) => layer[to] ?? 0)) - 1
  }
  return { layer, flows: forward.map((flow) => forwards(flow, layer)), order }
}

/** A flow turned around may still run against the columns, where its target can be reached another way. */
function forwards(flow: Flow & { readonly back: boolean }, layer: Int32Array): Flow & { readonly back: boolean } {
  const against = (layer[flow.from] ?? 0) > (layer[flow.to] ?? 0)
  return against ? { from: flow.to, to: flow.from, back: !flow.back } : flow
}

/** Depth first from the starts; what meets its own path leads back. */
function withoutCycles(
  count: number,
  flows: readonly Flow[],
  out: readonly (readonly number[])[],
  first: readonly number[],
): { readonly order: readonly number[]; readonly back: ReadonlySet<number> } {
  const state = new Uint8Array(count)
  const next = new Int32Array(count)
  const back = new Set<number>()
  const order: number[] = []
  for (const root of [...first, ...Array(count).keys()]) {
    if (state[root] !== 0) continue
    const path = [root]
    state[root] = 1
    while (path.length > 0) {
      const at = path.at(-1) ?? 0
      const flow = out[at]?.[next[at] ?? 0]
      if (flow === undefined) {
        state[at] = 2
        order.push(at)
        path.pop()
        continue
      }
      next[at] = (next[at] ?? 0) + 1
      const to = flows[flow]?.to ?? 0
      if (state[to] === 1) back.add(flow)
      else if (state[to] === 0) {
        state[to] = 1
        path.push(to)
      }
    }
  }
  return { order: order.reverse(), back }
}
