/** Tokens of a FHIRPath expression to a tree, by precedence (FHIRPath N1, §5.9 and appendix A): `|` binds tighter than `in`. */
import { FhirPathSyntaxError, type Token, tokensOf } from './lexer.ts'

export type BinaryOperator =
  | '*'
  | '/'
  | 'div'
  | 'mod'
  | '+'
  | '-'
  | '&'
  | '|'
  | '<'
  | '<='
  | '>'
  | '>='
  | '='
  | '~'
  | '!='
  | '!~'
  | 'in'
  | 'contains'
  | 'and'
  | 'or'
  | 'xor'
  | 'implies'

export type Tree =
  | { readonly kind: 'empty' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number; readonly decimal: boolean }
  | { readonly kind: 'time'; readonly text: string }
  | { readonly kind: 'quantity'; readonly value: number; readonly unit: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'member'; readonly on: Tree | null; readonly name: string }
  | { readonly kind: 'call'; readonly on: Tree | null; readonly name: string; readonly args: readonly Tree[] }
  | { readonly kind: 'index'; readonly on: Tree; readonly index: Tree }
  | { readonly kind: 'sign'; readonly operator: '+' | '-'; readonly on: Tree }
  | { readonly kind: 'type'; readonly operator: 'is' | 'as'; readonly on: Tree; readonly type: string }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Tree; readonly right: Tree }

/** Loosest first. */
const levels: readonly (readonly string[])[] = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<', '<=', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
]

const units = new Set(
  ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'].flatMap((unit) => [unit, `${unit}s`]),
)

/** Depth of brackets and signs, and length, that are followed; larger expressions are refused, never a stack overflow. */
const deepest = 200
const mostTokens = 4000

/** @throws FhirPathSyntaxError */
export function parseFhirPath(text: string): Tree {
  const tokens = tokensOf(text)
  if (tokens.length > mostTokens) throw new FhirPathSyntaxError(`The expression has more than ${mostTokens} words`, 0)
  return new Parser(tokens).whole()
}

class Parser {
  private at = 0
  private depth = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): Tree {
    const tree = this.expression(0)
    if (this.token.kind !== 'end') this.fail(`“${this.token.text}” was not expected here`)
    return tree
  }

  private get token(): Token {
    return this.tokens[this.at] as Token
  }

  private fail(message: string): never {
    throw new FhirPathSyntaxError(message, this.token.at)
  }

  /** The operator at hand, when it is one of the level. */
  private operatorOf(level: readonly string[]): string | null {
    const { token } = this
    const isWord = token.kind === 'symbol' || (token.kind === 'name' && !token.quoted)
    return isWord && level.includes(token.text) ? token.text : null
  }

  private expression(level: number): Tree {
    const operators = levels[level]
    if (operators === undefined) return this.signed()
    if (++this.depth > deepest * levels.length) this.fail('The expression is nested too deeply')
    let left = this.expression(level + 1)
    for (let operator = this.operatorOf(operators); operator !== null; operator = this.operatorOf(operators)) {
      this.at++
      if (operator === 'is' || operator === 'as') left = { kind: 'type', operator, on: left, type: this.typeName() }
      else left = { kind: 'binary', operator: operator as BinaryOperator, left, right: this.expression(level + 1) }
    }
    this.depth--
    return left
  }

  private signed(): Tree {
    const { token } = this
    if (token.kind === 'symbol' && (token.text === '-' || token.text === '+')) {
      this.at++
      if (++this.depth > deepest * levels.length) this.fail('The expression is nested too deeply')
      const on = this.signed()
      this.depth--
      return { kind: 'sign', operator: token.text, on }
    }
    return this.steps(this.term())
  }

  private steps(start: Tree): Tree {
    let tree = start
    for (;;) {
      if (this.take('.')) tree = this.invocation(tree)
      else if (this.take('[')) {
        const index = this.expression(0)
        this.need(']')
        tree = { kind: 'index', on: tree, index }
      } else return tree
    }
  }

  private term(): Tree {
    const { token } = this
    switch (token.kind) {
      case 'string':
        this.at++
        return { kind: 'string', value: token.text }
      case 'number':
        this.at++
        return this.number(token.text)
      case 'time':
        this.at++
        return { kind: 'time', text: token.text.slice(1) }
      case 'variable':
        this.at++
        return { kind: 'variable', name: token.text.replaceAll(/[`']/g, '') }
      case 'name':
        return this.invocation(null)
      case 'symbol':
        if (this.take('(')) {
          const inner = this.expression(0)
          this.need(')')
          return inner
        }
        if (this.take('{')) {
          this.need('}')
          return { kind: 'empty' }
        }
    }
    return this.fail(token.kind === 'end' ? 'The expression ends too early' : `“${token.text}” was not expected here`)
  }

  private number(text: string): Tree {
    const { token } = this
    if (token.kind === 'string' || (token.kind === 'name' && !token.quoted && units.has(token.text))) {
      this.at++
      return { kind: 'quantity', value: Number(text), unit: token.text }
    }
    return { kind: 'number', value: Number(text), decimal: text.includes('.') }
  }

  private invocation(on: Tree | null): Tree {
    const { token } = this
    if (token.kind === 'variable' && token.text.startsWith('$')) {
      this.at++
      return { kind: 'variable', name: token.text }
    }
    if (token.kind !== 'name') return this.fail('A name was expected')
    this.at++
    if (on === null && !token.quoted && (token.text === 'true' || token.text === 'false'))
      return { kind: 'boolean', value: token.text === 'true' }
    if (!this.take('(')) return { kind: 'member', on, name: token.text }
    const args: Tree[] = []
    if (!this.take(')')) {
      do args.push(this.expression(0))
      while (this.take(','))
      this.need(')')
    }
    return { kind: 'call', on, name: token.text, args }
  }

  private typeName(): string {
    const first = this.token
    if (first.kind !== 'name') return this.fail('The name of a type was expected')
    this.at++
    if (!this.take('.')) return first.text
    const second = this.token
    if (second.kind !== 'name') return this.fail('The name of a type was expected')
    this.at++
    return `${first.text}.${second.text}`
  }

  private take(symbol: string): boolean {
    if (this.token.kind !== 'symbol' || this.token.text !== symbol) return false
    this.at++
    return true
  }

  private need(symbol: string): void {
    if (!this.take(symbol)) this.fail(`“${symbol}” was expected`)
  }
}
