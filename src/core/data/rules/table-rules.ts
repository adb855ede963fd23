/** The rules of one table in a run: bound to its columns, shown every record, counted exactly. */

import type { Fact, Location, Severity } from '../../finding.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'
import type { RecordRule, RecordTest } from '../checks/contract/record-check.ts'
import type { TableJudge } from '../checks/contract/table-check.ts'
import { recordChecks, tableChecks } from '../checks/index.ts'
import type { Constraint } from '../model/constraint.ts'
import { columnIn } from '../read/column-in.ts'
import { cellPlace } from '../read/table-body.ts'
import type { RecordView } from '../read/text/record-view.ts'
import { type Cast, castOf, castsOf } from './casts.ts'
import type { RuleContext } from './context.ts'
import { compileExpression, type Evaluate, type Scope } from './evaluate.ts'
import { columnsIn, parseExpression } from './expression.ts'
import type { FactTable } from './facts.ts'
import { KeptPlaces } from './kept-places.ts'
import { notesOf, type RuleEntry } from './rule-file.ts'
import { Row } from './rule-row.ts'
import { conditionOf, schemaFor, scopeOf } from './rule-scope.ts'
import type { RuledTable } from './ruled-table.ts'

interface BoundRule {
  readonly entry: RuleEntry
  readonly code: string
  readonly place: string
  readonly severity: Severity | null
  readonly fields: readonly number[]
  readonly facts: readonly Fact[]
  readonly when: Evaluate | null
  readonly assert: (row: Row) => boolean | null
  /** Other tables it asks. */
  readonly needs: readonly FactTable[]
  tested: number
  broken: number
  ready: boolean
}

interface Gathering {
  readonly entry: RuleEntry
  readonly code: string
  readonly place: string
  readonly fields: readonly string[]
  readonly when: Evaluate | null
  readonly judge: TableJudge
  readonly kept: KeptPlaces
  readonly casts: ReadonlyMap<string, Cast>
  /** By the columns that it asks. */
  readonly columns: ReadonlyMap<string, number>
}

export class TableRules {
  readonly rulesRun: number
  /** Inputs whose facts these rules need, so that they are read first. */
  readonly targets: readonly number[]
  private readonly rules: BoundRule[] = []
  private readonly gatherings: Gathering[] = []
  private readonly wanted = new Set<number>()
  private readonly row: Row
  private readonly table: RuledTable
  private readonly context: RuleContext
  private readonly sink: ReportSink
  private readonly all: readonly RuledTable[]
  private facts: readonly FactTable[] | null = null
  private isTorn = false

  constructor(
    table: RuledTable,
    all: readonly RuledTable[],
    entries: readonly RuleEntry[],
    context: RuleContext,
    sink: ReportSink,
  ) {
    this.table = table
    this.all = all
    this.context = context
    this.sink = sink
    this.row = new Row(table)
    for (const entry of entries) this.bind(entry)
    this.rulesRun = this.rules.length + this.gatherings.length
    this.targets = [...this.wanted].filter((input) => input !== table.input)
  }

  /** True where a rule asks a table that was not read before this one: it is judged in a second reading. */
  get waits(): boolean {
    return this.rules.some((rule) => !rule.ready)
  }

  private bind(entry: RuleEntry): void {
    if (entry.check === null) {
      const tree = parseExpression(entry.assert ?? '')
      const named = tree.kind === 'fault' ? [] : columnsIn(tree)
      const fields = entry.fields.length > 0 ? entry.fields : named
      const rule = { place: entry.id, fields, assert: entry.assert ?? '', ...(entry.when === null ? {} : { when: entry.when }) }
      this.bindRule(entry, 'data/custom-rule', rule)
      return
    }
    const constraint: Constraint = {
      on: { table: entry.on, fields: entry.fields },
      check: entry.check,
      params: entry.params,
      origin: { schema: entry.file, pointer: entry.pointer },
    }
    const ofRecord = recordChecks.find(({ code }) => code === entry.check)
    const ofTable = tableChecks.find(({ code }) => code === entry.check)
    if (ofRecord) {
      const rule = ofRecord.rule(constraint)
      if (typeof rule === 'string') this.refuse(entry, rule)
      else this.bindRule(entry, ofRecord.code, entry.when === null ? rule : { ...rule, when: both(entry.when, rule.when) })
    } else if (ofTable) this.gather(entry, ofTable.code, ofTable.open(constraint))
    else this.refuse(entry, `There is no check ${entry.check} of records or tables.`)
  }

  private gather(entry: RuleEntry, code: string, opened: ReturnType<(typeof tableChecks)[number]['open']>): void {
    if (typeof opened === 'string') {
      this.refuse(entry, opened)
      return
    }
    const missing = opened.fields.find((field) => columnIn(this.table.header, field) < 0)
    if (missing !== undefined) {
      this.refuse(entry, `The file has no column ${missing}.`)
      return
    }
    const when = conditionOf(entry, this.table, this.context)
    if (typeof when === 'string') this.refuse(entry, when)
    else {
      const place = opened.fields.length === 0 ? '' : opened.fields.join(' + ')
      if (entry.guessed) this.sink.guess(code, this.table.input, place, 'proposed')
      this.gatherings.push({
        entry,
        code,
        when,
        place,
        ...opened,
        kept: new KeptPlaces(),
        columns: new Map(opened.fields.map((field) => [field, columnIn(this.table.header, field)])),
        casts: castsOf(schemaFor(entry, this.table)),
      })
    }
  }

  private bindRule(entry: RuleEntry, code: string, rule: RecordRule): void {
    const needs: FactTable[] = []
    const scope = this.scope(entry, needs)
    const when = rule.when === undefined ? null : this.expression(entry, rule.when, scope)
    const assert = typeof rule.assert === 'string' ? this.expression(entry, rule.assert, scope) : this.tested(rule.assert)
    const missing = rule.fields.find((field) => columnIn(this.table.header, field) < 0)
    if (missing !== undefined) {
      this.refuse(entry, `The file has no column ${missing}.`)
      return
    }
    if (assert === undefined || when === undefined) return
    if (entry.guessed) this.sink.guess(code, this.table.input, rule.place, 'proposed')
    this.rules.push({
      entry,
      code,
      place: rule.place,
      severity: entry.severity,
      fields: rule.fields.map((field) => columnIn(this.table.header, field)),
      facts: rule.facts ?? [],
      when,
      assert: (row) => {
        const value = assert(row)
        return typeof value === 'boolean' ? value : null
      },
      needs,
      tested: 0,
      broken: 0,
      ready: true,
    })
  }

  private tested(test: RecordTest): Evaluate {
    const { header } = this.table
    const columns = new Map(header.map((field, column) => [field, column]))
    return (row) => test((field) => row.text(columns.get(field) ?? header.length))
  }

  private expression(entry: RuleEntry, source: string, scope: Scope): Evaluate | undefined {
    const tree = parseExpression(source)
    const compiled = tree.kind === 'fault' ? tree : compileExpression(tree, scope)
    if (typeof compiled === 'function') return compiled
    this.refuse(entry, compiled.says)
    return undefined
  }

  private scope(entry: RuleEntry, needs: FactTable[]): Scope {
    return scopeOf(entry, this.table, this.all, this.context, (facts, input) => {
      this.wanted.add(input)
      needs.push(facts)
    })
  }

  private refuse(entry: RuleEntry, why: string): void {
    if (entry.guessed) return
    this.sink.notEvaluated({ what: `Rule ${entry.id} (${entry.file} ${entry.pointer})`, why })
  }

  /** True where no record needs to be shown; known once the reading has begun. */
  get isIdle(): boolean {
    return this.rules.length === 0 && this.gatherings.length === 0 && this.facts?.length === 0
  }

  /** Before the first reading: which rules can be judged now. */
  start(): void {
    for (const rule of this.rules) rule.ready = rule.needs.every((facts) => facts.complete)
    this.facts = this.context.begin(this.table.input)
  }

  /** Before the first reading, which will not show all records. */
  tear(): void {
    this.isTorn = true
    for (const table of this.facts ?? []) table.torn = true
  }

  see(view: RecordView, byteOf: (index: number) => number): void {
    const { row, facts } = this
    if (this.isIdle) return
    row.show(view)
    for (const table of facts ?? []) {
      const key = row.text(columnIn(this.table.header, table.key))
      if (key !== null) table.add(key.trim(), (field) => row.text(columnIn(this.table.header, field)))
    }
    for (const rule of this.rules) if (rule.ready) this.judge(rule, view, byteOf)
    for (const gathering of this.gatherings) this.show(gathering, view, byteOf)
  }

  private show(gathering: Gathering, view: RecordView, byteOf: (index: number) => number): void {
    const { when, judge, kept, fields, casts, columns } = gathering
    if (when !== null && when(this.row) !== true) return
    const columnOf = (field: string): number => columns.get(field) ?? columnIn(this.table.header, field)
    const text = (field: string): string | null => this.row.text(columnOf(field))
    judge.see({
      record: view.record,
      text,
      value: (field) => {
        const written = text(field)
        return written === null ? null : castOf(casts, field)(written)
      },
      keep: () => kept.add(this.placeOf(view, Math.max(0, columnOf(fields[0] ?? '')), byteOf), this.sink),
    })
  }

  private placeOf(view: RecordView, column: number, byteOf: (index: number) => number): Location {
    return cellPlace(view, column, this.table.input, this.table.header[column] ?? '', byteOf)
  }

  /** A second reading, for rules that ask tables read later. */
  seeAgain(view: RecordView, byteOf: (index: number) => number): void {
    this.row.show(view)
    for (const rule of this.rules) if (!rule.ready) this.judge(rule, view, byteOf)
  }

  private judge(rule: BoundRule, view: RecordView, byteOf: (index: number) => number): void {
    const { row } = this
    if (!rule.needs.every((facts) => facts.canBeAsked)) return
    if (rule.when !== null && rule.when(row) !== true) return
    const kept = rule.assert(row)
    if (kept === null) return
    rule.tested++
    if (kept) return
    rule.broken++
    const at = this.placeOf(view, rule.fields[0] ?? 0, byteOf)
    const excerpt = rule.fields.map((column) => `${this.table.header[column]}: ${row.text(column) ?? 'nothing'}`).join(', ')
    const evidence = { facts: rule.facts, excerpt: excerpt.slice(0, 400) }
    this.sink.add({ code: rule.code, at, evidence, ...(rule.severity ? { severity: rule.severity } : {}) }, rule.place)
  }

  /** After the first reading: the facts are whole, and what was gathered speaks. */
  finish(): void {
    for (const table of this.facts ?? []) table.complete = true
    for (const { entry, code, place, judge, kept } of this.gatherings) {
      if (this.isTorn) {
        this.refuse(entry, notWhole)
        continue
      }
      const severity = entry.severity === null ? {} : { severity: entry.severity }
      let broken = 0
      const verdict = judge.finish((number, facts) => {
        broken++
        kept.tell(number, this.sink, { code, evidence: { facts }, ...severity }, this.table.input, place)
      })
      this.context.heard?.(entry, this.table.input, verdict.tested, broken)
      this.noteOf({ entry, code, place })
      this.sink.denominator(code, place, this.table.input, verdict.tested)
      const left = verdict.left ?? (verdict.tested === 0 ? notApplicable : null)
      if (left !== null) this.refuse(entry, left)
    }
    this.tell((rule) => rule.ready)
  }

  finishAgain(): void {
    this.tell((rule) => !rule.ready)
  }

  private tell(which: (rule: BoundRule) => boolean): void {
    const tested = new Map<string, number>()
    for (const rule of this.rules.filter(which)) {
      const torn = rule.needs.filter((facts) => facts.torn)
      if (torn.length > 0) {
        this.refuse(rule.entry, `Not all of ${namesOf(torn)} was judged, so what the rule asks of it has no answer.`)
        continue
      }
      if (rule.needs.some((facts) => facts.full)) {
        this.refuse(
          rule.entry,
          `What it asks of ${namesOf(rule.needs)} needs more memory than the run has; check ${this.table.table} together with these tables alone.`,
        )
        continue
      }
      const key = JSON.stringify([rule.code, rule.place])
      tested.set(key, (tested.get(key) ?? 0) + rule.tested)
      this.context.heard?.(rule.entry, this.table.input, rule.tested, rule.broken)
      if (rule.tested === 0) this.refuse(rule.entry, notApplicable)
      for (const { table, key, repeated } of new Set(rule.needs))
        if (repeated > 0)
          this.refuse(
            rule.entry,
            `The column ${key} of ${table} is no key: ${repeated} of its records repeat the key of an earlier one. Only the first record of each key was asked.`,
          )
      this.noteOf(rule)
    }
    for (const [key, of] of tested) {
      const [code, place] = JSON.parse(key) as [string, string]
      this.sink.denominator(code, place, this.table.input, of)
    }
  }

  /** The words of a team's own rule stand beside its finding. */
  private noteOf({ entry, code, place }: Pick<BoundRule, 'entry' | 'code' | 'place'>): void {
    const facts = notesOf(entry)
    if (facts.length > 0) this.sink.note(code, place, this.table.input, facts)
  }
}

function namesOf(needs: readonly FactTable[]): string {
  return [...new Set(needs.map(({ table }) => table))].join(' and ')
}

/** Of a rule about a whole table or column of which some bytes were not judged. */
export const notWhole = 'Not all of the table was judged, so nothing is said of it as a whole.'

const notApplicable = 'Not applicable: no record has what the rule asks about.'

function both(a: string, b: string | undefined): string {
  return b === undefined ? a : `(${a}) and (${b})`
}
