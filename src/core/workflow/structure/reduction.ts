/** Block reduction: takes out of a net what can not change whether it is sound, so that little is left to try out. */

export type Gate = 'xor' | 'and' | 'or'

export interface Net {
  /** How each node takes and gives tokens, by node number; nodes without flows are gone. */
  readonly joins: readonly Gate[]
  readonly splits: readonly Gate[]
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}

/** Sequences are shortened, equal flows between two gates of one kind become one, gates of one kind in a row are merged. */
export function reduced(net: Net): Net {
  const joins = [...net.joins]
  const splits = [...net.splits]
  const out = new Map<number, number[]>()
  const into = new Map<number, number[]>()
  for (const { from, to } of net.edges) {
    add(out, from, to)
    add(into, to, from)
  }
  const waiting = new Set(joins.map((_, at) => at))
  const touch = (...nodes: readonly number[]): void => {
    for (const node of nodes) waiting.add(node)
  }
  const cut = (from: number, to: number): void => {
    drop(out, from, to)
    drop(into, to, from)
    touch(from, to)
  }
  const join = (from: number, to: number): void => {
    add(out, from, to)
    add(into, to, from)
    touch(from, to)
  }
  for (const at of waiting) {
    waiting.delete(at)
    const ahead = out.get(at) ?? []
    const behind = into.get(at) ?? []
    if (ahead.includes(at) && joins[at] === 'xor' && splits[at] === 'xor') {
      cut(at, at)
      continue
    }
    const double = ahead.find((to, index) => ahead.indexOf(to) !== index)
    if (double !== undefined && splits[at] === joins[double]) {
      cut(at, double)
      continue
    }
    const [next] = ahead
    const [before] = behind
    if (ahead.length === 1 && behind.length === 1 && next !== undefined && before !== undefined && next !== at && before !== at) {
      cut(before, at)
      cut(at, next)
      join(before, next)
      continue
    }
    if (ahead.length === 1 && behind.length > 1 && next !== undefined && next !== at) {
      // Behind a join stands a node that it alone leads to: the join leads where that node leads, and keeps its name.
      if ((into.get(next) ?? []).length === 1) {
        splits[at] = splits[next] ?? 'xor'
        const beyond = [...(out.get(next) ?? [])]
        cut(at, next)
        for (const to of beyond) {
          cut(next, to)
          join(at, to === next ? at : to)
        }
        continue
      }
      // A join straight into a join of its kind: one join.
      if (joins[next] === joins[at] && !behind.includes(at)) {
        const before = [...behind]
        cut(at, next)
        for (const from of before) {
          cut(from, at)
          join(from, next)
        }
        continue
      }
    }
    // A split straight behind a split of its kind: one split.
    if (behind.length === 1 && ahead.length > 1 && before !== undefined && before !== at && !ahead.includes(at)) {
      if ((out.get(before) ?? []).length > 1 && splits[before] === splits[at]) {
        cut(before, at)
        for (const to of [...ahead]) {
          cut(at, to)
          join(before, to)
        }
      }
    }
  }
  const edges = [...out].flatMap(([from, list]) => list.map((to) => ({ from, to })))
  edges.sort((a, b) => a.from - b.from || a.to - b.to)
  return { joins, splits, edges }
}

function add(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function drop(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key)
  const at = list?.indexOf(value) ?? -1
  if (list && at >= 0) list.splice(at, 1)
}
