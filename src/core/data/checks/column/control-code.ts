/** Control codes of ASCII inside cells, such as a vertical tab or a bell: no text that people write holds them. */
import { type Cell, cellEvidence } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, cellTraits, shapes } from '../contract/column-check.ts'

export const controlCode: ColumnCheck = {
  code: 'data/control-code',
  title: 'Control codes inside cells',
  why: 'XML and many databases refuse them, and a search for the visible text does not find the record.',
  remedy: 'Find the program that writes them. Remove or replace them in the legacy system, or in the mapping.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'coarser',
  scope: 'column',
  shapes: shapes.text | shapes.numeric | shapes.digits | shapes.hash | shapes.date | shapes.dayMonth,
  needs: cellTraits.code,
  sampled: true,
  always: true,
  watch() {
    return new Codes()
  },
}

class Codes implements ColumnWatch {
  private found = false

  see(cell: Cell) {
    let count = 0
    let first = 0
    for (let i = cell.start; i < cell.end; i++) {
      const byte = cell.bytes[i] as number
      if ((byte < 32 && byte > 0 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127) {
        if (count++ === 0) first = byte
      }
    }
    if (count === 0) return null
    this.found = true
    return cellEvidence(cell, [
      { name: 'control codes', value: count },
      { name: 'the first of them', value: `U+${first.toString(16).toUpperCase().padStart(4, '0')}` },
    ])
  }

  /** Where the sample holds one, every cell after it is looked at. */
  isSettled(): boolean {
    return this.found
  }

  finish() {
    return []
  }
}
