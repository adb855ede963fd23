/** A pattern of the schema, run in linear time. */

import { patternBytes } from '../bytes/pattern-bytes.ts'
import { safePattern } from '../bytes/safe-pattern.ts'
import { type CellCheck, type CellJudge, cellEvidence } from '../contract/check.ts'

export const pattern: CellCheck = {
  code: 'data/pattern',
  title: 'Values that do not have the form the schema asks for',
  why: 'Identifiers and codes of another form are not found again: records do not meet.',
  remedy: 'Look at the values; lost leading zeros and pasted blanks are the usual reasons.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'form',
  scope: 'cell',
  decides: false,
  bind(params) {
    const source = String(params.pattern)
    const compiled = safePattern(source, params.whole === true)
    if (typeof compiled === 'string') return compiled
    const facts = [{ name: 'pattern', value: source }]
    const lowered = patternBytes(source, params.whole === true, 're2')
    const see: CellJudge['see'] = (cell) => (compiled.test(cell.text) ? null : cellEvidence(cell, facts))
    return typeof lowered === 'string' ? { see, onText: lowered } : { see, passes: lowered }
  },
}
