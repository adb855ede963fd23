/** Patterns of one fixed length: which byte may stand in which place, tested for all places at once instead of state by state. */
import { placesQuestion } from '../../read/records/column-kernels.ts'
import { ESCAPED, HIGH } from '../../read/text/record-view.ts'
import type { BytesTest, CellColumn } from '../contract/check.ts'
import type { PatternNode } from './pattern-syntax.ts'

/** Longer forms are left to the automaton. */
const mostPlaces = 64
/** Kinds of places that differ: each is one bit of a byte. */
const mostClasses = 8

type Places = readonly Uint8Array[]

/** The test of a pattern for whole cells that is nothing but so many places; null for every other pattern. */
export function fixedForm(tree: PatternNode): BytesTest | null {
  const places = placesOf(tree)
  if (places === null || places.length === 0) return null
  const kinds = new Map<string, number>()
  const classOf = new Uint8Array(256)
  const wanted = Uint8Array.from(places, (set) => {
    const name = set.join('')
    const bit = kinds.get(name) ?? 1 << kinds.size
    kinds.set(name, bit)
    set.forEach((isIn, byte) => {
      if (isIn === 1) classOf[byte] = (classOf[byte] as number) | bit
    })
    return bit
  })
  return kinds.size > mostClasses ? null : testOf(wanted, classOf, places)
}

function testOf(wanted: Uint8Array, classOf: Uint8Array, places: Places): BytesTest {
  const { length } = wanted
  const fits = (bytes: Uint8Array, start: number): boolean => {
    let missed = 0
    for (let i = 0; i < length; i++) missed |= ((classOf[bytes[start + i] as number] as number) & (wanted[i] as number)) - 1
    return missed >= 0
  }
  // A quote in a place stands twice in the cell.
  const test: BytesTest = (bytes, start, end, flags) =>
    end - start === length && (flags & (HIGH | ESCAPED)) === 0 && fits(bytes, start)
  const all = ({ bytes, starts, ends, flags, at, step, count }: CellColumn, marks: Uint8Array): void => {
    for (let cell = at, row = 0; row < count; row++, cell += step) {
      const start = starts[cell] as number
      const bytesOfCell = (ends[cell] as number) - start
      if (bytesOfCell === 0) continue
      if (bytesOfCell !== length || ((flags[cell] as number) & (HIGH | ESCAPED)) !== 0) {
        marks[row] = 1
        continue
      }
      let missed = 0
      for (let i = 0; i < length; i++) missed |= ((classOf[bytes[start + i] as number] as number) & (wanted[i] as number)) - 1
      if (missed < 0) marks[row] = 1
    }
  }
  const may = (place: number, characters: string): boolean =>
    [...characters].some((character) => places[place]?.[character.charCodeAt(0)] === 1)
  return Object.assign(test, {
    all,
    question: placesQuestion(places) ?? undefined,
    excludesOrder: length < 8 || !(may(0, '0123456789') && (may(1, '/.-') || may(2, '/.-'))),
    excludesSuspects: !mayBeOdd(length, may),
  })
}

/** True where a cell of the form may be one that `isOdd` of `suspect.ts` picks out. */
function mayBeOdd(length: number, may: (place: number, characters: string) => boolean): boolean {
  if (may(0, '# ') || may(length - 1, ' ')) return true
  if (length < 5 || length > 12) return false
  if (may(length - 3, '+') && may(length - 4, 'Ee')) return true
  return length <= 6 && (may(1, '-') || may(2, '-') || may(3, '-'))
}

function placesOf(node: PatternNode): Uint8Array[] | null {
  if (node.kind === 'set') return [node.set]
  if (node.kind === 'repeat') {
    if (node.least !== node.most || node.most > mostPlaces) return null
    const part = placesOf(node.part)
    return part && part.length * node.most <= mostPlaces ? Array.from({ length: node.most }, () => part).flat() : null
  }
  if (node.kind !== 'sequence') return null
  const all: Uint8Array[] = []
  for (const part of node.parts) {
    const places = placesOf(part)
    if (places === null || all.length + places.length > mostPlaces) return null
    all.push(...places)
  }
  return all
}
