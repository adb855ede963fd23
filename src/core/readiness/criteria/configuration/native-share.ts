/** Item 21: most of the configuration is the way the product works. */

import { shareText } from '../../../share-text.ts'
import { held, openLines } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const nativeShare: Criterion<'configuration'> = {
  code: 'readiness/native-share',
  items: [21],
  phase: 'configuration',
  severity: 'warning',
  title: 'The product is bent to the old way',
  why: '"Utilize the native workflows within the software as much as possible": what is bent breaks at the next upgrade.',
  remedy: 'Try the way of the product with the people concerned for each item listed, before it is customised.',
  needs: ['configuration'],
  thresholds: { leastPercent: 80 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const rows = given.value('configuration').rows.filter((row) => row.native !== null)
    if (rows.length === 0) return nothingToJudge('No item says whether it is the way of the product')
    const least = thresholds.leastPercent ?? 80
    const cells = openLines('configuration', rows, (row) => (row.native === true ? null : `${row.area}, ${row.item}: customised`))
    const value = rows.length - cells.length
    const words = `${value} of ${rows.length} items (${shareText(value / rows.length)}) are native, at least ${least} % are wanted`
    return held(value * 100 >= least * rows.length, { value, of: rows.length, threshold: least, words, cells })
  },
}
