import { expect, test } from 'vitest'
import { finish } from '../../../src/core/operation.ts'
import { seededRandom } from '../../../src/core/random.ts'
import type { ReviewEvent, Verdict } from '../../../src/core/review/model/review-event.ts'
import { type Trap, trapKinds } from '../../../src/core/review/model/trap.ts'
import { pairAll, pairRecords } from '../../../src/core/review/pair/pair.ts'
import { trapResult, trapsFor } from '../../../src/core/review/pair/traps.ts'
import type { SamplingPlan } from '../../../src/core/review/plan/sampling-plan.ts'
import { claimResults, resultSentence } from '../../../src/core/review/result/result.ts'
import { leastSensitivity } from '../../../src/core/review/statistics/sensitivity.ts'
import { readSample } from '../../samples/riverside.ts'
import { timesOf } from '../../threat-counts.ts'

const signal = new AbortController().signal
const sample = readSample({ patients: 120, seed: 'traps' })
const paired = await finish(pairAll(sample.pairInput, signal))
const keys = paired.frame.map(({ key }) => key)
const seeds = keys.map((key, i) => ({ id: `trap-${i}`, key, seed: `s${i}` }))
const plain = new Map((await finish(pairRecords({ ...sample.pairInput, keys }, signal))).map((pair) => [pair.key, pair]))
const trapped = await finish(pairRecords({ ...sample.pairInput, keys: [], traps: seeds }, signal))

test('nearly every record can carry a defect, of every kind, and the copy differs only there', () => {
  expect(trapped.length).toBeGreaterThan(0.9 * keys.length)
  expect(new Set(trapped.map(({ trap }) => trap?.kind))).toEqual(new Set(trapKinds))
  for (const pair of trapped) {
    const { trap } = pair
    const original = plain.get(seeds.find(({ id }) => id === pair.key)?.key ?? '')
    if (!trap || !original) throw new Error('no trap')
    expect(trap.id).toBe(pair.key)
    const items = pair.domains.flatMap((domain) => domain.items)
    const held = new Map(original.domains.flatMap((domain) => domain.items).map((item) => [item.id, item]))
    const changed = items.filter((item) => JSON.stringify(item) !== JSON.stringify(held.get(item.id)))
    expect(changed.map(({ id }) => id).sort()).toEqual([...trap.items].sort())
    expect(pair.heading).toEqual(original.heading)
    // A defect behind a rule is called the same; any other kind is shown as a difference.
    const called = changed.map(({ cls }) => cls)
    if (trap.kind === 'rule-wrong') expect(called).toEqual(['same-after-rule'])
    else
      expect(
        called.some((cls) => cls !== 'same' && cls !== 'same-after-rule'),
        `${trap.kind} ${called.join()}`,
      ).toBe(true)
  }
})

test('the chart of a copy shows the defect in what the new system says, or in what the rule reads', () => {
  for (const pair of trapped) {
    const { trap, chart } = pair
    const original = plain.get(seeds.find(({ id }) => id === pair.key)?.key ?? '')
    const rows = chart.sections.flatMap((section) => section.rows)
    const held = new Map(original?.chart.sections.flatMap((section) => section.rows).map((row) => [row.id, row]))
    const changed = rows.filter(({ id, target }) => JSON.stringify(target) !== JSON.stringify(held.get(id)?.target))
    expect(chart.key).toBe(pair.key)
    expect(trap?.items, `${trap?.kind} of ${pair.key}`).toEqual(expect.arrayContaining(changed.map(({ id }) => id)))
    expect(changed.length, `${trap?.kind} of ${pair.key}`).toBeGreaterThan(0)
  }
})

test('defects of one kind do not all go equally far, so that none is known by its step', () => {
  const steps = new Set<number>()
  const cuts = new Set<number>()
  for (const pair of trapped) {
    const items = pair.domains.flatMap((domain) => domain.items).filter(({ id }) => pair.trap?.items.includes(id))
    for (const { legacy, carried, target } of items.flatMap(({ fields }) => fields)) {
      if (pair.trap?.kind === 'date-moved') {
        const [from, to] = [carried ?? legacy, target].map((text) => /-(\d\d)-/.exec(String(text ?? ''))?.[1])
        if (from !== undefined && to !== undefined && from !== to) steps.add((12 + Number(to) - Number(from)) % 12)
      }
      const [whole, left] = [String(legacy ?? '').length, String(target ?? '').length]
      if (pair.trap?.kind === 'text-cut' && left > 0 && left < whole) cuts.add(Math.round((10 * left) / whole))
    }
  }
  expect([...steps].length, `steps of ${[...steps].join()} months`).toBeGreaterThan(2)
  expect([...cuts].length, `tenths left: ${[...cuts].join()}`).toBeGreaterThan(2)
})

test('the same seed gives the same defect, and the record itself stays as it is', async () => {
  const again = await finish(pairRecords({ ...sample.pairInput, keys: keys.slice(0, 3), traps: seeds.slice(0, 9) }, signal))
  expect(again.slice(0, 3)).toEqual(keys.slice(0, 3).map((key) => plain.get(key)))
  const ids = new Set(seeds.slice(0, 9).map(({ id }) => id))
  expect(again.slice(3)).toEqual(trapped.filter(({ key }) => ids.has(key)))
})

let serial = 0
function read(by: string, trap: Trap, verdict: Verdict | null): ReviewEvent[] {
  const base = () => {
    serial++
    return { id: `d-${serial}`, at: { wall: '2026-03-02T09:00:00+01:00', counter: serial }, by, record: trap.id }
  }
  const item = trap.items[0] ?? ''
  const said: ReviewEvent[] =
    verdict === null
      ? []
      : [{ kind: 'difference', ...base(), item, domain: trap.domain, class: 'changed', verdict, reason: 'dose' }]
  const closed = verdict ?? 'acceptable'
  return [...said, { kind: 'record', ...base(), verdict: closed, differences: 1, reading: 'first', seconds: 9, comment: null }]
}

const traps = trapped.flatMap(({ trap }) => trap ?? []).slice(0, 12)

test('caught is harmful or wrong on what was altered; anything else is missed', () => {
  const events = traps.flatMap((trap, i) => [
    ...read('a', trap, i === 0 ? null : 'harmful'),
    ...(i < 4 ? read('b', trap, i === 1 ? 'acceptable' : 'wrong') : []),
  ])
  const elsewhere: ReviewEvent[] = read('a', { ...(traps[0] as Trap), items: ['another entry'] }, 'harmful')
  expect(trapResult(traps, [...events, ...elsewhere])).toEqual({
    seeded: 16,
    caught: 14,
    readers: [
      { reader: 'a', seeded: 12, caught: 11 },
      { reader: 'b', seeded: 4, caught: 3 },
    ],
  })
  expect(trapResult(traps, [])).toBeNull()
  expect([trapsFor(20), trapsFor(299)]).toEqual([10, 15])
})

test('measured sensitivity decides whether a claim holds: the bound for readers who miss some is the one that gates', () => {
  const plan: SamplingPlan = {
    format: 'carryover-plan/1',
    unit: 'patient record',
    claims: [{ id: 'c', class: 'harmful', domain: null, tolerablePpm: 20_000, riskPpm: 50_000 }],
    strata: [{ id: 'all', rule: '', size: 1_000, minimum: 0, n: 200, takeAll: false }],
    errorsAllowed: 0,
    secondReaderPpm: 0,
    lookSeconds: 0,
    criteria: '',
  }
  const drawn = Array.from({ length: 200 }, (_, i) => ({ id: `r${i}`, stratum: 'all', ticket: `${i}` }))
  const decisions = new Map(
    drawn.map(({ id }) => [
      id,
      {
        record: id,
        state: 'judged',
        verdict: 'acceptable',
        domains: new Map(),
        differences: new Map(),
        readings: [],
        counted: [],
      } as const,
    ]),
  )
  const [blind] = claimResults(plan, drawn, decisions)
  const [few] = claimResults(plan, drawn, decisions, { seeded: 10, caught: 10, readers: [] })
  const [many] = claimResults(plan, drawn, decisions, { seeded: 200, caught: 200, readers: [] })
  expect(blind).toMatchObject({ holds: true })
  expect(blind).not.toHaveProperty('corrected')
  expect(few?.upper).toBe(blind?.upper)
  expect(few?.holds).toBe(false)
  expect(few?.corrected?.upper).toBeGreaterThan(many?.corrected?.upper ?? 0)
  expect(many?.corrected?.upper).toBeGreaterThan(blind?.upper ?? 0)
  expect(many?.holds).toBe(true)
  expect(few && resultSentence(few)).toContain('Corrected for readers who caught 10 of 10 seeded defects')
})

test('scripted readers: the one-sided limit lies below the truth as often as it says', () => {
  const random = seededRandom('scripted readers')
  const runs = timesOf('T24')
  const limits = Array.from({ length: 31 }, (_, caught) => leastSensitivity(caught, 30, 50_000))
  for (const se of [0.5, 0.6, 0.7, 0.8, 0.9, 1]) {
    let covered = 0
    for (let run = 0; run < runs; run++) {
      let caught = 0
      for (let i = 0; i < 30; i++) if (random.next() < se) caught++
      if ((limits[caught] ?? 1) <= se) covered++
    }
    expect(covered / runs).toBeGreaterThanOrEqual(0.93)
  }
})
