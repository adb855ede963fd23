/** JSON with everything a parser drops: numbers as they are written, names that stand twice, and the order of members. */

export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  /** `text` is the value of a string, and the token of a number, `true`, `false` or `null`. */
  | { readonly kind: 'string' | 'number' | 'boolean' | 'null'; readonly text: string }

export interface JsonMember {
  readonly name: string
  readonly value: JsonNode
}

/** Names and positions from a value down to one inside it. */
export type JsonSteps = readonly (string | number)[]

const deepest = 512
const blank = /[ \t\r\n]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /true|false|null/y

/**
 * The value at `steps` inside the one JSON value that `text` is; what is beside the way is passed over and not kept.
 * Null where the text is no JSON, or has nothing there.
 */
export function readJsonTree(text: string, steps: JsonSteps = []): JsonNode | null {
  try {
    return new TreeReader(text).whole(steps)
  } catch (error) {
    if (error instanceof NotJson) return null
    throw error
  }
}

class NotJson extends Error {}

class TreeReader {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  whole(steps: JsonSteps): JsonNode | null {
    const value = this.value(steps, 0)
    this.take(blank)
    if (this.at < this.text.length) throw new NotJson()
    return value
  }

  /** `steps` null passes the value over. */
  private value(steps: JsonSteps | null, depth: number): JsonNode | null {
    if (depth > deepest) throw new NotJson()
    this.take(blank)
    const char = this.text[this.at]
    if (char === '{') return this.object(steps, depth)
    if (char === '[') return this.array(steps, depth)
    const quoted = this.quoted()
    if (quoted !== null) return leaf(steps, 'string', () => textOf(quoted))
    const literal = this.take(word)
    if (literal !== null) return leaf(steps, literal === 'null' ? 'null' : 'boolean', () => literal)
    const digits = this.take(number)
    if (digits === null || digits === '') throw new NotJson()
    return leaf(steps, 'number', () => digits)
  }

  private object(steps: JsonSteps | null, depth: number): JsonNode | null {
    const members: JsonMember[] = []
    let found: JsonNode | null = null
    this.list('}', () => {
      this.take(blank)
      const quoted = this.quoted()
      this.take(blank)
      if (quoted === null || this.text[this.at] !== ':') throw new NotJson()
      this.at++
      const name = textOf(quoted)
      const value = this.value(below(steps, name), depth + 1)
      if (steps?.length === 0 && value) members.push({ name, value })
      else found ??= value
    })
    return steps?.length === 0 ? { kind: 'object', members } : found
  }

  private array(steps: JsonSteps | null, depth: number): JsonNode | null {
    const items: JsonNode[] = []
    let found: JsonNode | null = null
    let index = 0
    this.list(']', () => {
      const value = this.value(below(steps, index++), depth + 1)
      if (steps?.length === 0 && value) items.push(value)
      else found ??= value
    })
    return steps?.length === 0 ? { kind: 'array', items } : found
  }

  /** What stands between brackets, separated by commas. */
  private list(end: '}' | ']', one: () => void): void {
    this.at++
    this.take(blank)
    if (this.text[this.at] === end) {
      this.at++
      return
    }
    while (true) {
      one()
      this.take(blank)
      const char = this.text[this.at++]
      if (char === end) return
      if (char !== ',') throw new NotJson()
    }
  }

  /** The token of a string, quotes included; by hand, because an expression overflows the stack on texts of megabytes. */
  private quoted(): string | null {
    if (this.text[this.at] !== '"') return null
    const from = this.at
    for (let end = this.text.indexOf('"', from + 1); end >= 0; end = this.text.indexOf('"', end + 1)) {
      let slashes = 0
      while (this.text[end - 1 - slashes] === '\\') slashes++
      if (slashes % 2 === 1) continue
      this.at = end + 1
      return this.text.slice(from, end + 1)
    }
    throw new NotJson()
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) return null
    this.at = pattern.lastIndex
    return found[0]
  }
}

/** What of the steps is left inside a member; null where the way leads elsewhere. */
function below(steps: JsonSteps | null, name: string | number): JsonSteps | null {
  if (steps === null) return null
  if (steps.length === 0) return steps
  return steps[0] === name ? steps.slice(1) : null
}

function leaf(steps: JsonSteps | null, kind: 'string' | 'number' | 'boolean' | 'null', text: () => string): JsonNode | null {
  return steps?.length === 0 ? { kind, text: text() } : null
}

function textOf(token: string): string {
  try {
    return JSON.parse(token) as string
  } catch {
    throw new NotJson()
  }
}
