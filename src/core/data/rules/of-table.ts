/** Everything that looks at whole records or whole columns of one table: its rules, the watched columns, and the facts it keeps for others. */

import { isMembers } from '../../values/json.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'
import { columnChecks } from '../checks/index.ts'
import type { AheadAsk } from '../read/records/ahead-slots.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import type { RecordView } from '../read/text/record-view.ts'
import type { RuleContext } from './context.ts'
import { derivedRules } from './derived.ts'
import { type RuleEntry, readEntry } from './rule-file.ts'
import type { RuledTable } from './ruled-table.ts'
import { TableRules } from './table-rules.ts'
import { TableWatch } from './table-watch.ts'
import { watched } from './watch-block.ts'

export class RulesOfTable {
  private readonly rules: TableRules
  private readonly watch: TableWatch

  /** `all` are the tables of the run, this one among them. */
  constructor(table: RuledTable, all: readonly RuledTable[], context: RuleContext, sink: ReportSink) {
    const own = [...declared(table, sink), ...derivedRules(table, all)]
    const asked = context.entries.filter(({ on }) => on === table.table)
    const isAsked = (one: RuleEntry): boolean =>
      asked.some(({ check, fields }) => check !== null && check === one.check && fields[0] === one.fields[0])
    const entries = [
      ...asked,
      ...(table.isGuess ? own.filter((one) => !isAsked(one)).map((one) => ({ ...one, guessed: true as const })) : own),
    ]
    const isWatch = ({ check }: RuleEntry): boolean => columnChecks.some(({ code }) => code === check)
    this.rules = new TableRules(
      table,
      all,
      entries.filter((entry) => !isWatch(entry)),
      context,
      sink,
    )
    this.watch = new TableWatch(table, entries.filter(isWatch), context, sink)
  }

  get rulesRun(): number {
    return this.rules.rulesRun + this.watch.rulesRun
  }

  get targets(): readonly number[] {
    return this.rules.targets
  }

  /** What the kernel will be asked of every block for them. */
  get asks(): AheadAsk[] {
    return this.watch.asks
  }

  /** True where rules ask tables that were not read before this one. */
  get waits(): boolean {
    return this.rules.waits
  }

  /** Marks the records of a run that have to be shown to `seeInBlock`, in their order; the others are done with. */
  seeBlock(block: RecordBlock, marks: Uint8Array): void {
    if (this.watch.rulesRun > 0) this.watch.seeBlock(block, marks)
    if (!this.rules.isIdle) for (let row = 0; row < block.last - block.first; row++) marks[row] = (marks[row] as number) | watched
  }

  seeInBlock(view: RecordView, byteOf: (index: number) => number): void {
    if (!this.rules.isIdle) this.rules.see(view, byteOf)
    this.watch.tell(view, byteOf)
  }

  start(): void {
    this.rules.start()
  }

  /** As `seeBlock`, for a task that knows a stretch of the table alone: marks the records that `seeSieved` has to be shown. */
  sieve(block: RecordBlock, marks: Uint8Array): void {
    if (this.watch.rulesRun > 0) this.watch.sieve(block, marks)
    if (!this.rules.isIdle) for (let row = 0; row < block.last - block.first; row++) marks[row] = (marks[row] as number) | watched
  }

  seeSieved(view: RecordView, byteOf: (index: number) => number): void {
    if (!this.rules.isIdle) this.rules.see(view, byteOf)
    this.watch.seeSieved(view, byteOf)
  }

  /** What watches the columns. */
  get columns(): TableWatch {
    return this.watch
  }

  see(view: RecordView, byteOf: (index: number) => number): void {
    this.rules.see(view, byteOf)
    this.watch.see(view, byteOf)
  }

  /** Not all of the table will be shown: nothing is said of it as a whole, and what others ask of it has no answer. */
  tear(): void {
    this.rules.tear()
    this.watch.tear()
  }

  finish(): void {
    this.rules.finish()
    this.watch.finish()
  }

  seeAgain(view: RecordView, byteOf: (index: number) => number): void {
    this.rules.seeAgain(view, byteOf)
  }

  finishAgain(): void {
    this.rules.finishAgain()
  }
}

/** Rules that the schema of the table carries itself, in `x-carryover`. */
function declared({ schema, table }: RuledTable, sink: ReportSink): RuleEntry[] {
  const given = schema.carryover?.rules
  if (!Array.isArray(given)) return []
  const file = `the schema of ${table}`
  return given.flatMap((one, i) => {
    const read = readEntry(isMembers(one) ? { on: table, ...one } : one, file, `/x-carryover/rules/${i}`)
    if (!Array.isArray(read)) return [read]
    for (const fault of read) sink.notEvaluated({ what: `Rule at ${fault.at} of ${file}`, why: fault.says })
    return []
  })
}
