/** A small edit moves little: who looks at a map after it finds the other steps where they were. */
import { expect, test } from 'vitest'
import { clinicProcesses, templateMap } from '../../../samples/templates/clinic-processes.ts'
import { workflowExamples } from '../../../samples/workflow/examples.ts'
import { laneBands, placed } from '../../../src/core/workflow/drawing/layout.ts'
import { apply, type Command } from '../../../src/core/workflow/edit/edit.ts'
import { readWorkflow } from '../../../src/core/workflow/map/files.ts'
import { emptyWorkflow, type Graph, isStep, sides } from '../../../src/core/workflow/map/workflow.ts'

const maps: readonly (readonly [string, Graph])[] = [
  ...clinicProcesses.map((process) => [process.id, templateMap(process)] as const),
  ...workflowExamples.flatMap(({ id, files }) =>
    sides.map((side) => [`${id} ${side}`, readWorkflow(id, files).value[side]] as const),
  ),
].map(([name, graph]) => [name, placed({ ...graph, side: 'current' })])

function edited(graph: Graph, command: Command): Graph {
  const applied = apply({ ...emptyWorkflow('w'), current: graph }, command)
  expect(applied.refused).toBeNull()
  return placed(applied.workflow.current)
}

interface Kept {
  readonly steps: number
  /** Pairs of one lane that stood beside each other and changed sides. */
  readonly swapped: number
  readonly otherLane: number
  /** As high in their lane as before, and as far from the left or moved along with all that follows the edit. */
  readonly inPlace: number
}

function kept(before: Graph, after: Graph): Kept {
  const tops = (graph: Graph) => new Map(laneBands(graph).map(({ id, y }) => [id, y]))
  const [was, is] = [tops(before), tops(after)]
  const both = [...before.nodes.values()].flatMap((node) => {
    const now = after.nodes.get(node.id)
    return now ? [{ node, now }] : []
  })
  let swapped = 0
  for (const a of both)
    for (const b of both)
      if (a.node.lane === b.node.lane && a.node.x < b.node.x && Math.abs(a.node.y - b.node.y) < 8 && a.now.x > b.now.x) swapped++
  const shifts = new Map<number, number>()
  for (const { node, now } of both) shifts.set(now.x - node.x, (shifts.get(now.x - node.x) ?? 0) + 1)
  const common = new Set([
    0,
    ...[...shifts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 2)
      .map(([shift]) => shift),
  ])
  const inPlace = both.filter(({ node, now }) => {
    const [y, then] = [now.y - (is.get(now.lane ?? '') ?? 0), node.y - (was.get(node.lane ?? '') ?? 0)]
    return Math.abs(y - then) <= 24 && [...common].some((shift) => Math.abs(now.x - node.x - shift) <= 12)
  })
  return {
    steps: both.length,
    swapped,
    otherLane: both.filter(({ node, now }) => node.lane !== now.lane).length,
    inPlace: inPlace.length,
  }
}

/** What of all steps of all maps keeps its place after each edit of this kind, at each step of each map. */
function over(command: (graph: Graph, id: string) => Command | null) {
  let [steps, inPlace, swapped, otherLane, edits] = [0, 0, 0, 0, 0]
  for (const [, graph] of maps)
    for (const node of graph.nodes.values()) {
      const wanted = isStep(node) ? command(graph, node.id) : null
      if (!wanted) continue
      const found = kept(graph, edited(graph, wanted))
      edits++
      steps += found.steps
      inPlace += found.inPlace
      swapped += found.swapped
      otherLane += found.otherLane
    }
  return { edits, share: inPlace / steps, swapped: swapped / edits, otherLane }
}

test('a layout of a laid-out map moves nothing', () => {
  for (const [name, graph] of maps) expect([name, [...placed(graph).nodes.values()]]).toEqual([name, [...graph.nodes.values()]])
})

const edits = {
  'another name': {
    least: 0.99,
    command: (_: Graph, id: string): Command => ({
      kind: 'change-node',
      side: 'current',
      id,
      facts: { label: 'Another name of it' },
    }),
  },
  'a step less': {
    least: 0.88,
    command: (_: Graph, id: string): Command => ({ kind: 'remove-nodes', side: 'current', ids: [id], bridge: true }),
  },
  'a step more': {
    least: 0.78,
    command: (graph: Graph, id: string): Command => {
      const lane = graph.nodes.get(id)?.lane ?? null
      return { kind: 'add-node', side: 'current', facts: { type: 'step', label: 'One more', lane }, after: id }
    },
  },
} as const

for (const [name, { least, command }] of Object.entries(edits))
  test(`${name}: the other steps keep lane and order, and most keep their place`, () => {
    const found = over(command)
    console.log(
      `drawing stable after ${name}: ${found.edits} edits of ${maps.length} maps, ${(found.share * 100).toFixed(1)} % in place, ${found.swapped.toFixed(3)} pairs swapped per edit`,
    )
    expect(found.edits).toBeGreaterThan(150)
    expect(found.otherLane).toBe(0)
    // One pair in fifty edits may change sides, where what stood between them is gone.
    expect(found.swapped).toBeLessThanOrEqual(0.02)
    expect(found.share).toBeGreaterThanOrEqual(least)
  })
