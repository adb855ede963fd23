/** Columns of long tables are judged by a sample of their records; damage of a single cell is found in every record. */
import { expect, test } from 'vitest'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

test('a long table: single cells are found wherever they are, columns by a sample that says so', async () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => {
    const code = i === 25_002 ? '1.23457E+11' : i === 25_004 ? '#N/A' : `${123_456_789_000 + i}`
    const day = i % 50 === 0 ? '9999-12-31' : `2019-0${1 + (i % 9)}-${10 + (i % 18)}`
    return `${i},${code},${day}`
  })
  const source = bytesSource('t.csv', new TextEncoder().encode(`id,code,until\n${rows.join('\n')}\n`))
  const input = { source, side: null, format: null, table: 't', reading: { headerRows: 1 }, schema: null }
  const { findings } = await finish(validate({ inputs: [input] }, new AbortController().signal))
  const damage = findings.find(({ code }) => code === 'data/spreadsheet-damage')
  expect(damage).toMatchObject({ place: 'code', count: 2, denominator: 30_000 })
  expect(damage?.sample.map(({ at }) => (at.kind === 'cell' ? at.record : 0)).toSorted()).toEqual([25_003, 25_005])
  const stand = findings.find(({ code }) => code === 'data/sentinel-date')
  // 20,000 records whole, then every sixteenth of 10,000.
  expect(stand).toMatchObject({ place: 'until', denominator: 20_625 })
  expect(stand?.sample[0]?.evidence.facts).toContainEqual({ name: 'read from a sample of cells', value: 20_625 })
})
