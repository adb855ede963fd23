/** What must hold for every log and every process: replay by construction, and alignments that cost no more than the cheapest. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../../src/core/random.ts'
import { Aligner } from '../../../../src/core/workflow/mining/align.ts'
import { inductiveMiner } from '../../../../src/core/workflow/mining/inductive.ts'
import { type Net, netOfTree } from '../../../../src/core/workflow/mining/net.ts'
import { childrenOf, type ProcessTree } from '../../../../src/core/workflow/mining/process-tree.ts'
import { alignAll, fitnessOf, precisionOf } from '../../../../src/core/workflow/mining/quality.ts'

const long = process.env.LONG !== undefined
const runs = { numRuns: long ? 2000 : 40 }
const labelOf = (activity: number): string => String.fromCharCode(97 + activity)

/** Trees of up to three levels whose activities are all different. */
const tree: fc.Arbitrary<ProcessTree> = fc
  .letrec<{ tree: ProcessTree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 3, arbitrary: fc.constant<ProcessTree>({ kind: 'activity', activity: 0 }) },
      { weight: 1, arbitrary: fc.constant<ProcessTree>({ kind: 'silent' }) },
      {
        weight: 5,
        arbitrary: fc
          .tuple(
            fc.constantFrom('sequence' as const, 'choice' as const, 'parallel' as const),
            fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
          )
          .map(([kind, children]): ProcessTree => ({ kind, children })),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(tie('tree'), tie('tree')).map(([body, redo]): ProcessTree => ({ kind: 'loop', body, redo })),
      },
    ),
  }))
  .tree.map((drawn) => numbered(drawn, { next: 0 }))

function numbered(node: ProcessTree, counter: { next: number }): ProcessTree {
  if (node.kind === 'activity') return { kind: 'activity', activity: counter.next++ }
  if (node.kind === 'silent') return node
  if (node.kind === 'loop') return { kind: 'loop', body: numbered(node.body, counter), redo: numbered(node.redo, counter) }
  return { kind: node.kind, children: node.children.map((child) => numbered(child, counter)) }
}

/** One run of a tree. */
function played(node: ProcessTree, random: ReturnType<typeof seededRandom>): number[] {
  switch (node.kind) {
    case 'activity':
      return [node.activity]
    case 'silent':
      return []
    case 'sequence':
      return node.children.flatMap((child) => played(child, random))
    case 'choice':
      return played(random.pick(node.children), random)
    case 'parallel': {
      const parts = childrenOf(node).map((child) => played(child, random))
      const mixed: number[] = []
      while (parts.some((part) => part.length > 0)) mixed.push(random.pick(parts.filter((part) => part.length > 0)).shift() ?? 0)
      return mixed
    }
    case 'loop': {
      const run = played(node.body, random)
      while (random.next() < 0.3 && run.length < 20) run.push(...played(node.redo, random), ...played(node.body, random))
      return run
    }
  }
}

function noisy(trace: readonly number[], random: ReturnType<typeof seededRandom>): number[] {
  const out = [...trace]
  for (let edits = random.below(4); edits > 0; edits--) {
    const at = random.below(out.length + 1)
    const kind = random.below(3)
    if (kind === 0) out.splice(at, 0, random.below(8))
    else if (kind === 1) out.splice(at, 1)
    else if (at + 1 < out.length) out.splice(at, 2, out[at + 1] ?? 0, out[at] ?? 0)
  }
  return out
}

test('without a noise filter every trace of the log can be replayed, whatever the log', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 }), { minLength: 1, maxLength: 8 }),
      (traces) => {
        const log = traces.map((activities) => ({ activities, count: 1 }))
        const net = netOfTree(inductiveMiner(log), labelOf)
        const labelled = log.map(({ activities, count }) => ({ labels: activities.map(labelOf), count }))
        const { alignments, shortest } = alignAll(net, labelled)
        expect(fitnessOf(labelled, alignments, shortest)?.fitting).toBe(1)
      },
    ),
    runs,
  )
})

test('runs of a random process are replayed by what is discovered from them, and by the process itself', () => {
  fc.assert(
    fc.property(tree, fc.integer(), (drawn, seed) => {
      const random = seededRandom(String(seed))
      const traces = Array.from({ length: 20 }, () => ({ activities: played(drawn, random), count: 1 }))
      const labelled = traces.map(({ activities, count }) => ({ labels: activities.map(labelOf), count }))
      for (const net of [netOfTree(drawn, labelOf), netOfTree(inductiveMiner(traces), labelOf)]) {
        const { alignments, shortest } = alignAll(net, labelled)
        expect(fitnessOf(labelled, alignments, shortest)?.fitting).toBe(1)
      }
    }),
    runs,
  )
})

test('alignments cost exactly what an exhaustive search finds, and their moves add up to the trace', () => {
  fc.assert(
    fc.property(tree, fc.integer(), (drawn, seed) => {
      const random = seededRandom(String(seed))
      const net = netOfTree(drawn, labelOf)
      const aligner = new Aligner(net)
      for (let n = 0; n < 3; n++) {
        const trace = noisy(played(drawn, random), random).slice(0, 12).map(labelOf)
        const found = aligner.align(trace)
        if (found.kind !== 'optimal') throw new Error('not decided')
        expect(found.cost).toBe(cheapest(net, trace))
        expect(found.moves.flatMap((move) => (move.kind === 'sync' || move.kind === 'log' ? [move.event] : []))).toEqual(
          trace.map((_, index) => index),
        )
        expect(found.moves.filter(({ kind }) => kind === 'log' || kind === 'model')).toHaveLength(found.cost)
      }
    }),
    runs,
  )
})

/** Dijkstra over markings × trace as plain texts: slow, and shares no line with the search it judges. */
function cheapest(net: Net, trace: readonly string[]): number {
  const start = { marking: [net.source], at: 0 }
  const keyOf = ({ marking, at }: typeof start): string => `${[...marking].sort((a, b) => a - b).join()}|${at}`
  const costs = new Map([[keyOf(start), 0]])
  let level = [start]
  for (let cost = 0; ; cost++) {
    const next: (typeof start)[] = []
    for (let state = level.pop(); state; state = level.pop()) {
      if ((costs.get(keyOf(state)) ?? 0) < cost) continue
      const { marking, at } = state
      if (at === trace.length && marking.length === 1 && marking[0] === net.sink) return cost
      const go = (to: typeof start, price: number): void => {
        const known = costs.get(keyOf(to))
        if (known !== undefined && known <= cost + price) return
        costs.set(keyOf(to), cost + price)
        ;(price === 0 ? level : next).push(to)
      }
      if (at < trace.length) go({ marking, at: at + 1 }, 1)
      for (const { label, take, give } of net.transitions) {
        const left = [...marking]
        if (!take.every((place) => left.includes(place) && left.splice(left.indexOf(place), 1).length > 0)) continue
        const after = [...left, ...give]
        const name = net.labels[label]
        go({ marking: after, at }, name === undefined ? 0 : 1)
        if (name !== undefined && name === trace[at]) go({ marking: after, at: at + 1 }, 0)
      }
    }
    level = next
    if (level.length === 0) return Number.POSITIVE_INFINITY
  }
}

test('a search that is stopped by its budget gives bounds that hold the true cost', () => {
  const drawn: ProcessTree = {
    kind: 'parallel',
    children: Array.from({ length: 7 }, (_, activity): ProcessTree => ({ kind: 'activity', activity })),
  }
  const net = netOfTree(drawn, labelOf)
  const trace = ['g', 'x', 'f', 'y', 'a', 'a', 'b']
  const whole = new Aligner(net).align(trace)
  const cut = new Aligner(net, 8).align(trace)
  if (whole.kind !== 'optimal' || cut.kind !== 'undecided') throw new Error(`${whole.kind} ${cut.kind}`)
  expect(cut.least).toBeLessThanOrEqual(whole.cost)
  expect(cut.most).toBeGreaterThanOrEqual(whole.cost)
})

test('bounds of fitness hold what a search without a budget finds', () => {
  const drawn: ProcessTree = {
    kind: 'parallel',
    children: Array.from({ length: 7 }, (_, activity): ProcessTree => ({ kind: 'activity', activity })),
  }
  const net = netOfTree(drawn, labelOf)
  const traces = ['gxfyaab', 'abcdefg', 'gfedcba', 'a', ''].map((text, index) => ({ labels: [...text], count: index + 1 }))
  const whole = alignAll(net, traces)
  const budgets = [150, 200, 300, 1000].map((budget) => new Aligner(net, budget))
  expect(budgets.map(({ shortest }) => shortest)).toEqual(budgets.map(() => 7))
  const truth = fitnessOf(traces, whole.alignments, whole.shortest)
  const all = budgets.map((aligner) =>
    fitnessOf(
      traces,
      traces.map(({ labels }) => aligner.align(labels)),
      whole.shortest,
    ),
  )
  expect(all.some((found) => (found?.undecided ?? 0) > 0)).toBe(true)
  for (const found of all)
    for (const share of ['fitting', 'average'] as const) {
      const [least, most] = found?.bounds[share] ?? [1, 0]
      expect(least).toBeLessThanOrEqual(truth?.[share] ?? -1)
      expect(most).toBeGreaterThanOrEqual(truth?.[share] ?? 2)
    }
})

test('precision is the share of open ways that cases take, by its counts', () => {
  const step = (activity: number): ProcessTree => ({ kind: 'activity', activity })
  const drawn: ProcessTree = {
    kind: 'sequence',
    children: [step(0), { kind: 'choice', children: [step(1), step(2), step(3)] }, step(4)],
  }
  const net = netOfTree(drawn, labelOf)
  const found = precisionOf(net, [
    { labels: [...'abe'], count: 2 },
    { labels: [...'ace'], count: 2 },
  ])
  // Four cases stand before one, three and one open ways; one of the three is never taken.
  expect(found).toEqual({ value: 1 - 4 / 20, asPublished: 1 - 4 / 28, enabled: 20, escaping: 4, prefixes: 8 })
})
