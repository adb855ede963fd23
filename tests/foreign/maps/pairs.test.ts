import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { classOf, isStep, type Node, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { pairNames, pairSets, readPair, readTruth, truthOf } from './pairs.ts'

const readmeOf = (set: string): string => readFileSync(new URL(`${set}/README.md`, import.meta.url), 'utf8')
const words = readmeOf('pairs')
const all = pairSets.flatMap((set) => pairNames(set).map((slug) => ({ set, pair: readPair(set, slug) })))
const pairs = all.map(({ pair }) => pair)
const truth = pairSets.flatMap(readTruth)

describe.each(all)('$set $pair.slug', ({ set, pair: { slug, workflow, links, problems, source, title } }) => {
  const lines = truthOf(set, slug)
  const { current, future } = workflow

  test('is a legal map that the README cites', () => {
    expect(problems).toEqual([])
    expect(title).not.toBe('')
    expect(readmeOf(set)).toContain(`| \`${source}\` |`)
    for (const graph of [current, future]) {
      for (const { from, to } of graph.edges.values()) {
        expect(graph.nodes.has(from), from).toBe(true)
        expect(graph.nodes.has(to), to).toBe(true)
      }
      expect(unreached(graph.nodes, [...graph.edges.values()])).toEqual([])
      for (const { from, probability } of graph.edges.values()) {
        const shares = [...graph.edges.values()].filter((edge) => edge.from === from && probability !== null)
        const sum = shares.reduce((all, edge) => all + (edge.probability ?? 0), 0)
        if (shares.length > 0) expect(sum, `${graph.side} ${from}`).toBeCloseTo(1)
        const splits = ['parallel', 'inclusive'].includes(graph.nodes.get(from)?.type ?? '')
        const ways = [...graph.edges.values()].filter((edge) => edge.from === from).length
        if (ways > 1) expect(shares.length, `${graph.side} ${from}`).toBe(splits ? 0 : ways)
      }
      const steps = [...graph.nodes.values()].filter(isStep).length
      expect(steps).toBeGreaterThanOrEqual(graph.side === 'current' ? 6 : 3)
      expect(steps).toBeLessThanOrEqual(20)
      expect(graph.lanes.size).toBeLessThanOrEqual(6)
    }
    expect(current.lanes.size).toBeGreaterThanOrEqual(2)
  })

  test('has one line of truth for each current step and for what the future plants', () => {
    const told = lines.filter(({ side }) => side === 'current').map(({ element }) => element)
    expect(told.sort()).toEqual(stepIds(workflow, 'current'))
    for (const { side, element } of lines) expect(workflow[side].nodes.has(element), `${side} ${element}`).toBe(true)
    const planted = lines.filter(({ planted: what }) => what !== 'nothing')
    expect(planted.length).toBeGreaterThanOrEqual(4)
    expect(planted.length).toBeLessThanOrEqual(8)
    for (const line of lines) {
      expect(line.outcomes.includes('unchanged'), line.element).toBe(line.planted === 'nothing')
      expect(line.why, line.element).not.toBe('')
      expect(words).toContain(`\`${line.planted}\``)
    }
  })

  test('calls a step unchanged only where nothing about it changed', () => {
    for (const { element, outcomes } of lines) {
      if (!outcomes.includes('unchanged')) continue
      const mine = links.filter(({ from }) => from.includes(element))
      expect(
        mine.map(({ from, to }) => [from.length, to.length]),
        element,
      ).toEqual([[1, 1]])
      const [before, after] = [current.nodes.get(element), future.nodes.get(mine[0]?.to[0] ?? '')]
      expect(workOf(after), element).toEqual(workOf(before))
    }
  })

  test('keeps to the outcomes that media and links decide alone', () => {
    for (const { side, element, outcomes } of lines) {
      const partners = links.filter(({ from }) => from.includes(element)).flatMap(({ to }) => to)
      const before = classes(current.nodes.get(element))
      const after = partners.flatMap((id) => classes(future.nodes.get(id)))
      const moved = before.includes('physical') && after.length > 0 && after.every((each) => each === 'screen')
      if (outcomes.length > 1) continue
      if (outcomes[0] === 'digitized') expect(moved, element).toBe(true)
      if (outcomes[0] === 'kept') expect([partners.length, moved], element).toEqual([1, false])
      if (outcomes[0] === 'reduced' || outcomes[0] === 'worsened') expect(partners.length, element).toBeGreaterThan(0)
      if (outcomes[0] === 'unjudged')
        expect(
          links.some(({ from }) => from.includes(element)),
          element,
        ).toBe(false)
      if (outcomes[0] === 'introduced') expect(side, element).toBe('future')
    }
  })

  test('links what carries on and leaves without a link only what is lost or new', () => {
    const lost = lines.filter(({ planted }) => planted === 'lost').map(({ element }) => element)
    const linked = new Set(links.flatMap(({ from }) => from))
    expect(stepIds(workflow, 'current').filter((id) => !linked.has(id))).toEqual(lost.sort())
    const reached = new Set(links.flatMap(({ to }) => to))
    const told = new Set(lines.filter(({ side }) => side === 'future').map(({ element }) => element))
    expect(stepIds(workflow, 'future').filter((id) => !reached.has(id) && !told.has(id))).toEqual([])
  })
})

test.each([
  ['pairs', 60],
  ['hold-out', 20],
] as const)('every line of truth of the %s belongs to one of at least %i pairs', (set, least) => {
  const names = pairNames(set)
  expect([...new Set(readTruth(set).map(({ pair }) => pair))].sort()).toEqual(names)
  expect(names.length).toBeGreaterThanOrEqual(least)
})

test('a third of all steps is left alone, and a third of the pairs comes without links', () => {
  const steps = truth.filter(({ side }) => side === 'current')
  expect(steps.filter(({ planted }) => planted === 'nothing').length / steps.length).toBeGreaterThanOrEqual(1 / 3)
  const hidden = pairs.filter((pair) => pair.hidden).length / pairs.length
  expect(hidden).toBeGreaterThanOrEqual(0.28)
  expect(hidden).toBeLessThanOrEqual(0.4)
})

function stepIds(workflow: Workflow, side: 'current' | 'future'): string[] {
  return [...workflow[side].nodes.values()]
    .filter(isStep)
    .map(({ id }) => id)
    .sort()
}

/** Everything about a step but its name, its words and its place on the page. */
function workOf(node: Node | undefined): object {
  const { id: _id, label: _label, x: _x, y: _y, ...work } = node ?? { id: '', label: '', x: 0, y: 0 }
  return work
}

function classes(node: Node | undefined): string[] {
  return node?.medium ? [classOf(node.medium)] : []
}

/** Nodes that no way from the start leads to, or that lead to no end. */
function unreached(nodes: ReadonlyMap<string, Node>, edges: readonly { from: string; to: string }[]): string[] {
  const spread = (first: string, ends: (edge: { from: string; to: string }) => [string, string]): Set<string> => {
    const seen = new Set([first])
    for (const id of seen)
      for (const edge of edges) {
        const [near, far] = ends(edge)
        if (near === id) seen.add(far)
      }
    return seen
  }
  const forth = spread('start', ({ from, to }) => [from, to])
  const back = spread('end', ({ from, to }) => [to, from])
  return [...nodes.keys()].filter((id) => !forth.has(id) || !back.has(id))
}
