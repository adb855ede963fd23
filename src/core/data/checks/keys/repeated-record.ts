/** Records that are the same in every column: one of them was exported or loaded twice. */
import { hash64 } from '../../../hash64.ts'
import { mostKept, type TableCheck, type TableJudge } from '../contract/table-check.ts'

export const repeatedRecord: TableCheck = {
  code: 'data/repeated-record',
  title: 'Records that repeat an earlier one in every column',
  why: 'A result, dose or visit that is there twice is counted, charged and read twice.',
  remedy: 'Find the step of the export that wrote them twice, such as a join or a second run. Load each record once.',
  severity: 'warning',
  kahn: { category: 'plausibility', sub: 'uniqueness', context: 'verification' },
  scope: 'keys',
  open({ on }) {
    return on.fields.length === 0
      ? 'It takes the columns that make a record.'
      : { fields: on.fields, judge: new Repeats(on.fields) }
  },
}

class Repeats implements TableJudge {
  /** By fingerprint of 53 bits: a million records meet falsely with a chance below 1e-4. */
  private readonly seen = new Set<number>()
  private readonly found: number[] = []
  private tested = 0
  private full = false
  private readonly fields: readonly string[]

  constructor(fields: readonly string[]) {
    this.fields = fields
  }

  see(row: Parameters<TableJudge['see']>[0]): void {
    const { high, low } = hash64(JSON.stringify(this.fields.map((field) => row.text(field))))
    const name = (high >>> 11) * 4_294_967_296 + (low >>> 0)
    if (!this.seen.has(name) && this.seen.size >= mostKept) {
      this.full = true
      return
    }
    this.tested++
    if (this.seen.has(name)) this.found.push(row.keep())
    else this.seen.add(name)
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    for (const kept of this.found) report(kept, [])
    return { tested: this.tested, left: this.full ? `Only the first ${mostKept} records were compared.` : null }
  }
}
