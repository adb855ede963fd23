/** What the rules of all tables of one run share: the entries, the day of the extract, and the facts that tables keep for each other. */
import type { NotEvaluated } from '../../finding.ts'
import { nearestName } from '../../values/nearest-name.ts'
import { type When, whenOf } from '../model/value.ts'
import { defaultFactBudget, type FactBudget, FactTable } from './facts.ts'
import { type RuleEntry, type RuleFault, type RuleFile, readRuleFiles } from './rule-file.ts'

/** Told of every rule of every table how many records it tested, and how many of them break it. */
export type HearRule = (entry: RuleEntry, input: number, tested: number, broken: number) => void

export class RuleContext {
  readonly entries: readonly RuleEntry[]
  readonly faults: readonly RuleFault[]
  readonly asOf: When | null
  /** Columns are looked at for damage that nobody asked about. */
  readonly watches: boolean
  readonly heard: HearRule | null
  private readonly budget: FactBudget
  private readonly tables = new Map<string, FactTable>()
  private readonly begun = new Set<number>()

  /** `asOf` is an ISO date, the day of the extract. */
  constructor(files: readonly RuleFile[], asOf: string | null, watches = true, heard?: HearRule, budget = defaultFactBudget) {
    const { entries, faults } = readRuleFiles(files)
    this.entries = entries
    this.faults = faults
    this.asOf = asOf === null ? null : whenOf(asOf)
    this.watches = watches
    this.heard = heard ?? null
    this.budget = { left: budget }
  }

  /** Rules of tables that the run does not have, each with the name that is nearest to the one it gives. */
  homeless(tables: readonly string[]): NotEvaluated[] {
    return this.entries
      .filter(({ on }) => !tables.includes(on))
      .map(({ id, file, pointer, on }) => {
        const near = nearestName(on, tables)
        const hint = near === null ? '' : ` The nearest name is ${near}.`
        return { what: `Rule ${id} (${file} ${pointer})`, why: `The table ${on} is not part of this run.${hint}` }
      })
  }

  /** The facts of an input by a key column, asked for before anything is read; `of` is the name of its table. */
  want(input: number, of: string, key: string, field: string): FactTable {
    const name = JSON.stringify([input, key])
    const table = this.tables.get(name) ?? new FactTable(of, key, this.budget)
    this.tables.set(name, table)
    table.want(field)
    return table
  }

  /** True where the input is read already, or being read, without these facts. */
  isTooLate(input: number, key: string, field: string): boolean {
    const facts = this.tables.get(JSON.stringify([input, key]))
    return this.begun.has(input) && !facts?.fields.includes(field)
  }

  /** Facts that an input has to fill while it is read, which begins now. */
  begin(input: number): readonly FactTable[] {
    this.begun.add(input)
    return [...this.tables].filter(([name]) => JSON.parse(name)[0] === input).map(([, table]) => table)
  }
}
