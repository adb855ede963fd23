/** Suggested traces against hand-made ones: pairs that were tuned on and pairs that were not, judged apart. */
import { expect, test } from 'vitest'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import { blankLink, type Graph, linkKey } from '../../../../src/core/workflow/map/workflow.ts'
import { suggestTrace } from '../../../../src/core/workflow/trace/suggest-trace.ts'
import { pairsToJudge } from './gold/pairs-to-judge.ts'
import { type GoldPair, pairsToTune } from './gold/pairs-to-tune.ts'

function graphOf(text: string, side: 'current' | 'future'): Graph {
  const { graph, problems } = readSketch(text, side)
  expect(problems).toEqual([])
  return graph
}

function idOf(graph: Graph, label: string): string {
  for (const node of graph.nodes.values()) if (node.label === label.trim()) return node.id
  throw new Error(`No step "${label}"`)
}

interface Gold {
  readonly current: Graph
  readonly future: Graph
  /** Pairs of ids, one for each end of a link. */
  readonly pairs: ReadonlySet<string>
  readonly steps: number
}

function goldOf(pair: GoldPair): Gold {
  const current = graphOf(pair.current, 'current')
  const future = graphOf(pair.future, 'future')
  const pairs = new Set<string>()
  for (const line of pair.links.split('\n')) {
    const [left = '', right = ''] = line.split('=>')
    if (right.trim() === '') {
      idOf(current, left)
      continue
    }
    for (const from of left.split(',')) for (const to of right.split(',')) pairs.add(`${idOf(current, from)} ${idOf(future, to)}`)
  }
  return { current, future, pairs, steps: [...current.nodes.values()].filter((node) => node.type === 'step').length }
}

function judge(list: readonly GoldPair[]): { readonly f1: number; readonly recall: number; readonly wrong: readonly string[] } {
  const wrong: string[] = []
  let [hits, said, there, inThree] = [0, 0, 0, 0]
  for (const pair of list) {
    const { current, future, pairs } = goldOf(pair)
    const { steps, links } = suggestTrace(current, future)
    const found = new Set(links.flatMap(({ from, to }) => from.flatMap((a) => to.map((b) => `${a} ${b}`))))
    const three = new Set(steps.flatMap(({ current: a, candidates }) => candidates.map(({ future: b }) => `${a} ${b}`)))
    for (const each of found) if (!pairs.has(each)) wrong.push(`${pair.name}: not ${each}`)
    for (const each of pairs)
      if (!found.has(each)) wrong.push(`${pair.name}: missed ${each}${three.has(each) ? '' : ' (not among three)'}`)
    hits += [...found].filter((each) => pairs.has(each)).length
    said += found.size
    there += pairs.size
    inThree += [...pairs].filter((each) => three.has(each)).length
  }
  return { f1: (2 * hits) / (said + there), recall: inThree / there, wrong }
}

test('the gold pairs are no toys: at least twelve, each of ten steps and more, with merges, splits, eliminations', () => {
  const all = [...pairsToTune, ...pairsToJudge]
  expect(all.length).toBeGreaterThanOrEqual(12)
  expect(pairsToJudge.length).toBeGreaterThanOrEqual(6)
  for (const pair of all) expect(goldOf(pair).steps, pair.name).toBeGreaterThanOrEqual(10)
  const lines = all.flatMap((pair) => pair.links.split('\n'))
  expect(lines.filter((line) => line.split('=>')[0]?.includes(',')).length).toBeGreaterThanOrEqual(8)
  expect(lines.filter((line) => line.split('=>')[1]?.includes(',')).length).toBeGreaterThanOrEqual(4)
  expect(lines.filter((line) => line.trim().endsWith('=>')).length).toBeGreaterThanOrEqual(12)
})

for (const [name, list] of [['tuned', pairsToTune] as const, ['not tuned', pairsToJudge] as const])
  test(`suggestions on pairs ${name} on`, () => {
    const { f1, recall, wrong } = judge(list)
    console.log(
      `trace suggestion on ${list.length} pairs ${name} on: top-1 F1 ${f1.toFixed(3)}, top-3 recall ${recall.toFixed(3)}`,
    )
    if (process.env.WRONG) console.log(wrong.join('\n'))
    expect(f1).toBeGreaterThanOrEqual(0.8)
    expect(recall).toBeGreaterThanOrEqual(0.92)
  })

test('what a person has traced is left alone, and its partner is not given away again', () => {
  const pair = pairsToTune[0]
  if (!pair) throw new Error('There is no pair')
  const { current, future } = goldOf(pair)
  const link = { ...blankLink, from: [idOf(current, 'File chart')], to: [idOf(future, 'Answer pharmacy queries')] }
  const { steps, links } = suggestTrace(current, future, [link])
  expect(steps.map((step) => step.current)).not.toContain(link.from[0])
  expect(links.flatMap(({ from }) => from)).not.toContain(link.from[0])
  expect(links.flatMap(({ to }) => to)).not.toContain(link.to[0])
  expect(links.map(linkKey)).not.toContain(linkKey(link))
})

test('every suggestion says why, in words', () => {
  for (const pair of pairsToJudge) {
    const { current, future } = goldOf(pair)
    for (const { candidates } of suggestTrace(current, future).steps) {
      expect(candidates.length).toBe(3)
      for (const { reasons, score } of candidates) {
        expect(reasons.length).toBeGreaterThan(0)
        expect(score).toBeLessThanOrEqual(1)
      }
    }
  }
})

test('two maps of nothing give nothing', () => {
  const empty = graphOf('', 'current')
  expect(suggestTrace(empty, empty)).toEqual({ steps: [], links: [] })
})
