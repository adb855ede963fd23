/** Times without a zone among times with one, or the other way round: 08:00 among 08:00Z. */

import { usualMoment, zonedMoment } from '../bytes/date-bytes.ts'
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'
import type { WatchedCells } from '../contract/watched-cells.ts'

export const mixedZone: ColumnCheck = {
  code: 'data/mixed-zone',
  title: 'Times with and without a zone in one column',
  why: 'A time without its zone is read as local time: it moves by hours, and some events move to another day.',
  remedy: 'Find the source that leaves the zone out. Add the zone in the export, or state it in the mapping.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.date,
  sampled: true,
  always: true,
  watch() {
    return new Zones()
  },
}

export const fewest = 20
/** Where more are unlike the others, two ways of writing are on purpose. */
export const mostShare = 1 / 3
const mostSuspects = 1000
/** Bytes of the shortest moment. */
const shortest = 15
const moment = /^\d{4}-\d\d-\d\d[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?( ?Z| ?[+-]\d\d(?::?\d\d)?)?$/i

/** Whether a moment names its zone; null for what is none. */
function zoneIn(text: string): boolean | null {
  const match = moment.exec(text)
  return match === null ? null : match[1] !== undefined
}

interface Kind {
  count: number
  readonly cells: { readonly kept: number; readonly excerpt: string }[]
}

class Zones implements ColumnWatch {
  wanted = false
  private places = 0
  private readonly zoned: Kind = { count: 0, cells: [] }
  private readonly bare: Kind = { count: 0, cells: [] }

  see(cell: Cell): null {
    if (cell.end - cell.start < shortest) return null
    const usual = usualMoment(cell.bytes, cell.start, cell.end)
    const isZoned = usual === 0 ? zoneIn(cell.text) : usual === zonedMoment
    if (isZoned === null) return null
    const kind = isZoned ? this.zoned : this.bare
    kind.count++
    if (kind.cells.length < mostSuspects) {
      this.wanted = true
      kind.cells.push({ kept: this.places++, excerpt: cell.text })
    }
    return null
  }

  seeAll(cells: WatchedCells): void {
    const { bytes, starts, ends, picked, many } = cells
    for (let i = 0; i < many; i++) {
      const at = picked[i] as number
      const start = starts[at] as number
      const end = ends[at] as number
      if (end - start < shortest) continue
      const usual = usualMoment(bytes, start, end)
      const kind = usual === zonedMoment ? this.zoned : this.bare
      if (usual !== 0 && kind.cells.length >= mostSuspects) kind.count++
      else cells.show(at)
    }
  }

  finish() {
    const { zoned, bare } = this
    const [few, many] = bare.count <= zoned.count ? [bare, zoned] : [zoned, bare]
    if (few.count === 0 || many.count < fewest || few.count > many.count * mostShare) return []
    const facts = [
      { name: few === bare ? 'times with a zone in this column' : 'times without a zone in this column', value: many.count },
      { name: few === bare ? 'times without one' : 'times with one', value: few.count },
    ]
    return few.cells.map(({ kept, excerpt }) => ({ facts, kept, excerpt }))
  }
}
