/** Item 28: the order sets people use are built, counted by orders and not by sets. */

import { count } from '../../../review/result/result.ts'
import { shareText } from '../../../share-text.ts'
import { held, openLines } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const orderSets: Criterion<'order-sets'> = {
  code: 'readiness/order-sets',
  items: [28],
  phase: 'configuration',
  severity: 'error',
  title: 'Order sets in use are missing',
  why: 'A system that "lacked key order sets" gave "workarounds and near-miss errors".',
  remedy: 'Build the sets listed first: they stand in the order of use.',
  needs: ['order-sets'],
  // A list of a few sets is not the use of them in a clinic.
  thresholds: { leastPercent: 95, leastSets: 5, leastOrders: 50 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds) {
    const rows = given.value('order-sets').rows.toSorted((a, b) => b.orders - a.orders || a.line - b.line)
    const of = rows.reduce((sum, row) => sum + row.orders, 0)
    if (of === 0) return nothingToJudge('No order set is listed with its orders')
    const [leastSets, leastOrders] = [thresholds.leastSets ?? 5, thresholds.leastOrders ?? 50]
    if (rows.length < leastSets || of < leastOrders)
      return nothingToJudge(
        `${rows.length} order sets with ${of} orders are listed; a list of what was used has at least ${leastSets} with ${leastOrders}`,
      )
    const least = thresholds.leastPercent ?? 95
    const value = rows.reduce((sum, row) => sum + (row.built ? row.orders : 0), 0)
    const cells = openLines('order-sets', rows, (row) => (row.built ? null : `${row.order_set}: ${row.orders} orders`))
    const words = `${count(value)} of ${count(of)} orders (${shareText(value / of)}) have their order set, ${cells.length} of ${rows.length} sets are missing`
    return held(value * 100 >= least * of, { value, of, threshold: least, words, cells })
  },
}
