/** Item 42: moved, archived and dropped records together are all there are, file by file; archives can be read and somebody signed. */

import { fileCell, held, openLines } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const migrationScope: Criterion<'scope' | 'validation'> = {
  code: 'readiness/migration-scope',
  items: [42],
  phase: 'configuration',
  severity: 'error',
  title: 'The scope does not account for every record',
  why: 'Records that are neither moved nor archived nor dropped on purpose are found missing by a patient.',
  remedy: 'Correct the counts of each file listed until move, archive and drop sum to what was read, and have them signed.',
  needs: ['scope', 'validation'],
  thresholds: { open: 0 },
  maxAgeDays: 180,
  claimable: false,
  compute(given) {
    const { rows } = given.value('scope')
    const legacy = given.value('validation').inputs.filter((input) => input.side === 'legacy')
    if (legacy.length === 0) return nothingToJudge('No file of the old system was read')
    const bare = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
    const sums = legacy.map(({ name, records }) => ({
      name: bare(name),
      records,
      sum: rows.filter((row) => bare(row.source) === bare(name)).reduce((sum, row) => sum + row.records, 0),
    }))
    const known = new Set(sums.map(({ name }) => name))
    const wrong = sums.filter(({ sum, records }) => sum !== records)
    const cells: readonly Cell[] = [
      ...wrong.map(({ name, sum, records }) => fileCell('scope', `${name}: ${sum} of ${records} records are accounted for`)),
      ...openLines('scope', rows, (row) => {
        const parts: string[] = []
        if (!known.has(bare(row.source))) parts.push('no such file was read')
        if (row.fate === 'archive' && row.reader === null) parts.push('nothing reads the archive')
        if (row.signed_by === null) parts.push('not signed')
        return parts.length === 0 ? null : `${row.domain}, ${row.fate}: ${parts.join(', ')}`
      }),
    ]
    const value = sums.length - wrong.length
    const words = `${value} of ${sums.length} files are accounted for to the record, ${cells.length} points open`
    return held(cells.length === 0, { value, of: sums.length, threshold: sums.length, words, cells })
  },
}
