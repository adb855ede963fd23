/** The expressions of rules as a tree, and their parser: columns, literals, comparison, arithmetic, lists, patterns, look-ups; nothing else. */
import { numOf, type Value } from '../model/value.ts'

export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'column'; readonly name: string; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: number }
  | { readonly kind: 'not' | 'minus'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'arithmetic'
      readonly operator: '+' | '-' | '*' | '/'
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'null'; readonly of: Expression; readonly negated: boolean }
  | { readonly kind: 'in'; readonly of: Expression; readonly list: readonly Expression[]; readonly negated: boolean }
  | {
      readonly kind: 'matches'
      readonly of: Expression
      readonly pattern: string
      readonly negated: boolean
      readonly at: number
    }

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

/** What is wrong with an expression, and at which character (0-based). */
export interface ExpressionFault {
  readonly kind: 'fault'
  readonly says: string
  readonly at: number
}

class Stop extends Error {
  readonly at: number
  constructor(says: string, at: number) {
    super(says)
    this.at = at
  }
}

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'column' | 'sign' | 'end'
  readonly text: string
  readonly at: number
}

/** Also of every other text of a rule. */
export const longestExpression = 4000
const tokenForm =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|'(?<text>(?:[^']|'')*)'|\[(?<column>(?:[^\]]|\]\])+)\]|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<sign><=|>=|!=|<>|[-+*/=<>(),]))/uy

function tokensOf(source: string): Token[] {
  if (source.length > longestExpression)
    throw new Stop(`The expression is longer than ${longestExpression} characters.`, longestExpression)
  const tokens: Token[] = []
  let at = 0
  while (source.slice(at).trim() !== '') {
    tokenForm.lastIndex = at
    const found = tokenForm.exec(source)
    const start = at + (source.slice(at).length - source.slice(at).trimStart().length)
    if (!found?.groups) throw new Stop(wordsFor(source.charAt(start)), start)
    const { number, text, column, name, sign } = found.groups
    at = tokenForm.lastIndex
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at: start })
    else if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'"), at: start })
    else if (column !== undefined) tokens.push({ kind: 'column', text: column.replaceAll(']]', ']'), at: start })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at: start })
    else tokens.push({ kind: 'sign', text: sign === '<>' ? '!=' : (sign ?? ''), at: start })
  }
  tokens.push({ kind: 'end', text: '', at: source.length })
  return tokens
}

function wordsFor(char: string): string {
  if (char === "'") return "A text begins with ' here and has no end."
  if (char === '"') return 'Texts stand in single quotes, names of columns in square brackets.'
  if (char === ']') return 'A ] in the name of a column is written ]].'
  return char === '[' ? 'The name of a column begins with [ here and has no ].' : `The character ${char} means nothing here.`
}

const units: ReadonlyMap<string, { readonly months: number; readonly seconds: number }> = new Map([
  ['year', { months: 12, seconds: 0 }],
  ['month', { months: 1, seconds: 0 }],
  ['week', { months: 0, seconds: 604_800 }],
  ['day', { months: 0, seconds: 86_400 }],
  ['hour', { months: 0, seconds: 3600 }],
  ['minute', { months: 0, seconds: 60 }],
])

/** Parses one expression; says what is wrong and where instead of throwing. */
export function parseExpression(source: string): Expression | ExpressionFault {
  try {
    return new Parser(tokensOf(source)).whole()
  } catch (error) {
    if (error instanceof Stop) return { kind: 'fault', says: error.message, at: error.at }
    throw error
  }
}

const deepest = 100

class Parser {
  private next = 0
  private depth = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): Expression {
    const tree = this.or()
    if (this.token.kind !== 'end') throw new Stop(`"${this.token.text}" is not expected here.`, this.token.at)
    return tree
  }

  private get token(): Token {
    return this.tokens[this.next] ?? { kind: 'end', text: '', at: 0 }
  }

  private take(): Token {
    const { token } = this
    this.next++
    return token
  }

  private isWord(word: string): boolean {
    return this.token.kind === 'name' && this.token.text.toLowerCase() === word
  }

  private word(word: string): boolean {
    if (!this.isWord(word)) return false
    this.next++
    return true
  }

  private sign(...signs: readonly string[]): string | null {
    return this.token.kind === 'sign' && signs.includes(this.token.text) ? this.take().text : null
  }

  private need(sign: string): void {
    if (this.sign(sign) === null) throw new Stop(`A ${sign} is missing here.`, this.token.at)
  }

  private or(): Expression {
    if (++this.depth > deepest) throw new Stop('The expression is nested too deeply.', this.token.at)
    let left = this.and()
    while (this.word('or')) left = { kind: 'or', left, right: this.and() }
    this.depth--
    return left
  }

  private and(): Expression {
    let left = this.not()
    while (this.word('and')) left = { kind: 'and', left, right: this.not() }
    return left
  }

  private not(): Expression {
    let negated = false
    while (this.word('not')) negated = !negated
    const of = this.comparison()
    return negated ? { kind: 'not', of } : of
  }

  private comparison(): Expression {
    const left = this.sum()
    const { at } = this.token
    const operator = this.sign('=', '!=', '<', '<=', '>', '>=')
    if (operator !== null) {
      const right = this.sum()
      // Nothing equals what is missing: such a rule would pass every record without a word.
      if (isNothing(left) || isNothing(right))
        throw new Stop(`"${operator} null" is never true. Write "is ${operator === '=' ? 'null' : 'not null'}" instead.`, at)
      return { kind: 'compare', operator: operator as Comparison, left, right }
    }
    if (this.word('is')) {
      const negated = this.word('not')
      if (!this.word('null')) throw new Stop('After "is" comes "null" or "not null".', this.token.at)
      return { kind: 'null', of: left, negated }
    }
    const negated = this.word('not')
    if (this.word('in')) return { kind: 'in', of: left, list: this.list(), negated }
    if (this.word('matches')) {
      const { kind, text, at } = this.take()
      if (kind !== 'text') throw new Stop('After "matches" comes a pattern in single quotes.', at)
      return { kind: 'matches', of: left, pattern: text, negated, at }
    }
    if (this.word('between')) {
      const low = this.sum()
      if (!this.word('and')) throw new Stop('"between" needs "and" after its first limit.', this.token.at)
      const both: Expression = {
        kind: 'and',
        left: { kind: 'compare', operator: '>=', left, right: low },
        right: { kind: 'compare', operator: '<=', left, right: this.sum() },
      }
      return negated ? { kind: 'not', of: both } : both
    }
    if (negated) throw new Stop('After "not" comes "in", "matches" or "between" here.', this.token.at)
    return left
  }

  private list(): Expression[] {
    this.need('(')
    const list = [this.sum()]
    while (this.sign(',') !== null) list.push(this.sum())
    this.need(')')
    return list
  }

  private sum(): Expression {
    let left = this.product()
    for (;;) {
      const operator = this.sign('+', '-')
      if (operator === null) return left
      left = { kind: 'arithmetic', operator: operator === '+' ? '+' : '-', left, right: this.product() }
    }
  }

  private product(): Expression {
    let left = this.unary()
    for (;;) {
      const operator = this.sign('*', '/')
      if (operator === null) return left
      left = { kind: 'arithmetic', operator: operator === '*' ? '*' : '/', left, right: this.unary() }
    }
  }

  private unary(): Expression {
    if (this.sign('-') === null) return this.primary()
    const of = this.primary()
    const value = of.kind === 'literal' ? of.value : null
    if (typeof value !== 'object' || value?.kind !== 'span') return { kind: 'minus', of }
    return { kind: 'literal', value: { kind: 'span', months: -value.months, seconds: -value.seconds } }
  }

  private primary(): Expression {
    const { kind, text, at } = this.take()
    if (kind === 'number') return this.quantity(text)
    if (kind === 'text') return { kind: 'literal', value: text }
    if (kind === 'column') return { kind: 'column', name: text, at }
    if (kind === 'sign' && text === '(') {
      const inner = this.or()
      this.need(')')
      return inner
    }
    if (kind === 'name') return this.named(text, at)
    throw new Stop(kind === 'end' ? 'The expression ends too early.' : `"${text}" is not expected here.`, at)
  }

  /** A number, or a span of time where a unit follows. */
  private quantity(text: string): Expression {
    const value = numOf(text)
    const unit = this.token.kind === 'name' ? units.get(this.token.text.toLowerCase().replace(/s$/, '')) : undefined
    if (unit === undefined) return { kind: 'literal', value }
    const { at } = this.take()
    if (!/^\d{1,6}$/.test(text)) throw new Stop('A span of time is a whole number of up to six digits.', at)
    const n = Number(text)
    return { kind: 'literal', value: { kind: 'span', months: unit.months * n, seconds: unit.seconds * n } }
  }

  private named(text: string, at: number): Expression {
    const lower = text.toLowerCase()
    if (lower === 'true' || lower === 'false') return { kind: 'literal', value: lower === 'true' }
    if (lower === 'null') return { kind: 'literal', value: null }
    if (this.sign('(') === null) return { kind: 'column', name: text, at }
    const args: Expression[] = []
    if (this.sign(')') !== null) return { kind: 'call', name: lower, args, at }
    args.push(this.or())
    while (this.sign(',') !== null) args.push(this.or())
    this.need(')')
    return { kind: 'call', name: lower, args, at }
  }
}

/** Columns that an expression names, in order of appearance. */
export function columnsIn(tree: Expression): string[] {
  const names = new Set<string>()
  const walk = (node: Expression): void => {
    switch (node.kind) {
      case 'column':
        names.add(node.name)
        break
      case 'call':
        for (const arg of node.args) walk(arg)
        break
      case 'not':
      case 'minus':
      case 'null':
      case 'matches':
        walk(node.of)
        break
      case 'in':
        walk(node.of)
        for (const entry of node.list) walk(entry)
        break
      case 'and':
      case 'or':
      case 'compare':
      case 'arithmetic':
        walk(node.left)
        walk(node.right)
        break
      case 'literal':
        break
    }
  }
  walk(tree)
  return [...names]
}

function isNothing(node: Expression): boolean {
  return node.kind === 'literal' && node.value === null
}
