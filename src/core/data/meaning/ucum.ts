/** Units of measure by UCUM (Unified Code for Units of Measure 2.1): a unit taken apart into base units and an exact factor. */
import { dividedBy, type Fraction, fraction, one, times } from './fraction.ts'
import { atoms, prefixes, prefixPowers } from './ucum-atoms.ts'

export interface Unit {
  /** Exponents by base unit, as sorted text; empty for a pure number. A ratio of substances, such as mmol/mol, keeps `mol0`: it is no plain number. */
  readonly dimension: string
  /** How many base units one of it is. */
  readonly factor: Fraction
  /** Added after the factor: degrees of temperature only. */
  readonly offset: Fraction | null
  /** The words in braces where nothing else is there: “score” of “{score}”. */
  readonly annotation: string
}

const held = new Map<string, Unit | null>()

/** The unit that a UCUM code stands for; null where the text is no such code. */
export function unitOf(code: string): Unit | null {
  const found = held.get(code)
  if (found !== undefined) return found
  const unit = read(code)
  if (held.size > 2000) held.clear()
  held.set(code, unit)
  return unit
}

/** A code without the prefix of its first unit, and the power of ten that stood for: `mg/L` is 10⁻³ `g/L`. Null where nobody would add it up so, as mmHg. */
export function withoutPrefix(code: string): { readonly base: string; readonly power: number } | null {
  const [, prefix = '', atom = '', rest = ''] = /^([A-Za-z]*?)(g|L|l|mol|m|eq|U|\[iU\])([./].+)?$/.exec(code) ?? []
  const power = prefix === '' ? 0 : prefixPowers.get(prefix)
  return atom === '' || power === undefined ? null : { base: `${atom === 'l' ? 'L' : atom}${rest}`, power }
}

interface Term {
  readonly bases: ReadonlyMap<string, number>
  readonly factor: Fraction
}

const nothing: Term = { bases: new Map(), factor: one }

function read(code: string): Unit | null {
  const special = atoms.get(code)
  if (special?.offset !== undefined)
    return { dimension: textOf(special.bases), factor: special.factor, offset: special.offset, annotation: '' }
  const reader = new Reader(code)
  const term = reader.whole()
  if (term === null) return null
  const annotation = /^\{([^{}]*)\}$/.exec(code)?.[1] ?? ''
  return { dimension: textOf(term.bases), factor: term.factor, offset: null, annotation }
}

function textOf(bases: ReadonlyMap<string, number>): string {
  return [...bases]
    .filter(([base, power]) => power !== 0 || base === 'mol')
    .map(([base, power]) => `${base}${power}`)
    .sort()
    .join(' ')
}

/** Terms joined by `.` and `/`, parentheses, exponents and annotations in braces (UCUM §2 to §12). */
class Reader {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  whole(): Term | null {
    if (this.text === '' || this.text.length > 100) return null
    const term = this.term(0)
    return this.at < this.text.length ? null : term
  }

  private term(depth: number): Term | null {
    if (depth > 10) return null
    let result: Term | null = nothing
    let divide = this.taken('/')
    for (;;) {
      const next = this.component(depth)
      if (next === null || result === null) return null
      result = joined(result, next, divide)
      if (this.taken('.')) divide = false
      else if (this.taken('/')) divide = true
      else return result
    }
  }

  private component(depth: number): Term | null {
    if (this.taken('(')) {
      const inside = this.term(depth + 1)
      return this.taken(')') ? inside : null
    }
    const symbol = this.symbol()
    const annotated = this.annotation()
    return symbol === '' ? (annotated ? nothing : null) : termOf(symbol)
  }

  /** Up to the next sign that joins; signs inside square brackets belong to the symbol. */
  private symbol(): string {
    const found = /^(?:\[[^\]]*\]|[^./(){}[\]])*/.exec(this.text.slice(this.at))?.[0] ?? ''
    this.at += found.length
    return found
  }

  private annotation(): boolean {
    const found = /^\{[^{}]*\}/.exec(this.text.slice(this.at))?.[0]
    this.at += found?.length ?? 0
    return found !== undefined
  }

  private taken(sign: string): boolean {
    if (this.text[this.at] !== sign) return false
    this.at++
    return true
  }
}

/** A number, or a symbol with its exponent. */
function termOf(text: string): Term | null {
  if (/^[1-9]\d{0,8}$/.test(text)) return { bases: new Map(), factor: fraction(Number(text)) }
  const found = /^(10[*^]|.*?[^\d+-])([+-]?\d{1,2})?$/.exec(text)
  const atom = found === null ? undefined : (atoms.get(found[1] ?? '') ?? prefixed(found[1] ?? ''))
  const power = Number(found?.[2] ?? 1)
  if (!atom || atom.offset !== undefined || Math.abs(power) > 40) return null
  let result: Term = nothing
  for (let i = 0; i < Math.abs(power); i++) result = joined(result, atom, power < 0)
  return result
}

/** Only metric atoms take a prefix (UCUM §11), and the longest prefix is two letters. */
function prefixed(symbol: string): (Term & { readonly offset?: Fraction }) | null {
  for (const length of [1, 2]) {
    const prefix = prefixes.get(symbol.slice(0, length))
    const atom = prefix === undefined ? undefined : atoms.get(symbol.slice(length))
    if (prefix !== undefined && atom?.metric === true) return { bases: atom.bases, factor: times(prefix, atom.factor) }
  }
  return null
}

function joined(a: Term, b: Term, divide: boolean): Term {
  const bases = new Map(a.bases)
  for (const [base, power] of b.bases) bases.set(base, (bases.get(base) ?? 0) + (divide ? -power : power))
  return { bases, factor: divide ? dividedBy(a.factor, b.factor) : times(a.factor, b.factor) }
}
