/** What a line of the field map can not mean, whatever the tables hold: a rule or a parameter that nobody knows, a target that is none. */

import { nearestName } from '../../../values/nearest-name.ts'
import { comparingParameters } from '../../meaning/tuning.ts'
import type { Params } from '../../model/carried.ts'
import { parseElementPath } from './element-path.ts'
import { ruleParameters } from './rule-parameters.ts'

/** Parameters that any line may have, beside those of its rule and of comparing. */
const anywhere = ['role', 'when', 'more', 'missing', 'reason', 'only', 'except', 'rest', 'in', 'not-in'] as const

/** The complaint as a sentence; null where the line can be followed as far as it can be seen here. */
export function lineFault(rule: string, params: Params, target: string): string | null {
  if (rule === '') return null
  const own = ruleParameters.get(rule)
  if (!own) return `There is no rule “${rule}”${meant(rule, [...ruleParameters.keys()])}.`
  const known = [...own.map(({ name }) => name), ...comparingParameters.map(({ name }) => name), ...anywhere]
  for (const name of params.keys())
    if (!known.includes(name) && nearestName(name, known) !== null)
      return `The rule ${rule} takes no parameter “${name}”${meant(name, known)}.`
  const path = target === '' ? null : parseElementPath(target)
  return typeof path === 'string' ? `The target can not be read: ${path}.` : null
}

function meant(wanted: string, names: readonly string[]): string {
  const near = nearestName(wanted, names)
  return near === null ? `; the rules are ${names.join(', ')}` : `; did you mean “${near}”`
}
