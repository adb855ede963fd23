import { expect, test } from 'vitest'
import { largeLog, largeLogActivities } from '../../../../samples/workflow/large-log.ts'
import { instancesOf } from '../../../../src/core/workflow/log/instances.ts'
import { variantsOf } from '../../../../src/core/workflow/log/variants.ts'
import { Aligner } from '../../../../src/core/workflow/mining/align.ts'
import { inductiveMiner } from '../../../../src/core/workflow/mining/inductive.ts'
import { type Net, netOfTree } from '../../../../src/core/workflow/mining/net.ts'
import { type LabelledTrace, precisionOf } from '../../../../src/core/workflow/mining/quality.ts'
import { logOf } from '../logs-at-hand.ts'

/** Fires a transition on tokens by place; false where it can not fire. */
function fire(net: Net, tokens: number[], index: number): boolean {
  const { take = [], give = [] } = net.transitions[index] ?? {}
  for (const place of take) {
    if ((tokens[place] ?? 0) === 0) return false
    tokens[place] = (tokens[place] ?? 0) - 1
  }
  for (const place of give) tokens[place] = (tokens[place] ?? 0) + 1
  return true
}

const started = (net: Net): number[] => Array.from({ length: net.places }, (_, place) => (place === net.source ? 1 : 0))

/** All markings after silent transitions, by firing one after the other: the definition, without anything kept. */
function closure(net: Net, from: readonly string[]): Set<string> {
  const found = new Set(from)
  for (const key of found)
    for (const [index, { label }] of net.transitions.entries()) {
      const tokens = key.split(',').map(Number)
      if (label < 0 && fire(net, tokens, index)) found.add(tokens.join())
    }
  return found
}

/** Escaping edges by their definition: for every prefix anew, no state of another prefix is used. */
function precisionByDefinition(net: Net, traces: readonly LabelledTrace[]): { enabled: number; escaping: number } {
  const prefixes = new Map<string, { labels: readonly string[]; count: number; next: Set<string> }>()
  for (const { labels, count } of traces)
    for (const [at, label] of labels.entries()) {
      const key = labels.slice(0, at).join('\n')
      const prefix = prefixes.get(key) ?? { labels: labels.slice(0, at), count: 0, next: new Set<string>() }
      prefix.count += count
      prefix.next.add(label)
      prefixes.set(key, prefix)
    }
  const sums = { enabled: 0, escaping: 0 }
  for (const { labels, count, next } of prefixes.values()) {
    let markings = closure(net, [started(net).join()])
    const step = (wanted: string | null): Map<string, string[]> => {
      const ways = new Map<string, string[]>()
      for (const key of markings)
        for (const [index, { label }] of net.transitions.entries()) {
          const name = net.labels[label]
          const tokens = key.split(',').map(Number)
          if (name !== undefined && (wanted === null || name === wanted) && fire(net, tokens, index))
            ways.set(name, [...(ways.get(name) ?? []), tokens.join()])
        }
      return ways
    }
    for (const label of labels) markings = closure(net, step(label).get(label) ?? [])
    if (markings.size === 0) continue
    const ways = step(null)
    sums.enabled += count * ways.size
    sums.escaping += count * [...ways.keys()].filter((label) => !next.has(label)).length
  }
  return sums
}

async function mined(cases: number, seed: number, noise: number): Promise<{ net: Net; traces: readonly LabelledTrace[] }> {
  const log = await logOf('log.xes', [...largeLog(cases, seed)].join(''))
  const labelOf = (activity: number): string => log.activities[activity] ?? ''
  const variants = variantsOf(instancesOf(log))
  const tree = inductiveMiner(
    variants.map(({ trace, cases: { length } }) => ({ activities: trace, count: length })),
    noise,
  )
  return {
    net: netOfTree(tree, labelOf),
    traces: variants.map(({ trace, cases: { length } }) => ({ labels: trace.map(labelOf), count: length })),
  }
}

test('the large log is as large as it says, whatever its size', async () => {
  const log = await logOf('log.xes', [...largeLog(200)].join(''))
  expect(log.activities.toSorted()).toEqual([...largeLogActivities].sort())
})

test.each([
  [2, 0],
  [3, 0.2],
])('every alignment is a way through the net that shows its trace, seed %i, noise %f', async (seed, noise) => {
  const { net, traces } = await mined(60, seed, noise)
  const aligner = new Aligner(net)
  let fitting = 0
  for (const { labels } of traces) {
    const found = aligner.align(labels)
    if (found.kind !== 'optimal') throw new Error('not decided')
    const tokens = started(net)
    const events: string[] = []
    let cost = 0
    for (const move of found.moves) {
      if (move.kind === 'log') events.push(labels[move.event] ?? '')
      else {
        expect(fire(net, tokens, move.transition)).toBe(true)
        const name = net.labels[net.transitions[move.transition]?.label ?? -1]
        expect(name === undefined).toBe(move.kind === 'silent')
        if (move.kind === 'sync') events.push(name ?? '')
      }
      if (move.kind === 'log' || move.kind === 'model') cost++
    }
    expect(events).toEqual(labels)
    expect(tokens[net.sink]).toBe(1)
    expect(cost).toBe(found.cost)
    if (cost === 0) fitting++
  }
  expect(fitting > 0 && (noise > 0 || fitting === traces.length)).toBe(true)
})

test.each([
  [2, 0],
  [4, 0.3],
])('precision is what its definition says, seed %i, noise %f', async (seed, noise) => {
  const { net, traces } = await mined(5, seed, noise)
  const { enabled, escaping } = precisionOf(net, traces) ?? {}
  expect({ enabled, escaping }).toEqual(precisionByDefinition(net, traces))
})
