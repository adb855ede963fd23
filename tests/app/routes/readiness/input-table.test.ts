/** Files of the board edited as a table: no cell is lost on the way to text and back, every wrong cell is named, and every act has its way back. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keptText, shownText } from '../../../../src/app/routes/readiness/inputs/input-dates.ts'
import { acted, begun, type InputAct } from '../../../../src/app/routes/readiness/inputs/input-history.ts'
import { pastedCells } from '../../../../src/app/routes/readiness/inputs/input-keys.ts'
import {
  columnsOf,
  type EditTable,
  emptyTable,
  isBlank,
  tableJudge,
  tableOf,
  textOf,
} from '../../../../src/app/routes/readiness/inputs/input-table.ts'
import { inputFiles } from '../../../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../../../src/core/readiness/input-files/input-file.ts'
import { readInput } from '../../../../src/core/readiness/input-files/read-input.ts'

const { roster, tickets, events } = inputFiles

function opened(text: string, file: InputFile = roster): EditTable {
  const table = tableOf(file, text)
  if (typeof table === 'string') throw new Error(table)
  return table
}

const cells = ({ rows }: EditTable) => rows.map((row) => row.cells)

/** Whatever a spreadsheet lets people write. */
const cell = fc.oneof(
  fc.stringMatching(/^[a-z ",;|\t\n\r'é]{0,6}$/),
  fc.constantFrom('=1+1', '+44 20', '-3', '@SUM(A1)', "'0012", '"', '""', 'a\r\nb', 'Küche; "Süd", 2', '\n', ' '),
)
const heads = fc.constantFrom(
  ['person_id', 'role', 'department'],
  ['Own note', 'Person ID', 'role', 'department', 'super_user'],
  ['role', 'say "when"', 'two\nlines', 'person_id', 'department'],
)
const table = heads.chain((head) =>
  fc.array(fc.array(cell, { minLength: head.length, maxLength: head.length }), { maxLength: 6 }).map((rows) => ({ head, rows })),
)
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

test('text becomes a table and text again without losing a cell, columns of the clinic among them', () => {
  fc.assert(
    fc.property(table, ({ head, rows }) => {
      const given = opened(`${[head, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`)
      expect(given.head.slice(0, head.length)).toEqual(head)
      expect(cells(given).map((row) => row.slice(0, head.length))).toEqual(rows.length === 0 ? [head.map(() => '')] : rows)
      const written = textOf(roster, given)
      const again = opened(written)
      expect(again.head.slice(0, head.length)).toEqual(head)
      const filled = rows.filter((row) => row.some((each) => each.trim() !== ''))
      expect(
        cells({ ...again, rows: again.rows.filter((row) => !isBlank(row)) }).map((row) => row.slice(0, head.length)),
      ).toEqual(filled)
      expect(textOf(roster, again)).toBe(written)
    }),
    { numRuns: 200 },
  )
})

test('a file that is not there yet begins with one row, and is written with the columns that are used or needed', () => {
  const empty = emptyTable(roster)
  expect(empty.rows).toHaveLength(1)
  expect(textOf(roster, empty)).toBe('person_id,role,department\n')
  const end = empty.head.indexOf('end')
  const filled = acted(begun(empty), { do: 'set', id: 0, at: end, text: '2026-11-30' }).now
  expect(textOf(roster, filled)).toBe('person_id,role,department,end\n,,,2026-11-30\n')
})

test('text whose quotes do not pair is no table, and the sentence says where', () => {
  expect(tableOf(roster, 'person_id,role,department\n1,"Nurse,Ward\n')).toContain('Line 2: a quote is opened')
})

test('the columns stand in the order of the schema, own columns and repeated names behind them as text', () => {
  const { head } = opened('Note,role,Person ID,role\nx,Nurse,1,again\n')
  const columns = columnsOf(roster, head)
  expect(columns.slice(0, 3).map(({ name, at }) => [name, at])).toEqual([
    ['person_id', 2],
    ['role', 1],
    ['department', 4],
  ])
  expect(columns.slice(-2)).toEqual([
    { at: 0, name: 'Note', column: null },
    { at: 3, name: 'role', column: null },
  ])
})

test('every cell that the board could not read is named at its place, and no other', () => {
  const broken: readonly (readonly [InputFile, string])[] = [
    [
      roster,
      'person_id,role,department,super_user,start,own\n1,Nurse,Ward,perhaps,31-Feb-2026,=1+1\n2,,Ward,yes,2026-11-02,\n,,,,,\n3,Nurse,Ward,no,,\n3,Nurse,Ward,,,\n',
    ],
    [
      tickets,
      'ticket_id,opened_at,status,department,priority\nT1,2026-11-02T08:10:00,open,Ward,P9\nT2,2026-11-02T08:10:00Z,open,Ward,p1\n',
    ],
    [events, events.example],
  ]
  const counts = broken.map(([file, text]) => {
    const { head, rows } = opened(text, file)
    const problems = tableJudge(file, columnsOf(file, head))(rows)
    const named = [...problems].flatMap(([id, row]) => [...row.keys()].map((at) => `${id + 2} ${head[at]}`)).sort()
    // A row without a cell is not written, so nothing is wrong with it.
    const read = readInput(file, text).problems.filter(({ line }) => rows[line - 2]?.cells.some((each) => each !== ''))
    expect(named).toEqual(read.map(({ line, column }) => `${line} ${column}`).sort())
    return named.length
  })
  expect(counts).toEqual([4, 2, 0])
})

const act = fc.oneof(
  fc.record({ do: fc.constant('set' as const), id: fc.nat(6), at: fc.nat(4), text: cell }),
  fc.record({ do: fc.constant('add' as const), after: fc.option(fc.nat(6)) }),
  fc.record({ do: fc.constantFrom('duplicate' as const, 'remove' as const), id: fc.nat(6) }),
  fc.record({
    do: fc.constant('paste' as const),
    id: fc.nat(6),
    places: fc.constant([1, 2]),
    cells: fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 }),
  }),
)

test('whatever was done is taken back to the very table it began with, and done again to the one it had come to', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const first = opened(roster.example)
      const done = acts.reduce<ReturnType<typeof begun>>((history, each) => acted(history, each), begun(first))
      expect(new Set(done.now.rows.map(({ id }) => id)).size).toBe(done.now.rows.length)
      expect(done.now.rows.length).toBeGreaterThan(0)
      const repeat = (way: 'undo' | 'redo', from: typeof done) =>
        done.past.reduce((history) => acted(history, { do: way } satisfies InputAct), from)
      const back = repeat('undo', done)
      expect(back.now).toBe(first)
      expect(repeat('redo', back).now).toBe(done.now)
    }),
    { numRuns: 200 },
  )
})

test('typing on in one cell is one step; another cell begins the next', () => {
  const typed = ['N', 'Nu', 'Nurse'].reduce(
    (history, text) => acted(history, { do: 'set', id: 0, at: 1, text }),
    begun(emptyTable(roster)),
  )
  expect(typed.past).toHaveLength(1)
  expect(acted(typed, { do: 'set', id: 0, at: 2, text: 'Ward 2' }).past).toHaveLength(2)
  expect(acted(typed, { do: 'set', id: 0, at: 1, text: 'Nurse' })).toBe(typed)
})

test('cells of a spreadsheet fill to the right and down, and add the rows that are lacking', () => {
  const pasted = pastedCells('Nurse\tWard 1\r\nClerk\tDesk\r\n')
  expect(pasted).toEqual([
    ['Nurse', 'Ward 1'],
    ['Clerk', 'Desk'],
  ])
  expect(pastedCells('one cell, with a comma')).toBe(null)
  const { now } = acted(begun(emptyTable(roster)), { do: 'paste', id: 0, places: [1, 2], cells: pasted ?? [] })
  expect(textOf(roster, now)).toBe('person_id,role,department\n,Nurse,Ward 1\n,Clerk,Desk\n')
})

test('days and moments are shown in words and kept in ISO 8601, to the same character', () => {
  const { start } = roster.columns
  const { opened_at } = tickets.columns
  expect(keptText(start, '2-nov-2026')).toBe('2026-11-02')
  expect(keptText(opened_at, '02-Nov-2026 08:00 +01:00')).toBe('2026-11-02T08:00+01:00')
  expect(shownText(opened_at, '2026-11-02T08:10:00Z')).toBe('02-Nov-2026 08:10:00 UTC')
  expect(keptText(roster.columns.role, '02-Nov-2026')).toBe('02-Nov-2026')
  const parts = fc.tuple(
    fc.stringMatching(/^20\d\d-(0\d|1\d)-[0-3]\d$/),
    fc.constantFrom('', ' 08:00+01:00', 'T08:00:05.5+0100', 'T08:00Z', 'T08:00', ' Z', 'x'),
  )
  fc.assert(
    fc.property(parts, ([date, time]) => {
      const kept = `${date}${time}`
      for (const column of [start, opened_at]) expect(keptText(column, shownText(column, kept))).toBe(kept)
    }),
    { numRuns: 200 },
  )
})
