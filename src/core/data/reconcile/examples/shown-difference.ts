import type { Example } from '../../../rule.ts'
import type { PairExample } from '../../model/pair-example.ts'
import type { PairCode } from '../compare/difference-codes.ts'

/** A difference with one pair that shows it and one that does not. */
export interface ShownDifference {
  readonly code: PairCode
  readonly flags: Example<PairExample>
  readonly passes: Example<PairExample>
}
