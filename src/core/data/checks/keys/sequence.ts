/** Numbers that should count up within a key, without repeats and without gaps. */
import { numOf, plainNumber } from '../../model/value.ts'
import { mostKept, type TableCheck, type TableJudge } from '../contract/table-check.ts'

export const sequence: TableCheck = {
  code: 'data/sequence',
  title: 'Running numbers that jump, repeat or go back',
  why: 'A gap in pages, doses or versions means that a record is missing; a number that goes back means that records were mixed.',
  remedy: 'Look for the missing numbers in the legacy system before the table is loaded.',
  severity: 'warning',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'keys',
  open({ on, params }) {
    if (on.fields.length < 1) return 'It takes the columns of the key, if any, then the running number.'
    const gaps = params.gaps ?? 'forbidden'
    if (gaps !== 'forbidden' && gaps !== 'allowed') return 'params.gaps is forbidden or allowed.'
    return { fields: on.fields, judge: new Running(on.fields, gaps === 'forbidden') }
  },
}

class Running implements TableJudge {
  private readonly last = new Map<string, number>()
  private readonly found: { readonly kept: number; readonly before: number; readonly now: number }[] = []
  private tested = 0
  private full = false
  private readonly fields: readonly string[]
  private readonly gapFree: boolean

  constructor(fields: readonly string[], gapFree: boolean) {
    this.fields = fields
    this.gapFree = gapFree
  }

  see(row: Parameters<TableJudge['see']>[0]): void {
    const parts = this.fields.slice(0, -1).map((field) => row.text(field)?.trim() ?? null)
    const number = numOf(row.text(this.fields.at(-1) ?? '')?.trim() ?? '')
    if (parts.includes(null) || number === null) return
    const key = JSON.stringify(parts)
    const before = this.last.get(key)
    if (before === undefined && this.last.size >= mostKept) {
      this.full = true
      return
    }
    const now = plainNumber(number)
    this.tested++
    this.last.set(key, now)
    if (before === undefined || (this.gapFree ? now === before + 1 : now > before)) return
    this.found.push({ kept: row.keep(), before, now })
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    for (const { kept, before, now } of this.found)
      report(kept, [
        { name: 'kind', value: now > before ? 'gap' : now === before ? 'repeated' : 'goes back' },
        { name: 'numbers missing', value: now > before ? now - before - 1 : 0 },
      ])
    return { tested: this.tested, left: this.full ? `Only the first ${mostKept} keys were followed.` : null }
  }
}
