import { expect, test } from 'vitest'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { addVerdicts, seedTraps } from '../../../src/core/project/review/review-steps.ts'
import { voidTrap } from '../../../src/core/project/review/void-trap.ts'
import { trapResultOf } from '../../../src/core/project/sample/trap-list.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { trapResult, trapsShownTo } from '../../../src/core/review/pair/traps.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { drawnProject, hand, judged, ok } from './review-walk.ts'

test('a seeded defect that was told keeps what its reader said of it before, and nothing said afterwards counts', async () => {
  const traps = ['trap-1', 'trap-2'].map((id) => ({
    id,
    kind: 'entry-lost' as const,
    domain: 'allergies' as const,
    items: ['allergies:3'],
  }))
  const seeds = traps.map(({ id }) => ({ id, key: `K ${id}`, seed: id }))
  const seeded = ok(seedTraps(drawnProject(), seeds, traps, hand))
  const read = ok(addVerdicts(seeded, [judged('trap-1'), judged('trap-2')], hand))
  expect(trapResultOf(read)).toMatchObject({ seeded: 2, caught: 0 })
  const told = voidTrap(read, 'trap-1', hand)
  expect(told && trapResultOf(told)).toMatchObject({ seeded: 2, caught: 0, told: 1 })
  const caught = { record: 'trap-1', item: 'allergies:3', domain: 'allergies', class: 'lost' } as const
  const again = [
    { kind: 'difference', ...caught, verdict: 'harmful', reason: 'missing' },
    judged('trap-1', 'first', 'harmful'),
  ] as const
  const late = told && ok(addVerdicts(told, again, hand))
  expect(late && trapResultOf(late)).toMatchObject({ seeded: 2, caught: 0 })
  // Another reader was not told.
  const other = told && ok(addVerdicts(told, again, { ...hand, device: 'd2', actor: 'm-ito' }))
  expect(other && trapResultOf(other)?.readers).toContainEqual({ reader: 'm-ito', seeded: 1, caught: 1 })
  // Once told is told: a second attempt adds nothing.
  expect(told && voidTrap(told, 'trap-1', hand)).toBe(told)
  expect(voidTrap(read, read.review.draw?.records[0]?.id ?? '', hand)).toBeNull()
  expect(told && (await verifyProject(saveProject(told), webVerifier))?.ok).toBe(true)
})

test('one told before it was read says nothing where a spare takes its place, and is missed where none is left', () => {
  const traps = ['trap-1', 'trap-2', 'trap-3'].map(
    (id) => ({ id, kind: 'entry-lost', domain: 'allergies', items: ['a'] }) as const,
  )
  const events = traps
    .slice(1)
    .map(({ id }, n) => ({ ...judged(id, 'first', 'wrong'), id: `d1-${n}`, by: 'r', at: { wall: hand.wall, counter: n } }))
  const told = new Map([['r', new Set(['trap-1'])]])
  expect(trapsShownTo(traps, new Set(), 2).map(({ id }) => id)).toEqual(['trap-1', 'trap-2'])
  expect(trapsShownTo(traps, told.get('r') ?? new Set(), 2)).toEqual(traps)
  expect(trapResult(traps, events, { told, wanted: 2 })).toMatchObject({ seeded: 2, told: 1 })
  expect(trapResult(traps, events, { told, wanted: 3 })).toMatchObject({ seeded: 3, told: 1 })
})
