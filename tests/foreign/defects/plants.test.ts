/** The truths of the planted defects hold by themselves: exactly the named records and columns differ. */
import { describe, expect, test } from 'vitest'
import { extractsAreThere, foreignExtracts, planted } from './plants.ts'
import { TableEdit } from './table-edit.ts'

const extracts = extractsAreThere ? foreignExtracts() : []

describe.skipIf(!extractsAreThere)('planted defects', () => {
  test('there are forty of at least twenty-five kinds', () => {
    const plants = extracts.flatMap((extract) => extract.plants)
    expect(plants).toHaveLength(40)
    expect(new Set(plants.map(({ id }) => id)).size).toBe(40)
    expect(new Set(plants.map(({ family }) => family)).size).toBeGreaterThanOrEqual(25)
    expect(plants.filter(({ plain }) => plain).length).toBeGreaterThanOrEqual(25)
  })

  for (const extract of extracts) {
    for (const plant of extract.plants) {
      test(`${plant.id} ${plant.family}: exactly the named records of one table differ`, () => {
        const { files, places } = planted(extract, plant)
        const changed = [...files].filter(
          ([name, bytes]) => !Buffer.from(bytes).equals(Buffer.from(extract.files.get(name) ?? [])),
        )
        expect(changed).toHaveLength(1)
        for (const { rows, columns } of places) {
          expect(rows.length).toBeGreaterThan(0)
          expect(columns.length).toBeGreaterThan(0)
        }
        const [[name, bytes] = ['', new Uint8Array()]] = changed
        const [place] = places
        expect(place?.table).toBe(name)
        const before = new TableEdit(extract.files.get(name) ?? new Uint8Array())
        const after = new TableEdit(bytes)
        const added = after.count - before.count
        if (added > 0) {
          expect(place?.rows).toHaveLength(added)
          return
        }
        if (plant.family === 'header exchanged') {
          expect(before.header.filter((column, at) => column !== after.header[at])).toEqual(place?.columns)
          expect(place?.rows).toHaveLength(after.count)
          return
        }
        const rows = after.rows((_, row) => after.line(row) !== before.line(row))
        expect(rows).toEqual(place?.rows)
        if (plant.family === 'stray quote') return
        const columns = before.header.filter((column) => rows.some((row) => before.cell(row, column) !== after.cell(row, column)))
        for (const column of columns) expect(place?.columns).toContain(column)
      })
    }
  }
})
