/** Soundness against trying out every marking, on random maps; block-structured maps are sound, and one wrong join is found. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import { isWay, startsOf, type View, viewOf } from '../../../../src/core/workflow/map/graph.ts'
import { blankEdge, blankNode, type Edge, emptyGraph, type Graph, type Node } from '../../../../src/core/workflow/map/workflow.ts'
import { soundnessOf } from '../../../../src/core/workflow/structure/soundness.ts'

const runs = { numRuns: process.env.LONG ? 3000 : 150 }

interface Block {
  readonly kind: 'step' | 'row' | 'parallel' | 'choice' | 'loop'
  readonly parts: readonly Block[]
}

const block: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.constant<Block>({ kind: 'step', parts: [] }),
    fc.record({
      kind: fc.constantFrom<Block['kind']>('row', 'parallel', 'choice', 'loop'),
      parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    }),
  ),
})).block

class Builder {
  readonly nodes = new Map<string, Node>()
  readonly edges = new Map<string, Edge>()

  node(type: Node['type']): string {
    const id = `n${String(this.nodes.size).padStart(3, '0')}`
    this.nodes.set(id, { ...blankNode, id, type, label: id })
    return id
  }

  join(from: string, to: string): void {
    const id = `e${this.edges.size}`
    this.edges.set(id, { ...blankEdge, id, from, to })
  }

  /** Draws a block and gives its first and last node. */
  draw({ kind, parts }: Block): readonly [string, string] {
    if (kind === 'step') {
      const id = this.node('step')
      return [id, id]
    }
    if (kind === 'row') {
      const drawn = parts.map((part) => this.draw(part))
      for (const [index, part] of drawn.entries()) {
        const before = drawn[index - 1]
        if (before) this.join(before[1], part[0])
      }
      return [drawn[0]?.[0] ?? '', drawn[drawn.length - 1]?.[1] ?? '']
    }
    const gate = kind === 'parallel' ? 'parallel' : 'decision'
    const [open, close] = [this.node(gate), this.node(gate)]
    for (const [index, part] of parts.map((each) => this.draw(each)).entries()) {
      const back = kind === 'loop' && index > 0
      this.join(back ? close : open, part[0])
      this.join(part[1], back ? open : close)
    }
    return [open, close]
  }

  done(first: string, last: string): Graph {
    const [start, end] = [this.node('start'), this.node('end')]
    this.join(start, first)
    this.join(last, end)
    return { ...emptyGraph('g', 'current'), nodes: this.nodes, edges: this.edges }
  }
}

function drawn(of: Block): Graph {
  const builder = new Builder()
  const [first, last] = builder.draw(of)
  return builder.done(first, last)
}

/** The plain definition, without reduction: every marking, a token game on the whole map. Null above the budget. */
function tried(view: View): 'sound' | 'unsound' | null {
  const flows = view.out.flatMap((list) => list.filter(isWay))
  const seen = new Set<string>()
  const open: number[][] = []
  const meet = (marking: number[]): boolean => {
    marking.sort((a, b) => a - b)
    if (marking.some((edge, index) => marking[index + 1] === edge)) return false
    const key = marking.join()
    if (!seen.has(key)) {
      seen.add(key)
      open.push(marking)
    }
    return true
  }
  const leave = (rest: readonly number[], at: number): boolean => {
    const out = flows.flatMap((flow, index) => (flow.from === at ? [index] : []))
    if (out.length === 0) return meet([...rest])
    return view.nodes[at]?.type === 'parallel' ? meet([...rest, ...out]) : out.every((edge) => meet([...rest, edge]))
  }
  for (const start of startsOf(view.nodes, view.into)) if (!leave([], start)) return 'unsound'
  for (let marking = open.pop(); marking !== undefined; marking = open.pop()) {
    if (seen.size > 5000) return null
    if (marking.length === 0) continue
    const held = marking
    let moved = false
    for (const at of view.nodes.keys()) {
      const inputs = flows.flatMap((flow, index) => (flow.to === at ? [index] : []))
      const here = inputs.filter((edge) => held.includes(edge))
      if (here.length === 0) continue
      if (view.nodes[at]?.type === 'parallel') {
        if (here.length < inputs.length) continue
        moved = true
        if (
          !leave(
            held.filter((edge) => !here.includes(edge)),
            at,
          )
        )
          return 'unsound'
        continue
      }
      if (here.length > 1) return 'unsound'
      moved = true
      if (
        !leave(
          held.filter((edge) => edge !== here[0]),
          at,
        )
      )
        return 'unsound'
    }
    if (!moved) return 'unsound'
  }
  return 'sound'
}

test('maps of nested blocks are sound, however deep', () => {
  fc.assert(
    fc.property(block, (of) => {
      expect(soundnessOf(viewOf(drawn(of))).kind).toBe('sound')
    }),
    runs,
  )
})

test('with gateways of another kind, or one more flow, the answer is that of trying every marking', () => {
  const change = fc.record({ flip: fc.nat(20), from: fc.nat(30), to: fc.nat(30), add: fc.boolean() })
  fc.assert(
    fc.property(block, change, (of, { flip, from, to, add }) => {
      const graph = drawn(of)
      const gates = [...graph.nodes.values()].filter((node) => node.type === 'parallel' || node.type === 'decision')
      const gate = gates[flip % Math.max(1, gates.length)]
      const nodes = new Map(graph.nodes)
      if (gate) nodes.set(gate.id, { ...gate, type: gate.type === 'parallel' ? 'decision' : 'parallel' })
      const edges = new Map(graph.edges)
      const inner = [...nodes.keys()].filter((id) => !['start', 'end'].includes(nodes.get(id)?.type ?? ''))
      const [a, b] = [inner[from % inner.length], inner[to % inner.length]]
      if (add && a !== undefined && b !== undefined) edges.set('more', { ...blankEdge, id: 'more', from: a, to: b })
      const view = viewOf({ ...graph, nodes, edges })
      const truth = tried(view)
      if (truth !== null) expect(soundnessOf(view).kind).toBe(truth)
    }),
    runs,
  )
})

test('the join that waits and the step that is done twice are named', () => {
  const stuck = viewOf(
    readSketch('Desk: Go?\nGo? -0.5-> Desk: A {1m} -> Joined {parallel}\nGo? -0.5-> Desk: B {1m} -> Joined').graph,
  )
  expect(soundnessOf(stuck)).toEqual({ kind: 'unsound', deadlocks: ['joined'], doubled: [] })
  const twice = viewOf(readSketch('Both {parallel} -> Desk: A {1m} -> MD: See {1m}\nBoth -> Desk: B {1m} -> MD: See').graph)
  expect(soundnessOf(twice)).toMatchObject({ kind: 'unsound', deadlocks: [], doubled: ['see'] })
})
