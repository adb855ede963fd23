/** What a step says to people who see it and to people who hear it. */
import { expect, test } from 'vitest'
import { captionWords } from '../../../src/app/canvas/lane-bands.tsx'
import { countEnds, detailOf, kindWord, nameOf } from '../../../src/app/canvas/words.ts'
import { refill } from '../refill.ts'

const approve = refill.future.nodes.get('approve-in-inbox')

test('a step is named with its kind, role, times, finding and flows', () => {
  if (!approve) throw new Error('the future map has an approval')
  const name = nameOf(
    refill.future,
    approve,
    64_800,
    { severity: 'critical', words: 'moved, not removed' },
    countEnds(refill.future)(approve.id),
  )
  expect(name).toBe(
    'Approve in inbox, approval, MD, 1 minute, waits 18 hours, critical finding: moved, not removed. 1 in, 1 out.',
  )
})

test('the second line gives working time, then the wait or the medium', () => {
  if (!approve) throw new Error('the future map has an approval')
  expect(detailOf(approve, 64_800)).toBe('1 min · wait 18 h')
  expect(detailOf(approve, null)).toBe('1 min · inbox')
})

test('work off the system is told from work on a screen', () => {
  const kinds = ['take-call', 'sign-slip', 'fax-to-ward'].map((id) =>
    kindWord(refill.current.nodes.get(id) ?? approve ?? never()),
  )
  expect(kinds).toEqual(['step off system', 'approval', 'step off system'])
})

test('a caption says system, lead time, hand-offs and whether the map changed since', () => {
  const caption = { system: 'MedTrack', leadTime: 111_600, p90: 194_400, endless: false, stale: false, handoffs: 3 }
  expect(captionWords('current', caption)).toBe('CURRENT — MedTrack · lead time 31 h (P90 54 h) · 3 hand-offs')
  expect(captionWords('current', { ...caption, handoffs: 1 })).toContain('· 1 hand-off')
  expect(captionWords('current', { ...caption, stale: true })).toContain('before the last edit')
  expect(captionWords('future', { ...caption, leadTime: null, endless: true })).toContain('the queue never ends')
})

function never(): never {
  throw new Error('the map has these steps')
}
