/** Where a JSON text breaks (RFC 8259) and why, in bytes; engines only say so in words of their own, without an offset. */

export interface JsonFault {
  /** Index in the bytes. */
  readonly at: number
  /** Completes the sentence "Here …". */
  readonly why: string
  /** The text simply stops: a torn line or file. */
  readonly torn: boolean
}

/** Deepest nesting that is read. */
export const deepestJson = 512

/** So many values are read whatever they are like; more have to be of `leastBytes` bytes on average, as all that say something are. */
const trustedValues = 1_000_000
const leastBytes = 4

/** Where a text holds far more lists and members than its bytes can say something in, each a hundred bytes of memory; null where it does not. */
export function crowdedJson(bytes: Uint8Array): JsonFault | null {
  if (bytes.length < trustedValues) return null
  const most = Math.max(trustedValues, bytes.length / leastBytes)
  let values = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte !== structural.comma && byte !== structural.list && byte !== structural.open) continue
    if (++values > most)
      return { at, why: 'stand more values than its bytes can say something in, which no record needs', torn: false }
  }
  return null
}

/** The first fault of a JSON text, or null where it is well-formed. */
export function jsonFault(bytes: Uint8Array, from = 0, to = bytes.length): JsonFault | null {
  const walk = new Walk(bytes, from, to)
  return walk.run()
}

const structural = { open: 0x7b, close: 0x7d, list: 0x5b, end: 0x5d, comma: 0x2c, colon: 0x3a, quote: 0x22, back: 0x5c }

class Walk {
  private at: number
  private readonly bytes: Uint8Array
  private readonly to: number

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.bytes = bytes
    this.at = from
    this.to = to
  }

  run(): JsonFault | null {
    const stack: number[] = []
    let wants: 'value' | 'value or end' | 'name' | 'name or end' | 'comma' | 'colon' = 'value'
    for (;;) {
      this.space()
      if (this.at >= this.to)
        return wants === 'comma' && stack.length === 0 ? null : this.fault('the text stops in the middle', true)
      const byte = this.bytes[this.at] as number
      const top = stack.at(-1)
      if (wants === 'comma') {
        if (stack.length === 0) return this.fault('there is more text after the end of the value')
        if (byte === structural.comma) {
          this.at++
          wants = top === structural.open ? 'name' : 'value'
        } else if (byte === (top === structural.open ? structural.close : structural.end)) {
          this.at++
          stack.pop()
        } else return this.fault('a comma or the closing bracket is missing')
      } else if (wants === 'colon') {
        if (byte !== structural.colon) return this.fault('a colon is missing after the name')
        this.at++
        wants = 'value'
      } else if (wants === 'name' || wants === 'name or end') {
        if (wants === 'name or end' && byte === structural.close) {
          this.at++
          stack.pop()
          wants = 'comma'
        } else {
          if (byte !== structural.quote) return this.fault('a name in double quotes is missing')
          const fault = this.text()
          if (fault) return fault
          wants = 'colon'
        }
      } else if (wants === 'value or end' && byte === structural.end) {
        this.at++
        stack.pop()
        wants = 'comma'
      } else if (byte === structural.open || byte === structural.list) {
        if (stack.length >= deepestJson) return this.fault(`brackets are nested deeper than ${deepestJson}`)
        stack.push(byte)
        this.at++
        wants = byte === structural.open ? 'name or end' : 'value or end'
      } else {
        const fault = byte === structural.quote ? this.text() : this.word()
        if (fault) return fault
        wants = 'comma'
      }
    }
  }

  private fault(why: string, torn = false): JsonFault {
    return { at: this.at, why, torn }
  }

  private space(): void {
    while (this.at < this.to && [32, 9, 10, 13].includes(this.bytes[this.at] as number)) this.at++
  }

  private text(): JsonFault | null {
    this.at++
    for (;;) {
      if (this.at >= this.to) return this.fault('the text stops inside a string', true)
      const byte = this.bytes[this.at] as number
      if (byte === structural.quote) {
        this.at++
        return null
      }
      if (byte < 32) return this.fault('a control character stands unescaped in a string')
      if (byte === structural.back) {
        const escaped = String.fromCharCode(...this.bytes.subarray(this.at + 1, Math.min(this.at + 6, this.to)))
        if (this.at + 1 >= this.to) return this.fault('the text stops inside a string', true)
        if (!/^(["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(escaped)) return this.fault('a backslash escapes nothing JSON knows')
        this.at += escaped[0] === 'u' ? 6 : 2
      } else this.at++
    }
  }

  private word(): JsonFault | null {
    let end = this.at
    while (end < this.to && /[-+.\w]/.test(String.fromCharCode(this.bytes[end] as number))) end++
    const word = String.fromCharCode(...this.bytes.subarray(this.at, Math.min(end, this.at + 4096)))
    if (/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?)$/.test(word)) {
      this.at = end
      return null
    }
    if (end >= this.to && end > this.at && 'true false null'.split(' ').some((known) => known.startsWith(word)))
      return this.fault('the text stops in the middle', true)
    return this.fault(
      word === ''
        ? 'this character can not start a value'
        : 'this is no JSON value (true, false, null, number or text in double quotes)',
    )
  }
}
