/** A value that follows from another one of its record, such as the words for a code: what is rare where another is usual stands out. */
import { mostKept, type TableCheck, type TableJudge } from '../contract/table-check.ts'

export const dependentValue: TableCheck = {
  code: 'data/dependent-value',
  title: 'Values that do not go with the other one of their record',
  why: 'A code under the words of another one, or a result under another unit, is read as something that it is not.',
  remedy: 'Compare the record with the others of the same value. Find out which of the two columns is wrong.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'wrong-value',
  scope: 'keys',
  open({ on }) {
    const [from, to] = on.fields
    if (from === undefined || to === undefined || on.fields.length !== 2)
      return 'It takes two columns: the one that decides, and the one that follows.'
    return { fields: on.fields, judge: new Dependence(from, to) }
  },
}

/** Fewest records of one value from which it may be read what goes with it. */
export const fewest = 5
/** Another value is a mistake where the usual one is at least so many times as frequent. */
export const timesAsFrequent = 5
/** As few records may hold the same mistake. */
export const mostOfOne = 0.1

interface Values {
  total: number
  /** By text, the kept records that hold it; the first of each only, once there are many. */
  readonly counts: Map<string, number>
  readonly kept: Map<string, number[]>
}

/** More records of one text are not odd. */
const mostOdd = 1000

class Dependence implements TableJudge {
  private readonly of = new Map<string, Values>()
  private tested = 0
  private full = false
  private readonly from: string
  private readonly to: string

  constructor(from: string, to: string) {
    this.from = from
    this.to = to
  }

  see(row: Parameters<TableJudge['see']>[0]): void {
    // Blanks around a value are told by a check of their own.
    const [from, to] = [row.text(this.from)?.trim(), row.text(this.to)?.trim()]
    if (!from || !to) return
    if (this.tested >= mostKept) {
      this.full = true
      return
    }
    this.tested++
    let values = this.of.get(from)
    if (!values) {
      values = { total: 0, counts: new Map(), kept: new Map() }
      this.of.set(from, values)
    }
    values.total++
    const count = (values.counts.get(to) ?? 0) + 1
    values.counts.set(to, count)
    if (count > mostOdd) return
    const kept = values.kept.get(to) ?? []
    kept.push(row.keep())
    values.kept.set(to, kept)
  }

  finish(report: Parameters<TableJudge['finish']>[0]) {
    const isStrict = this.isStrict()
    const usualOf = this.usualTexts()
    for (const [from, { total, counts, kept }] of this.of) {
      if (total < fewest || counts.size < 2) continue
      const usual = Math.max(...counts.values())
      for (const [text, count] of counts) {
        if (isUsual(count, usual, total)) continue
        // Where several names are usual, a rare one is another name, unless it is the name of something else.
        const belongs = usualOf.get(text)
        if (!isStrict && (belongs === undefined || belongs === from)) continue
        const facts = [
          { name: 'records with the usual value', value: usual },
          { name: 'records with this one', value: count },
        ]
        for (const number of kept.get(text) ?? []) report(number, facts)
      }
    }
    return { tested: this.tested, left: this.full ? `Only the first ${mostKept} records were compared.` : null }
  }

  /** True where nearly every value has one other that goes with it. */
  private isStrict(): boolean {
    const all = [...this.of.values()].filter(({ total }) => total >= fewest)
    const several = all.filter(({ total, counts }) => {
      const usual = Math.max(...counts.values())
      return [...counts.values()].filter((count) => isUsual(count, usual, total)).length > 1
    })
    return several.length <= all.length * mostSeveral
  }

  /** Of texts that go with one value many times, that value. */
  private usualTexts(): Map<string, string> {
    const found = new Map<string, string>()
    for (const [from, { total, counts }] of this.of)
      for (const [text, count] of counts) if (count >= fewest && count * 2 > total) found.set(text, from)
    return found
  }
}

/** Share of values that may have more than one usual other. */
const mostSeveral = 0.1

function isUsual(count: number, usual: number, total: number): boolean {
  return count * timesAsFrequent > usual || count > Math.max(1, total * mostOfOne)
}
