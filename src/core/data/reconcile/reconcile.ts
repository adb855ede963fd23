/** Legacy against target, every record and filled cell: read once, laid aside by patient, judged and added up (data.md §11, §12). */
import { compareText, type NotEvaluated } from '../../finding.ts'
import { stopIfAborted, type Update } from '../../operation.ts'
import { CellCoverage } from '../crosswalk/plan/coverage.ts'
import { withNotCompared } from '../crosswalk/plan/not-compared.ts'
import { InputAccounts, type InputStatus, notReadWhole, type OpenSide, openSides } from '../crosswalk/plan/open-sides.ts'
import { type PairPlan, planPairing } from '../crosswalk/plan/plan.ts'
import type { RowFilter } from '../crosswalk/plan/row-rules.ts'
import type { PairSource } from '../crosswalk/plan/sides.ts'
import type { ReadProblem, ReadStatus } from '../model/events.ts'
import type { SpillStore } from '../model/spill.ts'
import { ReconcileAccount, type TornTables } from './account/account.ts'
import { agreedTotals } from './account/agreed-totals.ts'
import { type SharedKey, sharedKeyOf } from './account/key-account.ts'
import { type LostLinks, lostLinks } from './account/lost-links.ts'
import { Merges } from './account/merges.ts'
import { notMapped, notMappedFindings, unmappedElements } from './account/not-mapped.ts'
import type { Explanation, ReconcileInput, ReconcilePartial, ReconcileResult } from './account/result.ts'
import { replayJournal, type Stranger } from './account/side-journal.ts'
import type { SideTotals } from './account/side-part.ts'
import type { Assumption } from './compare/assumed-zones.ts'
import { PairEvidence } from './compare/evidence.ts'
import { groupKey } from './entries/group-key.ts'
import { ItemLog, inOrder } from './entries/item-log.ts'
import { keyText, type LegacyItem, type TargetItem } from './entries/items.ts'
import { readKnownPatients } from './entries/known-patients.ts'
import type { KeyMatch } from './entries/match-keys.ts'
import { type LegacyRowRead, notPaired, readSides, type SideSink, tableNamed } from './entries/read-sides.ts'

/** Entries of a file take about this many times its bytes in memory (measured on 6,000 patients: 46 MB hold 192 MB). */
export const heldPerByte = 4.2
const defaultBudget = 96 << 20
/**
 * Reads both sides once (patients of the target twice) and accounts for every record.
 * Memory follows `budget`, the keys of all patients of both sides and 128 MiB for distinct keys; more entries than that go to `store`,
 * encoded and gone after the run, or stay in memory encoded where there is none or it is full.
 */
export async function* reconcile(
  input: ReconcileInput,
  signal: AbortSignal,
  store: SpillStore | null = null,
): AsyncGenerator<Update<ReconcilePartial, ReconcileResult>> {
  const plan = planPairing(input.mapping, input.inputs)
  const opened = await openSides(input.inputs, signal)
  const total = opened.reduce((sum, { source }) => sum + source.size, 0)
  const parts = Math.max(1, Math.ceil((total * heldPerByte) / (input.budget ?? defaultBudget)))
  const spill = parts > 1 && store ? await store.open() : null
  try {
    const log = new ItemLog(plan.tables, parts, spill)
    yield* readAndJudge({ ...input, inputs: opened }, input.inputs, plan, total, log, signal)
  } finally {
    await spill?.close()
  }
}

/** The files as they are inside. */
export type OpenReconcileInput = Omit<ReconcileInput, 'inputs'> & { readonly inputs: readonly OpenSide[] }

async function* readAndJudge(
  input: OpenReconcileInput,
  given: readonly PairSource[],
  plan: PairPlan,
  total: number,
  log: ItemLog,
  signal: AbortSignal,
): AsyncGenerator<Update<ReconcilePartial, ReconcileResult>> {
  const progress = (done: number, label: string): Update<never, never> => ({
    kind: 'progress',
    done: Math.min(done, total),
    total,
    unit: 'bytes',
    label,
  })
  const patients = readKnownPatients(input.inputs, plan, signal)
  let step = await patients.next()
  for (; step.done !== true; step = await patients.next()) yield progress(0, step.value)
  const { keys, match } = step.value
  const run = new ReconcileRun(input, given, plan, match)
  const evidence = new PairEvidence(plan.tables)
  let base = 0
  let last = ''
  let held = 0
  for await (const { done, label } of readSides(input.inputs, plan, keys, run.sink(log, evidence), signal)) {
    if (label !== last) {
      base += held
      last = label
    }
    held = done
    yield progress(base + done, label)
  }
  run.assume(evidence)
  const { account } = run
  let judged = 0
  for (let part = 0; part < log.size; part++) {
    const groups = log.read(part)
    for (const key of inOrder(groups)) {
      const group = groups.get(key)
      if (!group) continue
      groups.delete(key)
      account.patient(group)
      if (++judged % 2000 !== 0) continue
      stopIfAborted(signal)
      yield { kind: 'partial', value: { records: judged, unaccounted: unaccountedOf(account, plan) } }
    }
  }
  yield { kind: 'result', value: run.finish(log.refused) }
}

/** What tasks that were set aside leave open. */
export interface LeftOpen {
  readonly torn: TornTables
  /** A share of the patients was not judged: sums of either side then lack its records. */
  readonly lacksPatients: boolean
  /** For the report, what was not compared and why. */
  readonly notJudged: readonly NotEvaluated[]
}

/** The account of one run: told by whoever reads both sides, then of every patient, then asked for its result. */
export class ReconcileRun {
  readonly account: ReconcileAccount
  private readonly coverage: CellCoverage
  private readonly accounts: InputAccounts
  private readonly merges: Merges
  /** Reasons and counts of what could not be placed. */
  private readonly unplaced = new Map<string, number>()
  /** Records of the target that name a patient nobody knows, and those that have one, by type. */
  private readonly orphans = new Map<string, number>()
  private readonly placed = new Map<string, number>()
  private lost: readonly LostLinks[] = []
  private readonly input: OpenReconcileInput
  private readonly given: readonly PairSource[]
  private readonly plan: PairPlan
  private readonly match: KeyMatch
  private broken: readonly Explanation[] = []
  private assumptions: readonly Assumption[] = []
  private notFollowed: readonly NotEvaluated[] = []
  private left: LeftOpen | null = null

  /** @param given the files as they were named  @param match how the keys of patients met */
  constructor(input: OpenReconcileInput, given: readonly PairSource[], plan: PairPlan, match: KeyMatch) {
    const names = given.map(({ source, side }) => `${side}/${source.name}`)
    const aliased = new Set(match.alias.values())
    const { explained = [], seed = '1', maxRows = 100 } = input
    this.input = input
    this.given = given
    this.plan = plan
    this.match = match
    this.account = new ReconcileAccount(plan.tables, names, explained, aliased, seed, maxRows)
    this.coverage = new CellCoverage(input.mapping)
    this.accounts = new InputAccounts(input.inputs)
    this.merges = new Merges(explained, plan)
  }

  /** Takes what is read, and lays the entries aside. */
  sink(log: ItemLog, evidence: PairEvidence): SideSink {
    const { account, coverage, merges } = this
    return {
      keep: () => true,
      everyTable: true,
      header: (_at, table, header, nulls) => coverage.header(table, header, nulls),
      end: (at, status, records) => this.end(at, status, records),
      problem: (at, problem) => this.problem(at, problem),
      legacy: (read) => {
        coverage.row(read.row)
        this.row(read)
        for (const item of read.items) {
          merges.legacy(item)
          evidence.add(read.patient, item)
          log.legacy(groupKey(read.patient, item), item)
          this.key(sharedKeyOf('legacy', item), item)
        }
      },
      target: (patient, item) => {
        merges.target(item, item.table.isPatients ? patient : keyText(item))
        evidence.add(patient, item)
        log.target(groupKey(patient, item), item)
        account.tested.set(item.place.input, (account.tested.get(item.place.input) ?? 0) + 1)
        this.place(item.table.type, 1)
        this.key(sharedKeyOf('target', item), item)
      },
      listed: (patient, state) => log.listed(patient, state),
      setAside: ({ type }) => account.setAside(type),
      unplaced: (what, resource, at, orphan) => {
        if (resource === null) this.count(what)
        else {
          const { record, line, byte, length, type, id } = resource
          this.stranger({ type, id: id ?? '', orphan, place: { record, line, byte, length } }, at)
        }
      },
    }
  }

  /** Takes what a task noted of a stretch of an input. @param before records of the input that stand before those that the task counted */
  tell(at: number, journal: Uint8Array, totals: SideTotals, before: number): void {
    const { account, coverage, merges } = this
    const table = this.tableOf(at)
    if (totals.header !== null) {
      coverage.header(totals.header.table, totals.header.header, totals.header.nulls)
      coverage.addFilled(totals.header.filled)
    }
    replayJournal(journal, before, {
      problem: (problem) => this.problem(at, problem),
      left: ({ why, patient, place }) => {
        const without = why === 'filter' ? leftOut : why
        const row = { kind: 'row', ...place, cells: [] } as const
        this.row({ input: at, source: table, row, patient, items: [], without })
      },
      stranger: (stranger) => this.stranger(stranger, at),
      aside: (type) => void account.ledger.of(type),
      key: (key, place, id) => {
        const of = this.plan.tables[key.table]
        if (of) this.key(key, { table: of, place: { input: at, ...place, id } })
      },
    })
    const { rows, filtered, targets } = totals
    if (rows + filtered > 0) {
      const counts = account.ledger.of(table)
      counts.legacy += rows + filtered
      counts.filtered += filtered
    }
    this.place(tableNamed(this.plan, table)?.type ?? '', targets)
    if (rows + targets > 0) account.tested.set(at, (account.tested.get(at) ?? 0) + rows + targets)
    for (const [type, count] of totals.aside) account.ledger.of(type).target += count
    for (const [what, count] of totals.unplaced) this.count(what, count)
    merges.add(totals.merges)
  }

  /** A file was read to its end, or as far as it goes. */
  end(at: number, status: ReadStatus, records: number): void {
    this.accounts.end(at, status, records)
  }

  problem(at: number, problem: ReadProblem): void {
    this.accounts.problem(at, problem)
    const { code, evidence } = problem.sighting
    if (code !== 'data/control-total') return
    const [declared, read] = evidence.facts.map(({ value }) => String(value))
    const name = `${this.input.inputs[at]?.source.name}: records declared in the last line`
    this.account.totals.declared(name, declared ?? '', read ?? '')
  }

  /** To be called before `assume` where tasks were set aside. */
  leave(left: LeftOpen): void {
    this.left = left
    this.account.torn = left.torn
  }

  /** To be called once both sides were read. */
  assume(evidence: PairEvidence): void {
    this.lost = lostLinks(this.plan.tables, {
      unknown: (type) => this.orphans.get(type) ?? 0,
      placed: (type) => this.placed.get(type) ?? 0,
      rows: (source) => this.account.ledger.of(source).legacy - this.account.ledger.of(source).filtered,
    })
    this.account.lost = new Set(this.lost.map(({ table }) => table.index))
    const broken = this.merges.broken()
    const torn = new Set(this.plan.tables.filter(({ index }) => this.account.torn.has(index)).map(({ source }) => source))
    const isUnproven = (one: Explanation): boolean => torn.has(this.merges.tableOf(one))
    this.account.unproven = new Set(broken.filter(isUnproven))
    this.broken = broken.filter((one) => !isUnproven(one))
    this.account.drop(this.broken)
    const { assumed, assumptions, notEvaluated } = evidence.settle()
    this.account.assumed = assumed
    this.assumptions = assumptions
    this.notFollowed = notEvaluated
  }

  /** To be called once every patient was judged. @param wasRefused the temporary storage took no more */
  finish(wasRefused: boolean): ReconcileResult {
    const { account, input, given, plan, match, merges, broken, left } = this
    if (left !== null) account.ledger.leaveOpen()
    const limits = account.settleStrays()
    if (match.zerosLost !== null) reportZeros(account, input, plan, match.zerosLost)
    const inputs = this.accounts.list(given)
    const lost = this.lost.map(({ words }) => words)
    const notEvaluated: NotEvaluated[] = [
      // First: it is the one cause of most of what follows.
      ...lost,
      ...plan.notEvaluated,
      ...this.notFollowed,
      ...notReadWhole(inputs),
      ...notPaired(
        input.inputs.filter(({ refusal }) => !refusal?.unreadable),
        plan,
      ).filter(({ why }) => why !== 'the field map has no confirmed line for this table'),
      ...[...this.unplaced]
        .sort(([a], [b]) => compareText(a, b))
        .map(([what, n]) => ({ what, why: `${n} ${n === 1 ? 'was' : 'were'} not compared` })),
      ...account.keys.notEvaluated(),
      ...account.totals.notEvaluated(),
      ...merges.notEvaluated(broken),
      // Whether a line explains nothing is only known once every record was compared.
      ...(left === null ? account.unused(new Set(broken)) : left.notJudged),
      ...limits,
      ...account.limited.notEvaluated(),
      ...(wasRefused
        ? [{ what: 'Memory', why: 'the temporary storage took no more, so the rest was held in memory; the numbers are whole' }]
        : []),
    ]
    const whole = resultOf(input, plan, account, this.coverage, match.ambiguous.length, inputs, notEvaluated, this.assumptions)
    const notJudged = [...lost, ...(left?.notJudged ?? [])]
    if (notJudged.length === 0) return whole
    return { ...whole, ...(left?.lacksPatients ? { totals: [] } : {}), notJudged }
  }

  private row(read: LegacyRowRead): void {
    this.account.row(read, this.tableOf(read.input))
  }

  private tableOf(at: number): string {
    return this.input.inputs[at]?.table ?? ''
  }

  private key(key: SharedKey | null, item: Pick<LegacyItem | TargetItem, 'table' | 'place'>): void {
    if (key === null || !this.account.keys.add(key)) return
    // Of the target's patients the copies are told one by one.
    if (key.side === 'legacy' || !item.table.isPatients) this.account.reportRepeated(item)
  }

  private stranger({ type, id, orphan, place }: Stranger, at: number): void {
    if (orphan === 'unknown') this.orphans.set(type, (this.orphans.get(type) ?? 0) + 1)
    this.account.stranger(type || 'untyped', id, { input: at, ...place, id: `${type}/${id}` }, orphan)
  }

  private place(type: string, more: number): void {
    if (more > 0) this.placed.set(type, (this.placed.get(type) ?? 0) + more)
  }

  private count(what: string, more = 1): void {
    this.unplaced.set(what, (this.unplaced.get(what) ?? 0) + more)
  }
}

/** A filter that left a row out where a task read it. */
const leftOut: RowFilter = { columns: [], takes: () => false, values: new Map(), reason: '', by: '' }

function reportZeros(
  account: ReconcileAccount,
  input: OpenReconcileInput,
  plan: PairPlan,
  zeros: { readonly count: number; readonly of: number; readonly length: number },
): void {
  const patients = plan.tables.find(({ isPatients }) => isPatients)
  const at = input.inputs.findIndex(
    ({ side, table }) => side === 'target' && table.toLowerCase() === patients?.type.toLowerCase(),
  )
  const place = patients?.fields[patients.positions.key[0] ?? -1]?.path.plain ?? ''
  if (at < 0) return
  account.note('data/zeros-lost', at, place, [
    { name: 'keys that match once zeros are put back', value: zeros.count },
    { name: 'keys that do not match as written', value: zeros.of },
    { name: 'length in legacy', value: zeros.length, unit: 'characters' },
  ])
}

function unaccountedOf(account: ReconcileAccount, plan: PairPlan): number {
  return [...new Set(plan.tables.map(({ source }) => source))].reduce((sum, name) => sum + account.ledger.of(name).unaccounted, 0)
}

function resultOf(
  input: OpenReconcileInput,
  plan: PairPlan,
  account: ReconcileAccount,
  coverage: CellCoverage,
  ambiguousKeys: number,
  inputs: readonly InputStatus[],
  notEvaluated: readonly NotEvaluated[],
  assumptions: readonly Assumption[],
): ReconcileResult {
  const order = [...plan.tables.map(({ source }) => source), ...input.inputs.map(({ table }) => table)]
  const findings = account.findings()
  const tables = account.ledger.balances(order)
  const torn = new Map<number, unknown>([...account.torn, ...[...account.lost].map((index) => [index, null] as const)])
  const fields = account.fields.result()
  const unmapped = isUnconfirmed(input.mapping) ? [] : notMapped(input.mapping, plan, coverage.columns())
  return {
    inputs,
    tables,
    fields,
    totals: [...agreedTotals(account.totals.result(torn), fields, tables), ...account.keys.totals(torn)],
    patterns: account.patterns.result(),
    ambiguous: account.ambiguous + ambiguousKeys,
    queue: account.queue,
    isUnconfirmed: isUnconfirmed(input.mapping),
    coverage: coverage.result(),
    patients: account.patients,
    patientsOff: account.patientsOff,
    patientsUnbalanced: account.patientsUnbalanced,
    patientsBySafety: Object.fromEntries([...account.safety].sort(([a], [b]) => compareText(a, b))),
    unaccounted: tables.reduce((sum, one) => sum + one.unaccounted, 0),
    unexplained: tables.reduce((sum, one) => sum + one.unexplained, 0),
    open: account.open.result(),
    assumptions,
    findings: withNotCompared(
      // Without a confirmed line nothing was compared: none is lost, and none appeared.
      isUnconfirmed(input.mapping) ? [] : findings,
      isUnconfirmed(input.mapping) ? [] : plan.notCompared,
      notMappedFindings(unmapped),
    ),
    notCompared: [...plan.notCompared, ...unmappedElements(unmapped)],
    notEvaluated,
  }
}

function isUnconfirmed({ fields }: ReconcileInput['mapping']): boolean {
  return fields.some(({ status }) => status === 'suggested') && !fields.some(({ status }) => status === 'confirmed')
}
