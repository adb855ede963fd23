/** Every difference between two systems with its examples, for tests and rule pages alone. */
import type { Examples } from '../../../rule.ts'
import type { PairExample } from '../../model/pair-example.ts'
import { differenceDecides } from '../compare/difference-codes.examples.ts'
import { pairWordings } from '../compare/difference-codes.ts'
import { entryDifferences } from './entries.examples.ts'
import { valueDifferences } from './values.examples.ts'

const shown = new Map([...entryDifferences, ...valueDifferences].map((one) => [one.code, one]))

export const differenceExamples: readonly Examples<PairExample>[] = pairWordings.map(({ code }) => {
  const one = shown.get(code)
  return {
    code,
    decides: differenceDecides[code],
    flags: one ? [one.flags] : [],
    passes: one ? [one.passes] : [],
  }
})
