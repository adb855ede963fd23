/** Several steps are left out at once: cases end at each step that stays as often as when they walked through what is gone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { blankEdge, blankNode, type Edge, emptyWorkflow } from '../../../src/core/workflow/map/workflow.ts'

type Way = Pick<Edge, 'from' | 'to' | 'probability' | 'exception'>
const way = (from: string, to: string, probability: number | null = null, exception = false): Way => ({
  from,
  to,
  probability,
  exception,
})

function without(ways: readonly Way[], ids: readonly string[]): readonly Edge[] {
  const empty = emptyWorkflow('w')
  const names = new Set([...ways.flatMap(({ from, to }) => [from, to]), ...ids])
  const future = {
    ...empty.future,
    nodes: new Map([...names].map((id) => [id, { ...blankNode, id, type: 'step' as const }])),
    edges: new Map(ways.map((one, i) => [`f${i}`, { ...blankEdge, ...one, id: `f${i}` }])),
  }
  const { workflow } = apply({ ...empty, future }, { kind: 'remove-nodes', side: 'future', ids, bridge: true })
  return [...workflow.future.edges.values()]
}

const told = (edges: readonly Way[], from: string): Readonly<Record<string, number | null>> =>
  Object.fromEntries(
    edges.flatMap((edge) =>
      edge.from === from ? [[edge.to, edge.probability === null ? null : Math.round(edge.probability * 1e9) / 1e9]] : [],
    ),
  )

test.each<readonly [string, readonly Way[], Readonly<Record<string, number | null>>]>([
  [
    'arms that meet again',
    [way('x', 'r1'), way('r1', 'r2', 0.5), way('r1', 'r3', 0.5), way('r2', 'r4'), way('r3', 'r4'), way('r4', 'y')],
    { y: 1 },
  ],
  ['rework inside', [way('x', 'r1'), way('r1', 'r2'), way('r2', 'r1', 0.2), way('r2', 'y', 0.8)], { y: 1 }],
  [
    'rework inside, behind a choice',
    [way('x', 'r1'), way('r1', 'r2', 0.5), way('r1', 'z', 0.5), way('r2', 'r2', 0.2), way('r2', 'y', 0.8)],
    { y: 0.5, z: 0.5 },
  ],
  [
    'arms of which nothing is said',
    [way('x', 'r1'), way('r1', 'r2'), way('r1', 'r3'), way('r2', 'r4'), way('r3', 'r4'), way('r4', 'y'), way('r4', 'z')],
    { y: null, z: null },
  ],
  [
    'ways that are not taken equally often, though nothing is said',
    [way('x', 'r1'), way('r1', 'y'), way('r1', 'r2'), way('r2', 'y'), way('r2', 'z')],
    { y: 0.75, z: 0.25 },
  ],
  [
    'a step behind which nothing comes',
    [way('x', 'r1', 0.5), way('x', 'y', 0.3), way('x', 'z', 0.2), way('r1', 'r2')],
    { y: 0.6, z: 0.4 },
  ],
  [
    'a choice behind an exception',
    [way('x', 'y'), way('x', 'r1', null, true), way('r1', 'z', 0.9), way('r1', 'v', 0.1)],
    { y: null, z: null, v: null },
  ],
])('%s', (_, ways, expected) => {
  expect(told(without(ways, ['r1', 'r2', 'r3', 'r4']), 'x')).toEqual(expected)
})

/** The share of each flow out of one step: those without one divide what the others leave, exceptions take nothing. */
function sharesOut(ways: readonly Way[], from: string): readonly (readonly [string, number])[] {
  const out = ways.filter((one) => one.from === from)
  const given = out.reduce((sum, { probability }) => sum + (probability ?? 0), 0)
  const open = out.filter(({ probability, exception }) => probability === null && !exception).length
  return out.map(({ to, probability, exception }) => [to, probability ?? (exception ? 0 : (1 - given) / open)])
}

/**
 * How probable each of `ends` is as the first one that a case from `start` comes to: of the equations "what a step has is the sum of what
 * its ways have", solved by Gauss with pivots. Where a case may stay inside for ever, of those that leave.
 */
function firstEnds(ways: readonly Way[], start: string, ends: readonly string[]): readonly number[] {
  const inside = [...new Set([start, ...ways.flatMap(({ from, to }) => [from, to])])].filter((id) => !ends.includes(id))
  // Steps that no way leads out of, however far, would make the equations singular.
  const leaves = new Set(ends)
  for (let before = -1; before < leaves.size; ) {
    before = leaves.size
    for (const id of inside) if (sharesOut(ways, id).some(([to, share]) => share > 0 && leaves.has(to))) leaves.add(id)
  }
  const known = inside.filter((id) => leaves.has(id))
  if (!known.includes(start)) return ends.map(() => 0)
  const rows = known.map((id, i) => {
    const row: number[] = [...known, ...ends].map((_, j) => (i === j ? 1 : 0))
    for (const [to, share] of sharesOut(ways, id)) {
      const [at, end] = [known.indexOf(to), ends.indexOf(to)]
      if (at >= 0) row[at] = (row[at] ?? 0) - share
      if (end >= 0) row[known.length + end] = (row[known.length + end] ?? 0) + share
    }
    return row
  })
  for (let i = 0; i < rows.length; i++) {
    const best = rows
      .slice(i)
      .reduce((most, row, j) => (Math.abs(row[i] ?? 0) > Math.abs(rows[most]?.[i] ?? 0) ? i + j : most), i)
    const pivot = rows[best] as number[]
    rows[best] = rows[i] as number[]
    rows[i] = pivot.map((value) => value / (pivot[i] as number))
    for (const [j, row] of rows.entries())
      if (j !== i) rows[j] = row.map((value, k) => value - (row[i] as number) * ((rows[i] as number[])[k] as number))
  }
  const found = (rows[known.indexOf(start)] as number[]).slice(known.length)
  const sum = found.reduce((all, value) => all + value, 0)
  return found.map((value) => (sum < 1e-9 ? 0 : value / sum))
}

const stays = ['x', 'y', 'z', 'v']
const goes = ['r0', 'r1', 'r2', 'r3', 'r4']
const all = [...stays, ...goes]

/** Small maps; in those without circles removed steps lead to later ones alone. Each way has a share above zero, or nothing is said of it. */
const maps = (isSaid: boolean, isCyclic: boolean): fc.Arbitrary<readonly Way[]> =>
  fc
    .tuple(
      ...all.map((from, i) =>
        fc
          .tuple(
            fc.uniqueArray(fc.constantFrom(...(isCyclic || i < stays.length ? all : [...stays, ...all.slice(i + 1)])), {
              minLength: 1,
              maxLength: 4,
            }),
            fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 4, maxLength: 4 }),
            fc.constantFrom(...(isSaid ? (['each', 'but the last', 'none'] as const) : (['none'] as const))),
            fc.nat(9),
          )
          .map(([to, parts, said, exception]) => {
            // One in ten has an exception beside its ways.
            const beside = exception === 0 && to.length > 1 ? to.length - 1 : -1
            const sum = parts.slice(0, beside < 0 ? to.length : beside).reduce((whole, part) => whole + part, 0)
            const share = (j: number): number | null =>
              said === 'none' || (said === 'but the last' && j === to.length - 1) ? null : (parts[j] ?? 0) / sum
            return to.map((id, j) => way(from, id, j === beside ? null : share(j), j === beside))
          }),
      ),
    )
    .map((lists) => lists.flat())

test.each([
  ['with shares, without circles', true, false],
  ['with shares, with circles', true, true],
  ['without shares, without circles', false, false],
  ['without shares, with circles', false, true],
])('random maps %s: cases end where they ended before', (_, isSaid, isCyclic) => {
  let [bridged, silent, sums] = [0, 0, 0]
  fc.assert(
    fc.property(maps(isSaid, isCyclic), (ways) => {
      const after = without(ways, goes)
      for (const from of stays) {
        const ends = stays.filter((id) => id !== from)
        const [before, now] = [firstEnds(ways, from, ends), firstEnds(after, from, ends)]
        for (const [i, value] of before.entries()) expect(now[i]).toBeCloseTo(value, 6)
        if (!ways.some((one) => one.from === from && goes.includes(one.to))) continue
        bridged++
        const out = after.filter((one) => one.from === from)
        const given = out.filter(({ probability }) => probability !== null)
        if (given.length === 0) silent++
        if (given.length === out.length && out.length > 0 && isSaid) {
          sums++
          expect(given.reduce((sum, { probability }) => sum + (probability ?? 0), 0)).toBeCloseTo(1, 6)
        }
        // Nothing was said, so a share is written only where the ways are not taken equally often.
        if (!isSaid && given.length > 0)
          expect(new Set(given.map(({ probability }) => Math.round((probability ?? 0) * 1e8))).size).toBeGreaterThan(1)
      }
    }),
    { numRuns: 150 },
  )
  expect(bridged).toBeGreaterThan(200)
  expect(isSaid ? sums : silent).toBeGreaterThan(20)
})
