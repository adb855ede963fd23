/** Input files: their examples read, their schemas hold, and what is wrong is named with its place. */
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { recordsIn } from '../../../src/core/readiness/input-files/csv-records.ts'
import { inputFiles, inputKindNames, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../../src/core/readiness/input-files/input-file.ts'
import { readInput } from '../../../src/core/readiness/input-files/read-input.ts'
import { tableSchemaOf } from '../../../src/core/readiness/input-files/table-schema.ts'
import { csvText, keptInput } from '../../../src/core/readiness/input-files/write-input.ts'
import { isCovered, type Shift, shiftsAt } from '../../../src/core/readiness/measures/shifts.ts'
import { asOf, project } from './example-project.ts'

describe.each(inputKindNames)('%s', (kind) => {
  const file: InputFile = inputFiles[kind]
  test('its example is read whole, whatever the delimiter, order of columns and line ends are', () => {
    const whole = readInput(file, file.example)
    expect(whole.problems).toEqual([])
    expect(whole.rows.length).toBe(2)
    const cells = file.example
      .trim()
      .split('\n')
      .map((line) => line.split(',').reverse())
    const other = readInput(file, `\ufeff${cells.map((row) => row.map((cell) => `"${cell}"`).join('\t')).join('\r\n')}`)
    expect(other).toEqual(whole)
  })

  test('each required column that is missing is named, and nothing is computed from the rest', () => {
    const [head = '', ...rows] = file.example.trim().split('\n')
    for (const [name, column] of Object.entries(file.columns)) {
      const at = head.split(',').indexOf(name)
      if (at < 0) continue
      const without = [head, ...rows].map((line) => line.split(',').toSpliced(at, 1).join(',')).join('\n')
      const { missing, rows: read } = readInput(file, without)
      expect(missing).toEqual(column.required ? [name] : [])
      expect(read.length).toBe(column.required ? 0 : 2)
    }
  })

  test('its table schema names every column, what it takes and whether it is needed', () => {
    const schema = tableSchemaOf(file)
    expect(schema).toMatchObject({ fields: Object.keys(file.columns).map((name) => ({ name })) })
  })
})

test('a cell that can not be read is named with its line and what it takes, and the file is refused', () => {
  const { rows, problems, refused } = readInput(
    inputFiles.tickets,
    'ticket_id,opened_at,status,department,priority,extra\nT1,yesterday,open,Ward,P1,x\n\nT2,2026-11-02T08:00:00+01:00,open,Ward,P9,\nT3,2026-11-02,open,,P1,\nT4,2026-11-02T08:00:00+01:00,open,Ward,p2,\n',
  )
  expect(rows.map(({ ticket_id, priority, line }) => [ticket_id, priority, line])).toEqual([
    ['T2', null, 4],
    ['T4', 'P2', 6],
  ])
  expect(problems.map(({ line, column }) => [line, column])).toEqual([
    [2, 'opened_at'],
    [4, 'priority'],
    [5, 'department'],
  ])
  expect(refused).toBe('3 cells can not be read: line 2 “opened_at”, line 4 “priority”, line 5 “department”')
})

test('one cell of any needed or chosen column that can not be read makes every criterion of its file unknown, with the line', () => {
  for (const kind of inputKindNames) {
    const file: InputFile = inputFiles[kind]
    const [head = '', first = '', ...rest] = file.example.trim().split('\n')
    for (const [name, column] of Object.entries(file.columns)) {
      const at = head.split(',').indexOf(name)
      if (at < 0 || !(column.required || column.choices)) continue
      const spoilt = column.type === 'text' || column.type === 'person' || column.type === 'patient' ? '' : '?'
      if (column.type === 'list') continue
      const line = first.split(',').with(at, spoilt).join(',')
      const changed = { ...project, other: new Map(project.other).set(inputPath(kind), utf8([head, line, ...rest].join('\n'))) }
      for (const { criterion, state, reason } of assess(changed, asOf).phases.flatMap(({ criteria }) => criteria)) {
        if (!criterion.needs.includes(kind)) continue
        expect([kind, name, criterion.code, state]).toEqual([
          kind,
          name,
          criterion.code,
          state === 'missing' || state === 'not-due' ? state : 'unknown',
        ])
        if (state === 'unknown') expect(reason).toMatch(/can not be read|there is no/)
      }
      break
    }
  }
})

test.each([
  ['a quote that never closes', 'T1,"a,open,Ward,P1\nT2,2026-11-02,open,Ward,P1\n', 'Line 2: a quote is opened and never closed'],
  [
    'text behind a closing quote',
    '\nT1,2026-11-02,open,"Ward" 2,P1\nT2,"x,open,Ward,P1\n',
    'Line 3: text follows a closing quote',
  ],
  [
    'a quote that closes in a later record',
    'T1,2026-11-02,open,"Ward,P1\nT2,2026-11-02,open,Ward","P1\n',
    'Line 3: a quote is opened',
  ],
  ['more cells than columns', 'T1,2026-11-02,open,Ward, west,P1\n', 'Line 2 has 6 cells, the first line 5'],
])('%s refuses the file with its line: records behind it would vanish', (_name, text, sentence) => {
  const { rows, problems, refused } = readInput(inputFiles.tickets, `ticket_id,opened_at,status,department,priority\n${text}`)
  expect(rows).toEqual([])
  expect(refused).toBe(problems[0]?.sentence)
  expect(refused).toContain(sentence)
})

test('whatever cells hold, their records come back with the line they begin on', () => {
  const cell = fc.stringMatching(/^[a-z ",;\n]{0,6}$/)
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.stringMatching(/^[a-z]$/), cell), { minLength: 1, maxLength: 6 }), (rows) => {
      const written = csvText([['a', 'b'], ...rows])
      const { head, records, trouble } = recordsIn(written)
      expect({ head, trouble, cells: records.map(({ cells }) => cells) }).toEqual({
        head: ['a', 'b'],
        trouble: null,
        cells: rows,
      })
      for (const { line, cells } of records) expect(written.split('\n')[line - 1]?.startsWith(`${cells[0]},`)).toBe(true)
    }),
  )
})

test('a number with a separator before exactly three digits is not guessed at', () => {
  const read = (cell: string) => inputFiles.interfaces.columns.peak_per_hour.read(cell)
  for (const cell of ['12,500', '12.500', '150,000', '1.234']) {
    expect(read(cell)).toBeUndefined()
    const { refused, problems } = readInput(inputFiles.interfaces, `edge_id;from;to;peak_per_hour\nlab;a;b;${cell}\n`)
    expect(refused).toBe('1 cell can not be read: line 2 “peak_per_hour”')
    expect(problems[0]?.sentence).toContain('thousands or decimals')
    expect(problems[0]?.sentence).not.toContain(cell)
  }
  expect(['0.005', '0,125', '12.5', '12,50', '1250.125', '12500'].map(read)).toEqual([0.005, 0.125, 12.5, 12.5, 1250.125, 12500])
})

test('a time of day without its offset from UTC is not read, and the sentence says why', () => {
  const { refused, problems } = readInput(
    inputFiles.tickets,
    'ticket_id,opened_at,status,department\nT1,2026-11-02T08:00,open,Ward\nT2,2026-11-02 08:00+01:00,open,Ward\n',
  )
  expect(refused).toBe('1 cell can not be read: line 2 “opened_at”')
  expect(problems[0]?.sentence).toContain('no offset from UTC')
})

test('any text is read without a crash, and no more records come out than lines go in', () => {
  fc.assert(
    fc.property(fc.constantFrom(...inputKindNames), fc.string(), (kind, text) => {
      const file: InputFile = inputFiles[kind]
      expect(readInput(file, `${Object.keys(file.columns).join(',')}\n${text}`).rows.length).toBeLessThanOrEqual(
        text.split('\n').length,
      )
    }),
  )
})

const shift = (start: string, end: string, department = 'Ward'): Shift => {
  const { rows } = readInput(
    inputFiles.shifts,
    `shift_id,department,start,end,function\nS,${department},${start},${end},clinical\n`,
  )
  const [row] = rows
  if (!row) throw new Error(`${start} to ${end}`)
  return row
}

test('shifts are intervals of instants: over midnight, over a change of the clock, touching and with holes', () => {
  // The night of the last Sunday of October has an hour more.
  const night = shift('2026-10-24T22:00:00+02:00', '2026-10-25T06:00:00+01:00')
  expect((night.end.at - night.start.at) / 3_600_000).toBe(9)
  expect(
    isCovered(night, [
      shift('2026-10-24T21:30:00+02:00', '2026-10-25T02:30:00+02:00'),
      shift('2026-10-25T01:30:00+01:00', '2026-10-25T06:00:00+01:00'),
    ]),
  ).toBe(true)
  expect(
    isCovered(night, [
      shift('2026-10-24T21:30:00+02:00', '2026-10-25T02:00:00+02:00'),
      shift('2026-10-25T02:00:00+01:00', '2026-10-25T06:00:00+01:00'),
    ]),
  ).toBe(false)
  expect(isCovered(night, [shift('2026-10-24T21:30:00+02:00', '2026-10-25T07:00:00+01:00', 'Lab')])).toBe(false)
  expect(shiftsAt([night], 'Ward', night.end.at)).toEqual([])
  expect(shiftsAt([night], 'Ward', night.end.at - 1)).toEqual([night])
})

test('what is kept holds no number of a person or patient, gives the same rows otherwise, and stays the same when kept again', () => {
  const hide = (number: string): string => createHash('sha256').update(`salt ${number}`).digest('hex')
  for (const kind of inputKindNames) {
    const file: InputFile = inputFiles[kind]
    const kept = keptInput(
      file,
      file.example
        .replace('\n', ',note\n')
        .replace(/\n(?=.)/g, ',secret 7\n')
        .replace(',note,secret 7', ',note'),
      hide,
    )
    expect(kept).not.toContain('secret')
    const [before, after] = [readInput(file, file.example), readInput(file, kept)]
    expect(after.problems).toEqual(before.problems)
    for (const [index, row] of before.rows.entries())
      for (const [name, column] of Object.entries(file.columns)) {
        const now = after.rows[index]?.[name]
        if (column.type !== 'person' && column.type !== 'patient') expect(now).toEqual(row[name])
        else if (row[name] !== null) expect(now).toMatch(/^id-[0-9a-f]{16}$/)
      }
    expect(keptInput(file, kept, hide)).toBe(kept)
  }
})
