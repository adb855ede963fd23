/** Examples of `order-sets.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const orderSetsExamples: EvidenceExamples = {
  code: 'readiness/order-sets',
  decides: 'The share of orders that belong to order sets already built must reach the limit. Short lists are not judged.',
  flags: [
    // Nine of ten sets are built, but 60 of 150 orders come from the tenth: 90 of 150.
    { name: 'the most used set is missing', value: 90, evidence: { 'order-sets': sets(60, 'no') } },
  ],
  passes: [{ name: 'a set used four times is missing', value: 90, evidence: { 'order-sets': sets(4, 'no') } }],
}

function sets(orders: number, built: 'yes' | 'no') {
  const others = Array.from({ length: 9 }, (_, n) => `set ${n},10,yes`)
  return exampleFile('order-sets', `order_set,orders,built\nChest pain,${orders},${built}\n${others.join('\n')}\n`)
}
