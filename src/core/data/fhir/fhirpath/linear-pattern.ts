/** Regular expressions that run in linear time, within bounds on what they are written out to. */
import { RE2JS, RE2JSSyntaxException } from 're2js'
import { mostWrittenOut, writtenOut } from '../../../values/linear-pattern.ts'
import { NotEvaluable } from './nodes/node.ts'

const longestPattern = 4_000

/** Patterns that were compiled, by flags and text; forgotten when their programs get large. */
const known = new Map<string, RE2JS>()
let programs = 0
const largestPrograms = 1_000_000

/** What can not be followed is said without the pattern, which may come from a record. @throws NotEvaluable */
export function linearPattern(pattern: string, flags: number): RE2JS {
  const key = `${flags} ${pattern}`
  const before = known.get(key)
  if (before) return before
  demandSmall(pattern)
  const made = compiled(pattern, flags)
  programs += made.programSize()
  if (programs > largestPrograms) {
    known.clear()
    programs = made.programSize()
  }
  known.set(key, made)
  return made
}

function compiled(pattern: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(pattern, flags)
  } catch (error) {
    const why = error instanceof RE2JSSyntaxException ? `: ${error.getDescription()}` : ''
    throw new NotEvaluable(`a regular expression can not be followed${why}`)
  }
}

function demandSmall(pattern: string): void {
  if (pattern.length > longestPattern || writtenOut(pattern) > mostWrittenOut)
    throw new NotEvaluable('a regular expression is longer than can be followed')
}
