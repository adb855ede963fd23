/** Cells as programs of other countries write them: one reader for every file of the board, and nothing guessed in silence. */
import { expect, test } from 'vitest'
import { type InputKind, inputFiles, inputKindNames } from '../../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../../src/core/readiness/input-files/input-file.ts'
import { readInput } from '../../../src/core/readiness/input-files/read-input.ts'
import { csvText } from '../../../src/core/readiness/input-files/write-input.ts'

/** What a column of one file makes of these cells; the sentences without the name of the column. */
function column(kind: InputKind, name: string, cells: readonly string[], also: Readonly<Record<string, string>> = {}) {
  const file: InputFile = inputFiles[kind]
  const [head = '', example = ''] = file.example.trim().split('\n')
  const names = [...new Set([...head.split(','), name, ...Object.keys(also)])]
  const given = example.split(',')
  const [key] = (file.key ?? []).filter((each) => file.columns[each]?.type === 'text')
  const rows = cells.map((cell, at) =>
    names.map((each, place) => (each === name ? cell : (also[each] ?? (each === key ? `K${at}` : (given[place] ?? ''))))),
  )
  const { rows: read, problems, readAs } = readInput(file, csvText([names, ...rows]))
  return {
    values: read.map((row) => new Map(Object.entries(row)).get(name)),
    problems: problems.map(({ line, sentence }) => `${line} ${sentence.replace(/^[^;]*; /, '')}`),
    said: readAs.map((sentence) => sentence.replace(`“${name}”: `, '')),
  }
}

test.each([
  ['German', 'ja nein', 'j n', 'Wahr Falsch'],
  ['French', 'oui non', 'o n', 'Vrai Faux'],
  ['Spanish', 'sí no', 's n', 'Verdadero Falso'],
  ['Italian', 'sì no', 'S N', 'VERO FALSO'],
  ['Dutch', 'ja nee', 'j n', 'Waar Onwaar'],
  ['Swedish', 'ja nej', 'J N', 'Sant Falskt'],
  ['English', 'yes no', 'y n', 'TRUE FALSE'],
])('yes and no in %s', (_, ...pairs) => {
  const words = pairs.flatMap((pair) => pair.split(' '))
  const { values, problems } = column('order-sets', 'built', words)
  expect(values).toEqual([true, false, true, false, true, false])
  expect(problems).toEqual([])
})

test('words of another language are named with how they were read; an unknown one is refused', () => {
  expect(column('order-sets', 'built', ['ja', 'Ja', 'nein', 'yes']).said).toEqual([
    'read “ja” as yes (2 cells), “nein” as no (1 cell).',
  ])
  expect(column('order-sets', 'built', ['yes', 'no']).said).toEqual([])
  expect(column('order-sets', 'built', ['vielleicht']).problems).toEqual(['2 it takes yes or no.'])
})

test.each([
  ['decimal comma', '12,5', 12.5],
  ['decimal point', '12.5', 12.5],
  ['points and a comma: German, Italian, Spanish, Dutch', '1.234,5', 1234.5],
  ['commas and a point: English', '1,234.5', 1234.5],
  ['spaces and a comma: French, Swedish', '1 234,5', 1234.5],
  ['narrow no-break spaces', '12\u202f345\u202f678', 12_345_678],
  ['no-break space', '1\u00a0234', 1234],
  ['apostrophes: Swiss', "1'234.50", 1234.5],
  ['several points are thousands', '1.234.567', 1_234_567],
  ['several commas are thousands', '1,234,567', 1_234_567],
])('a number with %s', (_, cell, value) => {
  expect(column('order-sets', 'orders', [cell])).toMatchObject({ values: [value], problems: [] })
})

test('one separator before three digits is settled by the file, with the line that settles it, or not read', () => {
  const settled = (is: string, line: number) =>
    `1 number with one separator read as ${is}, because line ${line} “orders” can be read in no other way.`
  expect(column('order-sets', 'orders', ['1.234', '12,5'])).toEqual({
    values: [1234, 12.5],
    problems: [],
    said: [settled('thousands', 3)],
  })
  expect(column('order-sets', 'orders', ['0.5', '1.234'])).toEqual({
    values: [0.5, 1.234],
    problems: [],
    said: [settled('decimals', 2)],
  })
  expect(column('order-sets', 'orders', ['1,234', '0.5'])).toEqual({
    values: [1234, 0.5],
    problems: [],
    said: [settled('thousands', 3)],
  })
  const alone = column('order-sets', 'orders', ['1.234'])
  expect(alone.values).toEqual([])
  expect(alone.problems[0]).toContain('thousands or decimals')
  // A file that shows both marks settles nothing.
  expect(column('order-sets', 'orders', ['1.234', '12,5', '12.5']).problems[0]).toContain('thousands or decimals')
})

test.each([
  ['German', '2.11.2026', '2. November 2026', '2. Nov. 2026', '31. Dez. 2026', '5. März 2026', '2026-12-31', '2026-03-05'],
  ['French', '02.11.2026', '2 novembre 2026', '2 nov. 2026', '31 déc. 2026', '5 août 2026', '2026-12-31', '2026-08-05'],
  ['Spanish', '02.11.2026', '2 de noviembre de 2026', '2-nov-2026', '31 dic 2026', '5 enero 2026', '2026-12-31', '2026-01-05'],
  ['Italian', '02.11.2026', '2 novembre 2026', '2 nov 2026', '31 dicembre 2026', '5 lug 2026', '2026-12-31', '2026-07-05'],
  ['Dutch', '02.11.2026', '2 november 2026', '2 nov 2026', '31 december 2026', '5 mrt 2026', '2026-12-31', '2026-03-05'],
  ['Swedish', '02.11.2026', '2 november 2026', '2 nov 2026', '31 dec 2026', '5 maj 2026', '2026-12-31', '2026-05-05'],
  ['English', '02.11.2026', 'November 2nd, 2026', '02-Nov-2026', '31 December 2026', 'May 5, 2026', '2026-12-31', '2026-05-05'],
])('days in %s', (_, a, b, c, d, e, fourth, fifth) => {
  const { values, problems, said } = column('feedback', 'opened_at', [a, b, c, d, e], { role: 'Nurse' })
  expect(problems).toEqual([])
  expect(values).toMatchObject(['2026-11-02', '2026-11-02', '2026-11-02', fourth, fifth].map((text) => ({ text })))
  expect(said).toEqual(['1 day with points read as day, month, year.', '4 days with the name of a month read.'])
})

const days = (cells: readonly string[]) => column('goals', 'measured_on', cells)

test('day and month that can be exchanged are settled by another day of the file, or not read', () => {
  expect(days(['25/04/2026', '03/04/2026'])).toEqual({
    values: ['2026-04-25', '2026-04-03'],
    problems: [],
    said: [
      '1 day read day first.',
      '1 day that could be read in two ways read day first, because line 2 “measured_on” can be read in no other way.',
    ],
  })
  expect(days(['03/04/2026', '04/25/2026']).values).toEqual(['2026-03-04', '2026-04-25'])
  expect(days(['03-04-2026']).problems).toEqual([
    '2 its day and month can be exchanged, and no day of the file says which comes first; write it as 2026-11-02.',
  ])
  expect(days(['25/04/2026', '04/25/2026', '03/04/2026']).problems).toHaveLength(1)
  expect(days(['11/11/2026']).values).toEqual(['2026-11-11'])
})

test.each([
  ['02.11.26', 'its year has two digits; write it with four'],
  ['31.02.2026', 'it takes a day as 2026-11-02'],
  ['32/01/2026', 'it takes a day as 2026-11-02'],
  ['2 Brumaire 2026', 'it takes a day as 2026-11-02'],
])('%s is no day that can be read', (cell, why) => {
  expect(days([cell])).toMatchObject({ problems: [`2 ${why}.`] })
})

test('year first is read with any separator', () => {
  expect(days(['2026/11/02', '2026.1.5']).values).toEqual(['2026-11-02', '2026-01-05'])
})

test('a time of another country keeps its offset, and without one it is still not read', () => {
  const { values } = column('tickets', 'opened_at', ['02.11.2026 8:10+01:00', '2 nov. 2026, 08:10:30 Z'])
  expect(values).toMatchObject([{ text: '2026-11-02T08:10+01:00' }, { text: '2026-11-02T08:10:30 Z' }])
  expect(column('tickets', 'opened_at', ['02.11.2026 08:10']).problems[0]).toContain('no offset from UTC')
})

function textOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'text' in value ? value.text : null
}

test('every flag, number and day of every kind of file is read by the one reader', () => {
  const seen = { flag: 0, number: 0, day: 0, moment: 0 }
  for (const kind of inputKindNames) {
    const file: InputFile = inputFiles[kind]
    for (const [name, { type }] of Object.entries(file.columns)) {
      if (type !== 'flag' && type !== 'number' && type !== 'day' && type !== 'moment') continue
      seen[type]++
      const cell = { flag: 'nein', number: '1.234,5', day: '02.11.2026', moment: '02.11.2026' }[type]
      const { values } = column(kind, name, [cell])
      const [value] = values
      expect([kind, name, type === 'moment' ? textOf(value) : value]).toEqual([
        kind,
        name,
        { flag: false, number: 1234.5, day: '2026-11-02', moment: '2026-11-02' }[type],
      ])
    }
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10)
  console.log(`local words: ${JSON.stringify(seen)} columns of ${inputKindNames.length} kinds of files`)
})
