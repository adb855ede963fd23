/** Expressions to closures over a record. Three truth values: what a missing cell or a partial date leaves open is null, never false. */
import { safePattern } from '../checks/bytes/safe-pattern.ts'
import {
  addSpan,
  asWhen,
  calculate,
  compareNums,
  daySeconds,
  isPartial,
  isSame,
  numOf,
  orderOf,
  plainNumber,
  type Value,
  type When,
  whole,
} from '../model/value.ts'
import type { Comparison, Expression, ExpressionFault } from './expression.ts'

/** One record as rules see it: the text of a column by its index, null where nothing is recorded. */
export interface RuleRow {
  text(column: number): string | null
}

export type Evaluate = (row: RuleRow) => Value

/** What names mean where an expression is used. */
export interface Scope {
  /** How a column is read; null where the table has none of that name. */
  column(name: string): Evaluate | null
  /** The value of `field` in the record of another table whose `key` is the given text; a sentence where that can not be had. */
  lookup(table: string, key: string, field: string): ((key: string) => Value) | string
  /** The day of the extract; null where nobody said. */
  readonly asOf: When | null
}

class Fault extends Error {
  readonly at: number
  constructor(says: string, at: number) {
    super(says)
    this.at = at
  }
}

export function compileExpression(tree: Expression, scope: Scope): Evaluate | ExpressionFault {
  try {
    return compile(tree, scope)
  } catch (error) {
    if (error instanceof Fault) return { kind: 'fault', says: error.message, at: error.at }
    throw error
  }
}

function compile(node: Expression, scope: Scope): Evaluate {
  switch (node.kind) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'column': {
      const read = scope.column(node.name)
      if (!read) throw new Fault(`The table has no column ${node.name}.`, node.at)
      return read
    }
    case 'call':
      return call(node.name, node.args, node.at, scope)
    case 'not': {
      const of = compile(node.of, scope)
      return (row) => {
        const value = of(row)
        return typeof value === 'boolean' ? !value : null
      }
    }
    case 'minus': {
      const of = compile(node.of, scope)
      return (row) => arithmetic('-', { kind: 'number', digits: 0n, scale: 0 }, of(row))
    }
    case 'and':
    case 'or':
      return connect(node.kind === 'or', compile(node.left, scope), compile(node.right, scope))
    case 'compare': {
      const left = compile(node.left, scope)
      const right = compile(node.right, scope)
      const { operator } = node
      return (row) => compared(operator, left(row), right(row))
    }
    case 'arithmetic': {
      const left = compile(node.left, scope)
      const right = compile(node.right, scope)
      const { operator } = node
      return (row) => arithmetic(operator, left(row), right(row))
    }
    case 'null': {
      const of = compile(node.of, scope)
      return (row) => (of(row) === null) !== node.negated
    }
    case 'in':
      return isIn(
        compile(node.of, scope),
        node.list.map((entry) => compile(entry, scope)),
        node.negated,
      )
    case 'matches': {
      const of = compile(node.of, scope)
      const pattern = safePattern(node.pattern, true)
      if (typeof pattern === 'string') throw new Fault(pattern, node.at)
      return (row) => {
        const value = of(row)
        return typeof value === 'string' ? pattern.test(value) !== node.negated : null
      }
    }
  }
}

/** `and` is false as soon as one side is, `or` true as soon as one side is, whatever the other leaves open. */
function connect(decides: boolean, left: Evaluate, right: Evaluate): Evaluate {
  return (row) => {
    const a = left(row)
    if (a === decides) return decides
    const b = right(row)
    if (b === decides) return decides
    return typeof a === 'boolean' && typeof b === 'boolean' ? !decides : null
  }
}

function isIn(of: Evaluate, list: readonly Evaluate[], negated: boolean): Evaluate {
  return (row) => {
    const value = of(row)
    if (value === null) return null
    let open = false
    for (const entry of list) {
      const same = compared('=', value, entry(row))
      if (same === true) return !negated
      if (same === null) open = true
    }
    return open ? null : negated
  }
}

function asNum(value: Value) {
  if (typeof value === 'string') return numOf(value.trim())
  return typeof value === 'object' && value?.kind === 'number' ? value : null
}

export function compared(operator: Comparison, a: Value, b: Value): boolean | null {
  if (a === null || b === null) return null
  const order = orderBetween(a, b, operator === '=' || operator === '!=')
  if (order === null) return null
  switch (operator) {
    case '=':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/** Two texts are the same only letter by letter: 007 is not 7. In order they stand as numbers or dates where both are such. */
function orderBetween(a: Exclude<Value, null>, b: Exclude<Value, null>, equality: boolean): number | null {
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b ? 0 : equality && typeof a === typeof b ? 1 : null
  if (typeof a === 'string' && typeof b === 'string') return textOrder(a, b, equality)
  const kind = typeof a === 'object' ? a.kind : typeof b === 'object' ? b.kind : 'number'
  if (kind === 'number') {
    const [x, y] = [asNum(a), asNum(b)]
    return x && y ? compareNums(x, y) : null
  }
  if (kind === 'when') {
    const [x, y] = [asWhen(a), asWhen(b)]
    return x && y ? whenOrder(x, y, equality) : null
  }
  return typeof a === 'object' && typeof b === 'object' && a.kind === 'span' && b.kind === 'span' ? spanOrder(a, b) : null
}

function textOrder(a: string, b: string, equality: boolean): number | null {
  const [p, q] = [a.trim(), b.trim()]
  if (equality) return p === q ? 0 : 1
  const [x, y] = [asWhen(p), asWhen(q)]
  // Four digits may be a year: of the same year nothing is certain.
  if (x && y && p === q) return orderOf(x, y)
  const [m, n] = [numOf(p), numOf(q)]
  if (m && n) return compareNums(m, n)
  if (x && y) return orderOf(x, y)
  return p < q ? -1 : p > q ? 1 : 0
}

/** Two that say the same are the same, though which of them comes first may be open. */
function whenOrder(a: When, b: When, equality: boolean): number | null {
  return equality && isSame(a, b) ? 0 : orderOf(a, b)
}

function spanOrder(a: { months: number; seconds: number }, b: { months: number; seconds: number }): number | null {
  return a.months === b.months ? a.seconds - b.seconds : a.seconds === b.seconds ? a.months - b.months : null
}

/** Numbers with numbers; a point in time plus or minus a span; two points in time minus each other give whole days. */
function arithmetic(operator: '+' | '-' | '*' | '/', a: Value, b: Value): Value {
  if (a === null || b === null || typeof a === 'boolean' || typeof b === 'boolean') return null
  if (typeof b === 'object' && b.kind === 'span') {
    const when = asWhen(a)
    return when && (operator === '+' || operator === '-') ? addSpan(when, b, operator === '+' ? 1 : -1) : null
  }
  const [x, y] = [asNum(a), asNum(b)]
  if (x && y) return calculate(operator, x, y)
  const [from, to] = [asWhen(b), asWhen(a)]
  if (!from || !to || operator !== '-' || isPartial(from) || isPartial(to)) return null
  return whole(dayOf(to) - dayOf(from))
}

function dayOf(when: When): number {
  return Math.floor(when.from / daySeconds)
}

type Call = (args: readonly Evaluate[], at: number, scope: Scope, given: readonly Expression[]) => Evaluate

const calls: Readonly<Record<string, readonly [least: number, most: number, make: Call]>> = {
  /** Whole days from the first to the second. */
  days: [
    2,
    2,
    ([from, to]) =>
      (row) =>
        from && to ? arithmetic('-', to(row), from(row)) : null,
  ],
  /** Completed years from the first to the second, as an age. */
  years: [
    2,
    2,
    ([from, to]) =>
      (row) =>
        from && to ? completedYears(asWhen(from(row)), asWhen(to(row))) : null,
  ],
  date: [
    1,
    1,
    ([of]) =>
      (row) =>
        asWhen(of?.(row) ?? null),
  ],
  number: [
    1,
    1,
    ([of]) =>
      (row) =>
        asNum(of?.(row) ?? null),
  ],
  abs: [
    1,
    1,
    ([of]) =>
      (row) =>
        absolute(asNum(of?.(row) ?? null)),
  ],
  length: [
    1,
    1,
    ([of]) =>
      (row) =>
        textThen(of?.(row) ?? null, (text) => whole([...text].length)),
  ],
  lower: [
    1,
    1,
    ([of]) =>
      (row) =>
        textThen(of?.(row) ?? null, (text) => text.toLowerCase()),
  ],
  trim: [
    1,
    1,
    ([of]) =>
      (row) =>
        textThen(of?.(row) ?? null, (text) => text.trim()),
  ],
  /** A text with zeros before it, up to a length. */
  pad: [
    2,
    2,
    ([of, width]) =>
      (row) =>
        padded(of?.(row) ?? null, asNum(width?.(row) ?? null)),
  ],
  /** How many of its arguments are recorded. */
  filled: [1, 100, (args) => (row) => whole(args.filter((of) => of(row) !== null).length)],
  coalesce: [1, 100, (args) => (row) => args.reduce<Value>((found, of) => found ?? of(row), null)],
  as_of: [0, 0, (_args, at, { asOf }) => dayOfExtract(asOf, at)],
  lookup: [4, 4, ([, , key], at, scope, given) => lookUp(key, at, scope, given)],
}

function call(name: string, given: readonly Expression[], at: number, scope: Scope): Evaluate {
  const known = Object.hasOwn(calls, name) ? calls[name] : undefined
  if (!known) throw new Fault(`There is no function ${name}; there are ${Object.keys(calls).join(', ')}.`, at)
  const [least, most, make] = known
  if (given.length < least || given.length > most)
    throw new Fault(`${name} takes ${least === most ? least : `${least} to ${most}`} arguments, not ${given.length}.`, at)
  return make(
    given.map((arg) => compile(arg, scope)),
    at,
    scope,
    given,
  )
}

function dayOfExtract(asOf: When | null, at: number): Evaluate {
  if (!asOf) throw new Fault('Nobody said on which day the extract was taken.', at)
  return () => asOf
}

/** lookup('table', 'key column', key, 'column'): null where no record has the key. */
function lookUp(key: Evaluate | undefined, at: number, scope: Scope, given: readonly Expression[]): Evaluate {
  const names = [given[0], given[1], given[3]].map((arg) =>
    arg?.kind === 'literal' && typeof arg.value === 'string' ? arg.value : null,
  )
  const [table, keyField, field] = names
  if (!key || typeof table !== 'string' || typeof keyField !== 'string' || typeof field !== 'string')
    throw new Fault("lookup is written lookup('table', 'key column', KEY, 'column'), the names in single quotes.", at)
  const found = scope.lookup(table, keyField, field)
  if (typeof found === 'string') throw new Fault(found, at)
  return (row) => {
    const value = key(row)
    return typeof value === 'string' ? found(value.trim()) : null
  }
}

function absolute(value: ReturnType<typeof asNum>): Value {
  return value && value.digits < 0n ? { ...value, digits: -value.digits } : value
}

function padded(value: Value, width: ReturnType<typeof asNum>): Value {
  return textThen(value, (text) => text.trim().padStart(Math.min(width ? plainNumber(width) : 0, 64), '0'))
}

function textThen(value: Value, then: (text: string) => Value): Value {
  return typeof value === 'string' ? then(value) : null
}

/** Null where partial dates leave the number open; of two plain dates the hours do not count. */
function completedYears(from: When | null, to: When | null): Value {
  if (!from || !to) return null
  if (from.to - from.from < daySeconds && to.to - to.from < daySeconds)
    return whole(yearsBetween(startOfDay(from.from), startOfDay(to.from)))
  const [least, most] = [yearsBetween(from.to, to.from), yearsBetween(from.from, to.to)]
  return least === most ? whole(most) : null
}

function startOfDay(moment: number): number {
  return Math.floor(moment / daySeconds) * daySeconds
}

function yearsBetween(start: number, end: number): number {
  const birthday = (years: number): number =>
    addSpan({ kind: 'when', from: start, to: start, zoned: false }, { kind: 'span', months: 12 * years, seconds: 0 }, 1).from
  let years = Math.floor((end - start) / (365.2425 * daySeconds)) + 1
  while (birthday(years) > end) years--
  return years
}
