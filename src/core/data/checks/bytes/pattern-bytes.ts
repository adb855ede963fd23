/** Patterns on bytes: a tree becomes a deterministic automaton over ASCII, one table look-up per byte and no text. */
import { ESCAPED, HIGH } from '../../read/text/record-view.ts'
import type { BytesTest, CellColumn } from '../contract/check.ts'
import { fixedForm } from './fixed-form.ts'
import { type PatternDialect, type PatternNode, parsePattern } from './pattern-syntax.ts'

/** More states than this are left to the text engine; a table of 512 states takes 128 KiB. */
const mostStates = 512
const mostPieces = 1000

/**
 * A test of cells that is true only where the pattern matches; cells with characters beyond ASCII or with escapes are not judged
 * (false). A sentence where the pattern can not be lowered.
 */
export function patternBytes(source: string, whole: boolean, dialect: PatternDialect): BytesTest | string {
  const tree = parsePattern(source, dialect)
  if (tree === null) return `The pattern ${source} uses forms that have no automaton here.`
  const fixed = whole ? fixedForm(tree) : null
  if (fixed !== null) return fixed
  const pieces = new Pieces()
  if (!pieces.build(tree, whole)) return `The pattern ${source} has too many parts for an automaton.`
  const automaton = determine(pieces)
  return automaton === null ? `The pattern ${source} needs more than ${mostStates} states.` : testOf(automaton)
}

interface Automaton {
  /** Next state by state and byte; states are multiplied by 128. */
  readonly table: Uint16Array
  readonly accepts: Uint8Array
}

function testOf({ table, accepts }: Automaton): BytesTest {
  const test: BytesTest = (bytes, start, end, flags) => {
    if ((flags & (HIGH | ESCAPED)) !== 0) return false
    let state = 0
    for (let i = start; i < end; i++) state = table[state | (bytes[i] as number)] as number
    return accepts[state >> 7] === 1
  }
  const all = ({ bytes, starts, ends, flags, at, step, count }: CellColumn, marks: Uint8Array): void => {
    for (let cell = at, row = 0; row < count; row++, cell += step) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      if (start === end) continue
      if (((flags[cell] as number) & (HIGH | ESCAPED)) !== 0) {
        marks[row] = 1
        continue
      }
      let state = 0
      for (let i = start; i < end; i++) state = table[state | (bytes[i] as number)] as number
      if (accepts[state >> 7] !== 1) marks[row] = 1
    }
  }
  return Object.assign(test, { all })
}

const SET = 0
const SPLIT = 1
const BEGIN = 2
const END = 3
const ACCEPT = 4

/** The pattern as a graph in which several places can be reached at once (Thompson's construction). */
class Pieces {
  readonly kinds: number[] = []
  readonly sets: (Uint8Array | null)[] = []
  readonly first: number[] = []
  readonly second: number[] = []
  start = 0

  build(tree: PatternNode, whole: boolean): boolean {
    const accept = this.add(ACCEPT, -1, -1)
    const entry = this.node(tree, whole ? this.add(END, accept, -1) : this.anything(accept))
    if (entry < 0) return false
    this.start = whole ? this.add(BEGIN, entry, -1) : this.anything(entry)
    return true
  }

  /** Any characters, then `next`: what may stand before and after a match that is looked for anywhere. */
  private anything(next: number): number {
    const loop = this.add(SPLIT, next, -1)
    this.second[loop] = this.add(SET, loop, -1, new Uint8Array(128).fill(1))
    return loop
  }

  private add(kind: number, first: number, second: number, set: Uint8Array | null = null): number {
    this.kinds.push(kind)
    this.first.push(first)
    this.second.push(second)
    this.sets.push(set)
    return this.kinds.length - 1
  }

  /** Entry of the node when `next` follows it; -1 where there are too many pieces. */
  private node(node: PatternNode, next: number): number {
    if (next < 0 || this.kinds.length > mostPieces) return -1
    switch (node.kind) {
      case 'set':
        return this.add(SET, next, -1, node.set)
      case 'begin':
        return this.add(BEGIN, next, -1)
      case 'end':
        return this.add(END, next, -1)
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.node(part, after), next)
      case 'choice':
        return node.parts
          .map((part) => this.node(part, next))
          .reduce((all, entry) => (all < 0 || entry < 0 ? -1 : this.add(SPLIT, all, entry)))
      case 'repeat':
        return this.repeat(node.part, node.least, node.most, next)
    }
  }

  private repeat(part: PatternNode, least: number, most: number, next: number): number {
    let after = next
    if (most === Number.POSITIVE_INFINITY) {
      const loop = this.add(SPLIT, -1, next)
      const entry = this.node(part, loop)
      if (entry < 0) return -1
      this.first[loop] = entry
      after = loop
    } else
      for (let i = least; i < most; i++) {
        const entry = this.node(part, after)
        if (entry < 0) return -1
        after = this.add(SPLIT, entry, next)
      }
    for (let i = 0; i < least; i++) after = this.node(part, after)
    return after
  }
}

/** The sets of places reachable together become single states. */
function determine(pieces: Pieces): Automaton | null {
  const classes = byteClasses(pieces)
  const reach = new Reach(pieces)
  const states: { readonly places: readonly number[]; readonly atStart: boolean }[] = []
  const known = new Map<string, number>()
  const stateOf = (places: readonly number[], atStart: boolean): number => {
    const key = `${atStart ? '^' : ''}${places.join(' ')}`
    const found = known.get(key)
    if (found !== undefined) return found
    states.push({ places, atStart })
    known.set(key, states.length - 1)
    return states.length - 1
  }
  stateOf(reach.from([pieces.start], true, false), true)
  const rows: number[][] = []
  for (let at = 0; at < states.length; at++) {
    if (states.length > mostStates) return null
    const { places } = states[at] as { places: readonly number[] }
    const row: number[] = []
    for (const sample of classes.samples) {
      const next = places.filter((place) => pieces.sets[place]?.[sample] === 1).map((place) => pieces.first[place] as number)
      row.push(stateOf(reach.from(next, false, false), false))
    }
    rows.push(row)
  }
  if (states.length > mostStates) return null
  const table = new Uint16Array(states.length * 128)
  rows.forEach((row, state) => {
    for (let byte = 0; byte < 128; byte++) table[state * 128 + byte] = (row[classes.of[byte] as number] ?? 0) * 128
  })
  const accepts = Uint8Array.from(states, ({ places, atStart }) =>
    reach.from(places, atStart, true).some((place) => pieces.kinds[place] === ACCEPT) ? 1 : 0,
  )
  return { table, accepts }
}

/** Finds the places reachable without reading a character, in order. */
class Reach {
  private readonly pieces: Pieces
  private readonly seen: Int32Array
  private round = 0

  constructor(pieces: Pieces) {
    this.pieces = pieces
    this.seen = new Int32Array(pieces.kinds.length)
  }

  from(places: readonly number[], atStart: boolean, atEnd: boolean): number[] {
    const { kinds, first, second } = this.pieces
    const { seen } = this
    const round = ++this.round
    const stack = [...places]
    const found: number[] = []
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      if (place < 0 || seen[place] === round) continue
      seen[place] = round
      const kind = kinds[place]
      if (kind === SPLIT) stack.push(first[place] as number, second[place] as number)
      else found.push(place)
      if ((kind === BEGIN && atStart) || (kind === END && atEnd)) stack.push(first[place] as number)
    }
    return found.sort((a, b) => a - b)
  }
}

/** Bytes that no set tells apart are worked out once. */
function byteClasses(pieces: Pieces): { readonly of: Uint8Array; readonly samples: readonly number[] } {
  const sets = pieces.sets.filter((set) => set !== null)
  const of = new Uint8Array(128)
  const known = new Map<string, number>()
  const samples: number[] = []
  for (let byte = 0; byte < 128; byte++) {
    const signature = sets.map((set) => set[byte]).join('')
    let index = known.get(signature)
    if (index === undefined) {
      index = samples.length
      known.set(signature, index)
      samples.push(byte)
    }
    of[byte] = index
  }
  return { of, samples }
}
