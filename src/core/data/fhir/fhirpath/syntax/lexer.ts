/** Text of a FHIRPath expression to tokens (FHIRPath N1, §11.1). White space is allowed and never needed around words. */

export type Token =
  | { readonly kind: 'name'; readonly text: string; readonly at: number; readonly quoted: boolean }
  | { readonly kind: 'string' | 'number' | 'time' | 'symbol' | 'variable'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number }

/** An expression that can not be followed; `at` is the offset of the character. */
export class FhirPathSyntaxError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.name = 'FhirPathSyntaxError'
    this.at = at
  }
}

const skipped = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y
const forms: readonly { readonly kind: 'name' | 'string' | 'number' | 'time' | 'symbol' | 'variable'; readonly form: RegExp }[] =
  [
    { kind: 'time', form: /@T?\d(?:[\d:.T-]|\+(?=\d\d:))*Z?/y },
    { kind: 'number', form: /\d+(?:\.\d+)?/y },
    { kind: 'string', form: /'(?:[^'\\]|\\[\s\S])*'/y },
    { kind: 'variable', form: /%(?:[A-Za-z_][\w-]*|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*')|\$(?:this|index|total)/y },
    { kind: 'name', form: /[A-Za-z_]\w*|`(?:[^`\\]|\\.)*`/y },
    { kind: 'symbol', form: /<=|>=|!=|!~|[()[\]{}.,=~<>|&+\-*/]/y },
  ]

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    skipped.lastIndex = at
    if (skipped.test(text)) {
      at = skipped.lastIndex
      continue
    }
    const token = tokenAt(text, at)
    tokens.push(token.token)
    at = token.end
  }
  tokens.push({ kind: 'end', text: '', at: text.length })
  return tokens
}

function tokenAt(text: string, at: number): { readonly token: Token; readonly end: number } {
  for (const { kind, form } of forms) {
    form.lastIndex = at
    const found = form.exec(text)?.[0]
    if (found === undefined) continue
    const end = at + found.length
    if (kind === 'name' && found.startsWith('`'))
      return { token: { kind, text: unescaped(found.slice(1, -1), at), at, quoted: true }, end }
    if (kind === 'name') return { token: { kind, text: found, at, quoted: false }, end }
    if (kind === 'string') return { token: { kind, text: unescaped(found.slice(1, -1), at), at }, end }
    return { token: { kind, text: found, at }, end }
  }
  throw new FhirPathSyntaxError(`The character “${text[at]}” is not part of FHIRPath`, at)
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' }

function unescaped(text: string, at: number): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g, (whole, unit: string | undefined, char: string | undefined) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16))
    if (char === undefined) throw new FhirPathSyntaxError(`“${whole}” is not an escape`, at)
    return escapes[char] ?? char
  })
}
