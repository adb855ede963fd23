/** Patterns written by others run on re2js (linear time), so that no schema can hang the run. */
import { linearPattern } from '../../../values/linear-pattern.ts'

export interface SafePattern {
  test(text: string): boolean
}

/** The built-in engine needs a stack for longer ones. */
const longestFixed = 1_000

/** A pattern that is matched anywhere (JSON Schema) or against the whole text (Table Schema); a sentence where it can not be honoured. */
export function safePattern(source: string, whole: boolean): SafePattern | string {
  const native = whole && source.length <= longestFixed && isFixed(source) ? nativeOf(source) : null
  if (native) return { test: (text) => native.test(text) }
  const compiled = linearPattern(source)
  if (typeof compiled === 'string') return compiled
  return { test: (text) => (whole ? compiled.matches(text) : compiled.matcher(text).find()) }
}

/** Null where it is none, which re2js says in its own words. */
function nativeOf(source: string): RegExp | null {
  try {
    return new RegExp(`^(?:${source})$`)
  } catch {
    return null
  }
}

/** Characters and classes of plain ASCII, each a fixed number of times: linear in any engine, and the built-in one is five times as fast. */
function isFixed(source: string): boolean {
  return /^(?:(?:[A-Za-z0-9 _-]|\[(?:[A-Z]-[A-Z]|[a-z]-[a-z]|[0-9]-[0-9]|[A-Za-z0-9_])+\]|\\d)(?:\{\d{1,3}\})?)+$/.test(source)
}
