/** Identifiers and codes whose check digit is wrong, by the scheme that a rule names, or that nearly all of the column follow. */
import type { Fact } from '../../../finding.ts'
import { isCodeName } from '../../knowledge/column-words.ts'
import { type DigitTest, schemes } from '../bytes/check-digits.ts'
import { type Cell, cellEvidence } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'
import { textParam } from '../contract/record-check.ts'
import type { WatchedCells } from '../contract/watched-cells.ts'

export const checkDigit: ColumnCheck = {
  code: 'data/check-digit',
  title: 'Identifiers or codes with a wrong check digit',
  why: 'One digit was mistyped or two were swapped: it is the number of nobody, of another patient, or of another diagnosis.',
  remedy:
    'Compare these identifiers with the patient, and codes with their words. If the scheme does not apply to the column, accept the finding with that reason.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'computational', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.digits | shapes.numeric | shapes.text,
  sampled: true,
  always: true,
  watch({ field, type, params }) {
    if (params === null)
      return type === 'date' || type === 'datetime' ? null : new Proposal(isCodeName(field) ? ofCodes : ofIdentifiers)
    const named = textParam(params, 'scheme') ?? ''
    const scheme = Object.hasOwn(schemes, named) ? schemes[named] : undefined
    if (!scheme) return `The scheme "${named}" is not known; there are ${Object.keys(schemes).join(', ')}.`
    const facts = [{ name: 'scheme', value: scheme.words }]
    return {
      see: (cell) => (passes(cell, scheme.test) ? null : cellEvidence(cell, facts)),
      finish: () => [],
    }
  },
}

const encoder = new TextEncoder()

/** Blanks and hyphens are how people group digits. */
function passes(cell: Cell, test: DigitTest): boolean {
  const digits = encoder.encode(cell.text.replace(/[ -]/g, ''))
  return digits.every((byte) => byte >= 48 && byte <= 57) && test(digits, 0, digits.length)
}

/** When a scheme is believed: so many different values, and the share of cells that follow it. */
interface Belief {
  readonly different: number
  readonly share: number
  /** A wrong one that is seen more often was not mistyped in its record. */
  readonly mostOfOne: number
}

export const ofIdentifiers: Belief = { different: 50, share: 0.99, mostOfOne: Number.POSITIVE_INFINITY }
/** Codes repeat themselves, and a catalogue of SNOMED CT may hold codes of its own. */
export const ofCodes: Belief = { different: 50, share: 0.995, mostOfOne: 2 }
const shortest = 6
const longest = 20
const trial = 200
const mostKept = 10_000

class Scheme {
  passed = 0
  readonly kept: { readonly kept: number; readonly excerpt: string }[] = []
  readonly words: string
  readonly test: DigitTest
  constructor(words: string, test: DigitTest) {
    this.words = words
    this.test = test
  }
}

/** Chance passes one in ten, eleven or ninety-seven: a scheme is believed where nearly all of many different values follow it. */
class Proposal implements ColumnWatch {
  private open: Scheme[] = Object.values(schemes).map(({ words, test }) => new Scheme(words, test))
  private tested = 0
  private places = 0
  wanted = false
  private readonly different = new Set<string>()
  private readonly belief: Belief

  constructor(belief: Belief) {
    this.belief = belief
  }

  see(cell: Cell, shape: number): null {
    if (this.open.length === 0) return null
    const length = cell.end - cell.start
    if (shape !== shapes.digits || length < shortest || length > longest) return null
    this.tested++
    if (this.different.size < this.belief.different) this.different.add(cell.text)
    for (const scheme of this.open) {
      if (scheme.test(cell.bytes, cell.start, cell.end)) scheme.passed++
      else if (scheme.kept.length < mostKept) {
        this.wanted = true
        scheme.kept.push({ kept: this.places, excerpt: cell.text })
      }
    }
    if (this.wanted) this.places++
    if (this.tested % trial === 0) this.open = this.open.filter(({ passed }) => passed >= this.tested * 0.95)
    return null
  }

  seeAll(cells: WatchedCells): void {
    const { starts, ends, picked, many } = cells
    for (let i = 0; i < many && this.open.length > 0; i++) {
      const at = picked[i] as number
      const length = (ends[at] as number) - (starts[at] as number)
      if (cells.shapes[at] === shapes.digits && length >= shortest && length <= longest) cells.show(at)
    }
  }

  /** Once a scheme is believed, a wrong digit anywhere is worth naming. */
  isSettled(): boolean {
    return this.believed() !== undefined
  }

  private believed(): Scheme | undefined {
    if (this.different.size < this.belief.different) return undefined
    return this.open.find(({ passed }) => passed >= this.tested * this.belief.share)
  }

  finish(filled: number) {
    const believed = this.believed()
    if (!believed || this.tested < filled * 0.9 || believed.passed === this.tested) return []
    const facts: Fact[] = [
      { name: 'scheme that the others follow', value: believed.words },
      { name: 'values that follow it', value: believed.passed },
      { name: 'values tested', value: this.tested },
    ]
    const times = new Map<string, number>()
    for (const { excerpt } of believed.kept) times.set(excerpt, (times.get(excerpt) ?? 0) + 1)
    return believed.kept
      .filter(({ excerpt }) => (times.get(excerpt) ?? 0) <= this.belief.mostOfOne)
      .map(({ kept, excerpt }) => ({ facts, kept, excerpt }))
  }
}
