/** What is kept from one verdict to the next is what counting everything again gives, however a review goes. */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownReadings } from '../../../../src/app/routes/review/acts/reading.ts'
import { appendEntries } from '../../../../src/core/project/ledger/chain.ts'
import type { EntryDraft, LedgerEntry } from '../../../../src/core/project/ledger/ledger.ts'
import { eventsOfDraw } from '../../../../src/core/project/sample/draw-events.ts'
import { ledgerTrouble } from '../../../../src/core/project/verify/ledger-trouble.ts'
import { decisionsOf } from '../../../../src/core/review/decision/decision.ts'
import { type ReviewEvent, verdicts } from '../../../../src/core/review/model/review-event.ts'
import { doubleReadingOf } from '../../../../src/core/review/result/double-reading.ts'
import { drawnProject } from '../../../core/project/review-walk.ts'

const act = fc.record({
  kind: fc.constantFrom('difference', 'difference', 'record', 'record', 'skip', 'undo', 'opened', 'drawn'),
  by: fc.constantFrom('a', 'b', 'c'),
  record: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
  item: fc.constantFrom('x', 'y'),
  verdict: fc.constantFrom(...verdicts),
  reading: fc.constantFrom('first', 'second', 'adjudication'),
  /** Of which earlier event an undo speaks, counted from the last one; sometimes one of another reader or record. */
  back: fc.nat({ max: 3 }),
  /** Mostly later than all before, now and then by a clock that stands wrong; and now and then an id comes twice. */
  late: fc.constantFrom(1, 1, 1, 1, 1, 0, -2),
  again: fc.integer({ min: 0, max: 30 }).map((n) => n === 0),
})

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

function eventOf(given: Act, before: readonly ReviewEvent[]): ReviewEvent {
  const { kind, by, record, item, verdict, reading, back, late, again } = given
  const number = before.length + 1
  const wall = new Date(Date.UTC(2026, 2, 1, 8, 0, number + late)).toISOString()
  const base = { id: `d-${again ? Math.max(1, number - 1) : number}`, at: { wall, counter: 0 }, by, record }
  if (kind === 'record') return { ...base, kind, verdict, differences: 1, reading, seconds: 9, comment: null }
  if (kind === 'undo') return { ...base, kind, undoes: before.at(-1 - back)?.id ?? 'd-1' }
  if (kind === 'skip') return { ...base, kind }
  return { ...base, kind: 'difference', item, domain: 'allergies', class: 'lost', verdict, reason: null }
}

const plain = <T>(map: ReadonlyMap<string, T>) => Object.fromEntries([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)))

test('decisions and readings of a list that grows are those of the list as if nobody had asked before', () => {
  const { draw, plan } = drawnProject().review
  const double = doubleReadingOf(draw, plan && { ...plan, secondReaderPpm: 200_000 })
  const traps = new Set(['r4'])
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (acts, step) => {
      let events: readonly ReviewEvent[] = []
      for (const [index, given] of acts.entries()) {
        events = [...events, eventOf(given, events)]
        if (index % step !== 0) continue
        const again = structuredClone(events)
        expect(plain(decisionsOf(events))).toEqual(plain(decisionsOf(again)))
        for (const by of ['a', 'b']) {
          const kept = plain(ownReadings(events, by, double, traps))
          // Other things are asked for in between, so that nothing is kept of them.
          ownReadings([], 'nobody')
          expect(kept).toEqual(plain(ownReadings(structuredClone(again), by, double, traps)))
        }
        // From here on this reader goes on from what was kept.
        ownReadings(events, 'a', double, traps)
      }
    }),
  )
})

test('a verdict on one record leaves the decisions on all others the same objects', () => {
  const made: ReviewEvent[] = []
  for (const record of ['r1', 'r2', 'r3'] as const)
    made.push(
      eventOf(
        { kind: 'record', by: 'a', record, item: 'x', verdict: 'wrong', reading: 'first', back: 0, late: 1, again: false },
        made,
      ),
    )
  const before = decisionsOf(made.slice(0, 2))
  const after = decisionsOf([...made.slice(0, 2), ...made.slice(2)])
  expect([...after.keys()]).toEqual(['r1', 'r2', 'r3'])
  for (const record of ['r1', 'r2']) expect(after.get(record)).toBe(before.get(record))
  expect(before.has('r3')).toBe(false)
})

test('which verdicts count for the draw, and whether the ledger stands, follows from any growth as from the whole', () => {
  const review = drawnProject().review
  fc.assert(
    fc.property(fc.array(act, { minLength: 2, maxLength: 30 }), fc.nat(), (acts, place) => {
      let ledger: readonly LedgerEntry[] = []
      let events: readonly ReviewEvent[] = []
      for (const given of acts) {
        const said = given.kind === 'opened' || given.kind === 'drawn' ? null : eventOf(given, events)
        if (said) events = [...events, said]
        const draft: EntryDraft = {
          device: given.by,
          time: { wall: '2026-03-01T08:00:00+01:00', counter: ledger.length },
          actor: given.by,
          action: said ? 'verdict' : given.kind === 'drawn' ? 'sample-drawn' : 'record-opened',
          object: said ? `review/verdicts.jsonl#${said.id}` : given.record,
          digest: null,
        }
        const before = eventsOfDraw({ ledger, review: { ...review, events } })
        ledger = appendEntries(ledger, [draft])
        const now = eventsOfDraw({ ledger, review: { ...review, events } })
        expect(now).toEqual(eventsOfDraw(structuredClone({ ledger, review: { ...review, events } })))
        if (given.kind === 'opened' && ledger.length > 1) expect(now).toBe(before)
        expect(ledgerTrouble(ledger)).toBeNull()
      }
      const at = place % ledger.length
      const changed = ledger.map((entry, index) => (index === at ? { ...entry, actor: 'x' } : entry))
      expect(ledgerTrouble(changed)).toBe(ledgerTrouble(structuredClone(changed)))
      expect(ledgerTrouble(changed)).toContain(`${ledger[at]?.device}/${ledger[at]?.seq} was changed`)
      const dropped = ledger.toSpliced(at, 1)
      expect(ledgerTrouble(dropped)).toBe(ledgerTrouble(structuredClone(dropped)))
    }),
  )
})

test('a list that grows keeps no state of the decisions alive but the last ones', async () => {
  setFlagsFromString('--expose-gc')
  const gc: () => void = runInNewContext('gc')
  let events: readonly ReviewEvent[] = []
  const states: WeakRef<object>[] = []
  for (let i = 0; i < 20; i++) {
    const base = { id: `d-${i + 1}`, at: { wall: `2026-03-01T08:00:${i + 10}Z`, counter: 0 }, by: 'a', record: `r${i}` }
    events = [
      ...events,
      { ...base, kind: 'record', verdict: 'wrong', differences: 0, reading: 'first', seconds: 9, comment: null },
    ]
    states.push(new WeakRef(decisionsOf(events)))
  }
  // What was looked at through a reference stays until this turn ends.
  await new Promise((resolve) => setTimeout(resolve, 0))
  gc()
  expect(states.filter((state) => state.deref() !== undefined).length).toBeLessThanOrEqual(3)
  expect(decisionsOf(events).size).toBe(20)
})
