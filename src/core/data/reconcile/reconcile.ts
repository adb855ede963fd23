/** Legacy against target, every record and filled cell: read once, laid aside by patient, judged and added up (data.md §11, §12). */
import { compareText, type NotEvaluated } from '../../finding.ts'
import { stopIfAborted, type Update } from '../../operation.ts'
import { CellCoverage } from '../crosswalk/plan/coverage.ts'
import { withNotCompared } from '../crosswalk/plan/not-compared.ts'
import { InputAccounts, type InputStatus, notReadWhole, type OpenSide, openSides } from '../crosswalk/plan/open-sides.ts'
import { type PairPlan, planPairing } from '../crosswalk/plan/plan.ts'
import type { PairSource } from '../crosswalk/plan/sides.ts'
import type { Spill, SpillStore } from '../model/spill.ts'
import { ReconcileAccount } from './account/account.ts'
import { agreedTotals } from './account/agreed-totals.ts'
import { KeyAccount } from './account/key-account.ts'
import { Merges } from './account/merges.ts'
import { notMapped, notMappedFindings, unmappedElements } from './account/not-mapped.ts'
import type { ReconcileInput, ReconcilePartial, ReconcileResult } from './account/result.ts'
import type { Assumption } from './compare/assumed-zones.ts'
import { PairEvidence } from './compare/evidence.ts'
import type { QuietPatients } from './compare/quiet.ts'
import { groupKey } from './entries/group-key.ts'
import { ItemLog } from './entries/item-log.ts'
import { keyText, type LegacyItem, type TargetItem } from './entries/items.ts'
import { readKnownPatients } from './entries/known-patients.ts'
import { notPaired, readSides, type SideSink } from './entries/read-sides.ts'

/** Entries of a file take about this many times its bytes in memory (measured on 6,000 patients: 46 MB hold 192 MB). */
const heldPerByte = 4.2
const defaultBudget = 96 << 20
/**
 * Reads both sides once (patients of the target twice) and accounts for every record.
 * Memory follows `budget`, the keys of all patients of both sides and 128 MiB for distinct keys; more entries than that go to `store`,
 * encoded and gone after the run, or stay in memory encoded where there is none or it is full.
 * `known`: patients that shards judged and found quiet are counted and not judged again.
 */
export async function* reconcile(
  input: ReconcileInput,
  signal: AbortSignal,
  store: SpillStore | null = null,
  known: QuietPatients | null = null,
): AsyncGenerator<Update<ReconcilePartial, ReconcileResult>> {
  const plan = planPairing(input.mapping, input.inputs)
  const opened = await openSides(input.inputs, signal)
  const total = opened.reduce((sum, { source }) => sum + source.size, 0)
  const parts = Math.max(1, Math.ceil((total * heldPerByte) / (input.budget ?? defaultBudget)))
  const spill = parts > 1 && store ? await store.open() : null
  try {
    yield* run({ ...input, inputs: opened }, input.inputs, plan, total, parts, spill, known, signal)
  } finally {
    await spill?.close()
  }
}

/** The files as they are inside. */
type OpenInput = Omit<ReconcileInput, 'inputs'> & { readonly inputs: readonly OpenSide[] }

async function* run(
  input: OpenInput,
  given: readonly PairSource[],
  plan: PairPlan,
  total: number,
  parts: number,
  spill: Spill | null,
  known: QuietPatients | null,
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
  const { keys: targetKeys, match } = step.value
  const merges = new Merges(input.explained ?? [], plan)
  const names = given.map(({ source, side }) => `${side}/${source.name}`)
  const aliased = new Set(match.alias.values())
  const account = new ReconcileAccount(
    plan.tables,
    names,
    input.explained ?? [],
    aliased,
    input.seed ?? '1',
    input.maxRows ?? 100,
  )
  const coverage = new CellCoverage(input.mapping)
  const log = new ItemLog(plan.tables, parts, spill)
  const keys = new KeyAccount(plan.tables)
  const unplaced = new Map<string, number>()
  const accounts = new InputAccounts(input.inputs)
  const evidence = new PairEvidence(plan.tables)
  const sink = sinkOf(input, account, coverage, log, keys, unplaced, accounts, merges, evidence)
  let base = 0
  let last = ''
  let held = 0
  for await (const { done, label } of readSides(input.inputs, plan, targetKeys, sink, signal)) {
    if (label !== last) {
      base += held
      last = label
    }
    held = done
    yield progress(base + done, label)
  }
  const broken = merges.broken()
  account.drop(broken)
  const { assumed, assumptions, notEvaluated: notFollowed } = evidence.settle()
  account.assumed = assumed
  let judged = 0
  for (let part = 0; part < log.size; part++) {
    const groups = log.read(part)
    for (const key of log.inOrder(groups)) {
      const group = groups.get(key)
      if (!group) continue
      groups.delete(key)
      if (known?.isQuiet(key) === true) account.received(group)
      else account.patient(group)
      if (++judged % 2000 !== 0) continue
      stopIfAborted(signal)
      yield { kind: 'partial', value: { records: judged, unaccounted: unaccountedOf(account, plan) } }
    }
  }
  for (const sums of known?.sums ?? []) account.addQuiet(sums)
  const limits = account.settleStrays()
  if (match.zerosLost !== null) reportZeros(account, input, plan, match.zerosLost)
  const inputs = accounts.list(given)
  const notEvaluated: NotEvaluated[] = [
    ...plan.notEvaluated,
    ...notFollowed,
    ...notReadWhole(inputs),
    ...notPaired(
      input.inputs.filter(({ refusal }) => !refusal?.unreadable),
      plan,
    ).filter(({ why }) => why !== 'the field map has no confirmed line for this table'),
    ...[...unplaced]
      .sort(([a], [b]) => compareText(a, b))
      .map(([what, n]) => ({ what, why: `${n} ${n === 1 ? 'was' : 'were'} not compared` })),
    ...keys.notEvaluated(),
    ...account.totals.notEvaluated(),
    ...merges.notEvaluated(broken),
    ...account.unused(new Set(broken)),
    ...limits,
    ...account.limited.notEvaluated(),
    ...(log.refused
      ? [{ what: 'Memory', why: 'the temporary storage took no more, so the rest was held in memory; the numbers are whole' }]
      : []),
  ]
  yield {
    kind: 'result',
    value: resultOf(input, plan, account, coverage, keys, match.ambiguous.length, inputs, notEvaluated, assumptions),
  }
}

function sinkOf(
  input: ReconcileInput,
  account: ReconcileAccount,
  coverage: CellCoverage,
  log: ItemLog,
  keys: KeyAccount,
  unplaced: Map<string, number>,
  accounts: InputAccounts,
  merges: Merges,
  evidence: PairEvidence,
): SideSink {
  const count = (what: string): Map<string, number> => unplaced.set(what, (unplaced.get(what) ?? 0) + 1)
  return {
    keep: () => true,
    everyTable: true,
    header: (_at, table, header, nulls) => coverage.header(table, header, nulls),
    end: (at, status, records) => accounts.end(at, status, records),
    problem(at, problem) {
      accounts.problem(at, problem)
      const { code, evidence } = problem.sighting
      if (code !== 'data/control-total') return
      const [declared, read] = evidence.facts.map(({ value }) => String(value))
      account.totals.declared(`${input.inputs[at]?.source.name}: records declared in the last line`, declared ?? '', read ?? '')
    },
    legacy(read) {
      coverage.row(read.row)
      account.row(read, input.inputs[read.input]?.table ?? read.source)
      for (const item of read.items) {
        merges.legacy(item)
        evidence.add(read.patient, item)
        log.legacy(groupKey(read.patient, item), item)
        if (keys.add('legacy', item, read.patient)) reportRepeated(account, item)
      }
    },
    target(patient, item) {
      merges.target(item, item.table.isPatients ? patient : keyText(item))
      evidence.add(patient, item)
      log.target(groupKey(patient, item), item)
      account.tested.set(item.place.input, (account.tested.get(item.place.input) ?? 0) + 1)
      if (keys.add('target', item, patient) && !item.table.isPatients) reportRepeated(account, item)
    },
    listed: (patient, state) => log.listed(patient, state),
    setAside: ({ type }) => account.setAside(type),
    unplaced(what, resource, at, orphan) {
      if (resource === null) count(what)
      else {
        const { record, line, byte, length, type, id } = resource
        account.stranger(
          type || 'untyped',
          id ?? '',
          { input: at, record, line, byte, length, id: `${type}/${id ?? ''}` },
          orphan,
        )
      }
    },
  }
}

function reportRepeated(account: ReconcileAccount, item: LegacyItem | TargetItem): void {
  account.report('data/key-repeated', item.place, item.table.fields[item.table.positions.key[0] ?? -1]?.label ?? '', [])
}

function reportZeros(
  account: ReconcileAccount,
  input: ReconcileInput,
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
  input: ReconcileInput,
  plan: PairPlan,
  account: ReconcileAccount,
  coverage: CellCoverage,
  keys: KeyAccount,
  ambiguousKeys: number,
  inputs: readonly InputStatus[],
  notEvaluated: readonly NotEvaluated[],
  assumptions: readonly Assumption[],
): ReconcileResult {
  const order = [...plan.tables.map(({ source }) => source), ...input.inputs.map(({ table }) => table)]
  const tables = account.ledger.balances(order)
  const fields = account.fields.result()
  const unmapped = isUnconfirmed(input.mapping) ? [] : notMapped(input.mapping, plan, coverage.columns())
  return {
    inputs,
    tables,
    fields,
    totals: [...agreedTotals(account.totals.result(), fields, tables), ...keys.totals()],
    patterns: account.patterns.result(),
    ambiguous: account.ambiguous + ambiguousKeys,
    queue: account.queue,
    isUnconfirmed: isUnconfirmed(input.mapping),
    coverage: coverage.result(),
    patients: account.patients,
    patientsOff: account.patientsOff,
    patientsBySafety: Object.fromEntries([...account.safety].sort(([a], [b]) => compareText(a, b))),
    unaccounted: tables.reduce((sum, one) => sum + one.unaccounted, 0),
    unexplained: tables.reduce((sum, one) => sum + one.unexplained, 0),
    assumptions,
    findings: withNotCompared(
      account.findings(),
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
