/** Patterns written by others run on re2js (linear time), so that no schema can hang the run. */
import { RE2JS } from 're2js'

export interface SafePattern {
  test(text: string): boolean
}

/** A pattern that is matched anywhere (JSON Schema) or against the whole text (Table Schema); a sentence where it can not be honoured. */
export function safePattern(source: string, whole: boolean): SafePattern | string {
  try {
    const native = whole && isFixed(source) ? nativeOf(source) : null
    if (native) return { test: (text) => native.test(text) }
    const compiled = RE2JS.compile(RE2JS.translateRegExp(source))
    return { test: (text) => (whole ? compiled.matches(text) : compiled.matcher(text).find()) }
  } catch (error) {
    return faultOf(source, error instanceof Error ? error.message : '')
  }
}

/** Null where it is none, which re2js says in its own words. */
function nativeOf(source: string): RegExp | null {
  try {
    return new RegExp(`^(?:${source})$`)
  } catch {
    return null
  }
}

function faultOf(source: string, said: string): string {
  if (said.includes('invalid repeat count'))
    return `The pattern ${source} repeats so much that it is too large to be run in bounded time; 1,000 repetitions are the most.`
  if (/\(\?(?:<?[=!]|>)/.test(source) || /\\(?:[1-9]|k<)/.test(source))
    return `The pattern ${source} uses look-around, back-references or other forms that can not be run in bounded time.`
  return `The pattern ${source} can not be read as a regular expression (${said.replace('error parsing regexp: ', '')}).`
}

/** Characters and classes of plain ASCII, each a fixed number of times: linear in any engine, and the built-in one is five times as fast. */
function isFixed(source: string): boolean {
  return /^(?:(?:[A-Za-z0-9 _-]|\[(?:[A-Z]-[A-Z]|[a-z]-[a-z]|[0-9]-[0-9]|[A-Za-z0-9_])+\]|\\d)(?:\{\d{1,3}\})?)+$/.test(source)
}
