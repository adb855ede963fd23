/** What a run of the crosswalk tells when it ends: tables, coverage, reasons of rejections, and what was not mapped. */
import { compareText, type NotEvaluated } from '../../../finding.ts'
import type { Definitions } from '../../fhir/definitions/packs.ts'
import type { ReadProblem, ReadStatus } from '../../model/events.ts'
import { CellCoverage } from '../plan/coverage.ts'
import type { MapInput, MappedTable, MapResult } from '../plan/crosswalk.ts'
import { InputAccounts, notReadWhole, type OpenSide } from '../plan/open-sides.ts'
import { type BoundTable, type PairPlan, planPairing } from '../plan/plan.ts'
import { Links } from './links.ts'
import { circularTables, inOrder, isJoined } from './map-order.ts'
import { OutputFiles, outputNames } from './output-files.ts'
import { mappingFindings } from './required.ts'
import { RecordMaker } from './row-maker.ts'
import type { RowCounts } from './table-run.ts'

/** The inputs that a mapping reads. */
export function legacyOf<One extends MapInput['inputs'][number]>(inputs: readonly One[]): readonly One[] {
  return inputs.filter(({ side }) => side !== 'target')
}

/** The field map bound to the files that it is to be followed on. */
export interface BoundMap {
  readonly definitions: Definitions
  readonly plan: PairPlan
  readonly maker: RecordMaker
  /** In the order in which they are mapped. */
  readonly legacy: readonly OpenSide[]
  readonly circular: ReadonlySet<string>
  /** Tables that are looked through before any is mapped, because their links lead back to them. */
  readonly looked: readonly OpenSide[]
  /** Tables of which several rows are one record. */
  readonly joining: ReadonlySet<OpenSide>
}

/** @param opened the legacy inputs, looked into */
export function boundMap({ mapping, inputs }: MapInput, definitions: Definitions, opened: readonly OpenSide[]): BoundMap {
  const plan = planPairing(mapping, inputs)
  const legacy = inOrder(opened, plan.bySource)
  const circular = circularTables(plan.bySource)
  const isTable = ({ records, refusal }: OpenSide): boolean => records === 'csv' && !refusal?.unreadable
  return {
    ...{ definitions, plan, legacy, circular, maker: new RecordMaker(definitions, plan.bySource) },
    looked: legacy.filter((one) => circular.has(one.table) && isTable(one)),
    joining: new Set(legacy.filter((one) => isJoined(one.table, plan.bySource) && isTable(one))),
  }
}

/** The target tables that a legacy input becomes; a reason where it becomes none, null where the list of inputs tells why. */
export function targetsOf(one: OpenSide, { bySource, leftBehind }: PairPlan): readonly BoundTable[] | NotEvaluated | null {
  const bound = bySource.get(one.table)
  const left = leftBehind.get(one.table)
  if (left && one.records === 'csv') return { what: one.table, why: `left behind: ${left.reason} (${left.by})` }
  if (one.refusal?.unreadable) return null
  if (one.records === 'csv' && bound) return bound
  const why = bound ? 'legacy records are read from tables only' : 'no confirmed line of the field map speaks of this table'
  return { what: one.source.name, why }
}

export class MapAccount {
  readonly coverage: CellCoverage
  readonly files: OutputFiles
  readonly links: Links
  private readonly reasons = new Map<string, MapResult['reasons'][number]>()
  private readonly tables: MappedTable[] = []
  private readonly notEvaluated: NotEvaluated[]
  private readonly missingKeys: string[] = []
  private readonly accounts: InputAccounts
  private readonly input: MapInput
  private readonly map: BoundMap
  private readonly opened: readonly OpenSide[]

  /** @param opened the legacy inputs in their own order */
  constructor(input: MapInput, map: BoundMap, opened: readonly OpenSide[]) {
    const { definitions, plan, joining } = map
    this.input = input
    this.map = map
    this.opened = opened
    this.coverage = new CellCoverage(input.mapping)
    this.files = new OutputFiles(outputNames(plan.tables, (type) => definitions.type(type) !== null))
    this.links = new Links(plan.tables)
    this.accounts = new InputAccounts(opened)
    this.notEvaluated = apartInFiles([...joining])
  }

  leave(left: NotEvaluated): void {
    this.notEvaluated.push(left)
  }

  problem(one: OpenSide, problem: ReadProblem): void {
    this.accounts.problem(this.opened.indexOf(one), problem)
  }

  end(one: OpenSide, status: ReadStatus, records: number): void {
    this.accounts.end(this.opened.indexOf(one), status, records)
  }

  reason(table: string, field: string, why: string, count: number): void {
    const key = `${table}\n${field}\n${why}`
    const held = this.reasons.get(key)
    this.reasons.set(key, { table, field, why, count: (held?.count ?? 0) + count })
  }

  /** A table was mapped. @param missing columns that the field map names and the file does not have */
  mapped({ table }: OpenSide, bound: readonly BoundTable[], missing: readonly string[], counts: RowCounts): void {
    const { read, written, splits, merged, filtered, rejected } = counts
    if (read !== written - splits + merged + filtered + rejected)
      throw new Error(`The rows of ${table} do not add up: this is an error of the program`)
    for (const column of missing)
      this.leave({ what: `${table}.${column}`, why: 'the field map names this column, and the file does not have it' })
    const keys = bound.flatMap(({ key, patient }) => [...(key?.columns ?? []), ...(patient?.columns ?? [])])
    this.missingKeys.push(...missing.filter((column) => keys.includes(column)).map((column) => `${table}.${column}`))
    this.links.end(table)
    this.tables.push({ table, read, written, splits, merged, filtered, rejected })
  }

  result(): MapResult {
    const inputs = this.accounts.list(legacyOf(this.input.inputs))
    const { plan, definitions } = this.map
    return {
      inputs,
      missingKeys: this.missingKeys,
      tables: this.tables,
      coverage: this.coverage.result(),
      columns: this.coverage.columns(),
      reasons: [...this.reasons.values()].sort(
        (a, b) =>
          b.count - a.count || compareText(a.table, b.table) || compareText(a.field, b.field) || compareText(a.why, b.why),
      ),
      findings: mappingFindings(this.input.mapping, definitions),
      // A link that pairing does not follow is written all the same.
      notEvaluated: [
        ...plan.notEvaluated.filter(({ why }) => !why.startsWith('links to ')),
        ...notReadWhole(inputs),
        ...this.files.repeatedIds(),
        ...this.links.notEvaluated(),
        ...this.notEvaluated,
      ],
    }
  }
}

/** Rows of one record stand in one file: where a table comes in several, that is said. */
function apartInFiles(joining: readonly OpenSide[]): NotEvaluated[] {
  return [...new Set(joining.map(({ table }) => table))].flatMap((table) =>
    joining.filter((one) => one.table === table).length > 1
      ? [{ what: table, why: 'it comes in several files; rows of one record are joined within each file only' }]
      : [],
  )
}
