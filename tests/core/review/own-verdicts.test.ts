import { expect, test } from 'vitest'
import { worklistCsv } from '../../../src/core/project/reports/worklist-report.ts'
import type { WorklistRow } from '../../../src/core/project/sample/worklist-file.ts'
import { commentsBehind, ownVerdicts } from '../../../src/core/review/decision/own-verdicts.ts'
import { type ReviewEvent, reviewEvent } from '../../../src/core/review/model/review-event.ts'
import { fits, misfit } from '../../../src/core/values/document.ts'

let second = 0
function event(by: string, record: string, act: Record<string, unknown>): ReviewEvent {
  second++
  const wall = `2026-03-02T09:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}Z`
  const made = { id: `${by}-${second}`, at: { wall, counter: 0 }, by, record, ...act }
  if (!fits(made, reviewEvent)) throw new Error(misfit(made, reviewEvent) ?? 'This is no event of a reader')
  return made
}
const judge = (by: string, record: string, item: string, verdict: string, more: Record<string, unknown> = {}): ReviewEvent =>
  event(by, record, { kind: 'difference', item, domain: 'medicines', class: 'changed', verdict, reason: null, ...more })
const close = (by: string, record: string, verdict: string, comment: string | null = null): ReviewEvent =>
  event(by, record, { kind: 'record', verdict, differences: 1, reading: 'first', seconds: 60, comment })

test('every press is one line, newest first; what was judged again stands as it was judged last', () => {
  const cause = 'allergy-status:allergy-state'
  const events = [
    judge('ito', 'r1', 'medications:3', 'harmful'),
    judge('ito', 'r1', 'allergy-state', 'harmful', { domain: 'allergies', cause }),
    judge('ito', 'r1', 'allergies:7', 'harmful', { domain: 'allergies', cause, comment: 'c1' }),
    judge('haas', 'r1', 'medications:3', 'acceptable'),
    judge('ito', 'r1', 'medications:3', 'wrong'),
    close('ito', 'r1', 'harmful', 'c2'),
    judge('ito', 'r2', 'documents:1', 'acceptable', { domain: 'notes' }),
  ]
  const lines = ownVerdicts(events, 'ito')
  expect(lines.map(({ record, section, verdict, rows, comment }) => [record, section, verdict, rows, comment])).toEqual([
    ['r2', 'documents', 'acceptable', ['documents:1'], null],
    ['r1', null, 'harmful', [], 'c2'],
    ['r1', 'medicines', 'wrong', ['medications:3'], null],
    ['r1', 'allergies', 'harmful', ['allergy-state', 'allergies:7'], 'c1'],
  ])
  const ids = (filter: Parameters<typeof ownVerdicts>[2]) => ownVerdicts(events, 'ito', filter).map(({ rows }) => rows.join('+'))
  expect(ids({ verdict: 'wrong' })).toEqual(['medications:3'])
  expect(ids({ section: 'allergies' })).toEqual(['allergy-state+allergies:7'])
  expect(ids({ commented: true })).toEqual(['', 'allergy-state+allergies:7'])
  expect(ids({ commented: false, section: 'medicines' })).toEqual(['medications:3'])
})

test('a row judged apart leaves its cause, and what was taken back is gone', () => {
  const cause = 'allergy-status:allergy-state'
  const press = [
    judge('ito', 'r1', 'allergy-state', 'harmful', { cause }),
    judge('ito', 'r1', 'allergies:7', 'harmful', { cause }),
  ]
  const apart = judge('ito', 'r1', 'allergies:7', 'acceptable')
  const rows = (events: readonly ReviewEvent[]) => ownVerdicts(events, 'ito').map((line) => line.rows)
  expect(rows([...press, apart])).toEqual([['allergies:7'], ['allergy-state']])
  expect(rows([...press, apart, event('ito', 'r1', { kind: 'undo', undoes: apart.id })])).toEqual([
    ['allergy-state', 'allergies:7'],
  ])
})

test('comments behind a finding are those on its verdicts and on the whole record, of its readers alone', () => {
  const wrong = judge('ito', 'r1', 'medications:3', 'wrong', { comment: 'on-row' })
  const events = [
    wrong,
    judge('ito', 'r1', 'medications:4', 'acceptable', { comment: 'on-another-row' }),
    close('ito', 'r1', 'wrong', 'on-record'),
    close('haas', 'r1', 'acceptable', 'of-another-reader'),
    close('ito', 'r2', 'wrong', 'on-another-record'),
  ]
  expect(commentsBehind({ record: 'r1', verdicts: [wrong.id] }, events)).toEqual(['on-row', 'on-record'])
})

test('the worklist holds no word of a comment and no record number unless they are revealed', () => {
  const row = {
    finding: {
      id: 'f1',
      code: 'review/dose',
      record: 'hash-of-record',
      domain: 'medicines',
      item: 'medications:3',
      fields: [],
      class: 'changed',
      verdict: 'harmful',
      reason: 'dose',
      draw: 'd',
      run: 1,
      verdicts: ['ito-1'],
    },
    state: 'open',
    looks: [],
    comments: ['digest-1'],
  } as WorklistRow
  const masked = worklistCsv([row], null)
  expect(masked).not.toContain('digest-1')
  expect(masked.split('\r\n').map((line) => line.split(',').at(-1))).toEqual(['comments', '1', ''])
  const told = worklistCsv([row], {
    numberOf: () => '004298964',
    commentOf: (digest) => (digest === 'digest-1' ? '=Rash after co-amoxiclav' : null),
    hazardsOf: () => [],
  })
  expect(told).toContain('004298964')
  expect(told).toContain('Rash after co-amoxiclav')
  // A comment never becomes a formula.
  expect(told).not.toMatch(/,=Rash|^=Rash/m)
})

test('a worklist of a hundred findings over twenty thousand verdicts reads them once', () => {
  const many: ReviewEvent[] = Array.from({ length: 20_000 }, (_, n) => ({
    kind: 'difference',
    id: `d-${n}`,
    by: 'mika-ito',
    record: `r${Math.floor(n / 25)}`,
    item: String(n % 25),
    domain: 'results',
    class: 'changed',
    verdict: 'wrong',
    reason: 'dose',
    comment: `c${n}`,
    at: { wall: new Date(1_770_000_000_000 + n * 1000).toISOString(), counter: 0 },
  }))
  let read = 0
  const get = (held: ReviewEvent, name: string | symbol): unknown => {
    read++
    return Reflect.get(held, name)
  }
  const watched = many.map((event) => new Proxy(event, { get }))
  for (let n = 0; n < 100; n++)
    expect(commentsBehind({ record: `r${n}`, verdicts: [`d-${n * 25}`] }, watched)).toEqual([`c${n * 25}`])
  // Once for order and undos, and one glance at the record for each finding.
  expect(read).toBeLessThan(many.length * 130)
})
