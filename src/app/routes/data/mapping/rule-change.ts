/** What a person changes of a line of the field map. */
import type { FieldLine } from '../../../../core/data/crosswalk/mapping/mapping.ts'

export interface RuleChange {
  readonly fields?: readonly string[]
  readonly rule?: string
  readonly params?: FieldLine['params']
  readonly target?: string
  readonly required?: boolean
}
