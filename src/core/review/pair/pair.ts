/** Legacy records beside migrated ones, all of them, aligned through the crosswalk (review.md §7, §8): the machine reads first. */

import { CellCoverage } from '../../data/crosswalk/plan/coverage.ts'
import { withNotCompared } from '../../data/crosswalk/plan/not-compared.ts'
import { openSides } from '../../data/crosswalk/plan/open-sides.ts'
import { type PairPlan, planPairing } from '../../data/crosswalk/plan/plan.ts'
import { safetyOf } from '../../data/crosswalk/plan/safety.ts'
import { noZones } from '../../data/meaning/compare-times.ts'
import {
  type PlacedSighting,
  sightingOf,
  stateSighting,
  strayedSighting,
} from '../../data/reconcile/account/difference-sightings.ts'
import { notMapped, notMappedFindings } from '../../data/reconcile/account/not-mapped.ts'
import { Strays } from '../../data/reconcile/account/strays.ts'
import type { Assumed } from '../../data/reconcile/compare/assumed.ts'
import { LimitedEntries } from '../../data/reconcile/compare/candidates.ts'
import { PairEvidence } from '../../data/reconcile/compare/evidence.ts'
import { withJoinedRows } from '../../data/reconcile/compare/joined-rows.ts'
import { judge } from '../../data/reconcile/compare/judge.ts'
import type { JudgedItem, JudgedPatient } from '../../data/reconcile/compare/judged-patient.ts'
import { evidencePatients } from '../../data/reconcile/entries/first-patients.ts'
import { isPatient } from '../../data/reconcile/entries/group-key.ts'
import type { Group } from '../../data/reconcile/entries/items.ts'
import { readKnownPatients } from '../../data/reconcile/entries/known-patients.ts'
import { notPaired, withoutStrangers } from '../../data/reconcile/entries/read-sides.ts'
import { WholeRecords } from '../../data/reconcile/entries/whole-records.ts'
import { type ReadShare, readShare, shareOf } from '../../data/reconcile/share.ts'
import { compareText, type Finding, type NotEvaluated, type SafetyClass } from '../../finding.ts'
import { stopIfAborted, type Update } from '../../operation.ts'
import { Tally } from '../../tally.ts'
import type { FrameUnit, PairClass, PairCounts, PairInput, PairPartial, PairResult, RecordPair } from '../model/pair-types.ts'
import type { TrapSeed } from '../model/trap.ts'
import { daysAfter, frameUnit } from './pair-frame.ts'
import { recordPair } from './pair-record.ts'
import { seededPair } from './traps.ts'

/** Values extracted from a file take about this many times its bytes in memory (measured on 6,000 patients: 46 MB hold 192 MB). */
const heldPerByte = 4.2
const defaultBudget = 512 << 20

/** Reads both sides, pairs every patient, and says what is the same, changed, lost, appeared or came back. */
export async function* pairAll(input: PairInput, signal: AbortSignal): AsyncGenerator<Update<PairPartial, PairResult>> {
  const plan = planPairing(input.mapping, input.inputs)
  const total = bytesOf(input)
  const passes = Math.max(1, Math.ceil((total * heldPerByte) / (input.budget ?? defaultBudget)))
  const account = new Account(input)
  const patients = readKnownPatients(await openSides(input.inputs, signal), plan, signal)
  let step = await patients.next()
  for (; step.done !== true; step = await patients.next())
    yield { kind: 'progress', done: 0, total: total * passes, unit: 'bytes', label: step.value }
  const { keys } = step.value
  const unplaced = new Map<string, number>()
  let assumed: Assumed = noZones
  let notFollowed: readonly NotEvaluated[] = []
  const coverage = new CellCoverage(input.mapping)
  for (let pass = 0; pass < passes; pass++) {
    const share: ReadShare = {
      groups: new Map(),
      tested: account.tested,
      unplaced: pass === 0 ? unplaced : new Map(),
      ...(pass === 0 ? { coverage } : {}),
    }
    const bytes = new ByteCount(pass * total, total * passes)
    for await (const reading of readShare(input.inputs, plan, keys, shareOf(passes, pass), share, signal))
      yield { kind: 'progress', done: bytes.at(reading), total: total * passes, unit: 'bytes', label: reading.label }
    // The same assumption as reconciliation makes: else a reader would be shown differences that it does not have.
    if (pass === 0) ({ assumed, notEvaluated: notFollowed } = settledOf(share.groups.values(), plan))
    let judged = 0
    for (const key of [...share.groups.keys()].sort(compareText)) {
      const read = share.groups.get(key)
      if (!read) continue
      share.groups.delete(key)
      const group = withJoinedRows(read)
      account.add(judge(group, plan.tables, assumed), group.legacy)
      if (++judged % 2000 === 0) {
        stopIfAborted(signal)
        yield { kind: 'partial', value: account.partial() }
      }
    }
    yield { kind: 'partial', value: account.partial() }
  }
  const notEvaluated = [
    ...plan.notEvaluated,
    ...notFollowed,
    ...notPaired(await openSides(input.inputs, signal), plan),
    ...unplacedReasons(unplaced),
  ]
  const result = account.result(notEvaluated, passes, assumed)
  const unmapped = notMappedFindings(notMapped(input.mapping, plan, coverage.columns()))
  yield { kind: 'result', value: { ...result, findings: withNotCompared(result.findings, plan.notCompared, unmapped) } }
}

/** Which records are shown: patients by key, and copies of patients with a seeded defect. */
export interface WantedRecords {
  readonly keys: readonly string[]
  readonly traps?: readonly TrapSeed[]
}

/**
 * The full pairs of some patients, in the order of `keys`, then of the traps: what the review screen shows. A key unknown to both sides is
 * missing on both; a trap whose patient offers nothing to alter is left out. Charts do not depend on what `judging` says of an entry.
 */
export async function* pairRecords(
  input: PairInput & WantedRecords,
  signal: AbortSignal,
  judging: typeof judge = judge,
): AsyncGenerator<Update<never, readonly RecordPair[]>> {
  const plan = planPairing(input.mapping, input.inputs)
  const total = bytesOf(input)
  const patients = readKnownPatients(await openSides(input.inputs, signal), plan, signal)
  let step = await patients.next()
  for (; step.done !== true; step = await patients.next())
    yield { kind: 'progress', done: 0, total, unit: 'bytes', label: step.value }
  const { keys } = step.value
  const seeds = input.traps ?? []
  const wanted = new Set([...input.keys, ...seeds.map(({ key }) => key), ...evidencePatients(keys.values())])
  const ids = new Set([...keys].flatMap(([id, key]) => (wanted.has(key) ? [id] : [])))
  const whole = new WholeRecords(new Set([...input.keys, ...seeds.map(({ key }) => key)]), keys, plan)
  const share: ReadShare = { groups: new Map(), tested: new Map(), unplaced: new Map(), whole }
  const bytes = new ByteCount(0, total)
  for await (const reading of readShare(input.inputs, plan, keys, (key) => wanted.has(key), share, signal, withoutStrangers(ids)))
    yield { kind: 'progress', done: bytes.at(reading), total, unit: 'bytes', label: reading.label }
  const groupOf = (key: string): Group => {
    const read = share.groups.get(key)
    return read ? withJoinedRows(read) : { key, legacy: [], target: [], listed: [] }
  }
  const { assumed } = settledOf(share.groups.values(), plan)
  const pairs = input.keys.map((key) => recordPair(judging(groupOf(key), plan.tables, assumed), whole))
  const traps = seeds.flatMap((seed): RecordPair[] => {
    const seeded = seededPair(groupOf(seed.key), plan.tables, seed, whole, assumed)
    return seeded ? [{ ...seeded.pair, trap: seeded.trap }] : []
  })
  yield { kind: 'result', value: [...pairs, ...traps] }
}

/** What is taken for granted, concluded from the patients that are held. */
function settledOf(groups: Iterable<Group>, { tables }: PairPlan): ReturnType<PairEvidence['settle']> {
  const evidence = new PairEvidence(tables)
  for (const { key, legacy, target } of groups)
    if (isPatient(key)) for (const item of [...legacy, ...target]) evidence.add(key, item)
  return evidence.settle()
}

function bytesOf({ inputs }: PairInput): number {
  return inputs.reduce((sum, one) => sum + one.source.size, 0)
}

/** Bytes of one file after another as bytes of all files. */
class ByteCount {
  private done: number
  private readonly total: number
  private label = ''
  private last = 0

  constructor(done: number, total: number) {
    this.done = done
    this.total = total
  }

  at(reading: { readonly done: number; readonly label: string }): number {
    if (reading.label !== this.label) this.last = 0
    this.label = reading.label
    this.done = Math.min(this.total, this.done + Math.max(0, reading.done - this.last))
    this.last = reading.done
    return this.done
  }
}

type Counters = { -readonly [Name in keyof PairCounts]: number }

const noCounts = (): Counters => ({ same: 0, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0, resurrected: 0 })

/** Adds up judged patients; memory follows differences (bounded) and one small unit per patient. */
class Account {
  readonly tested = new Map<number, number>()
  private readonly tally: Tally
  private readonly names: readonly string[]
  private readonly strays = new Strays()
  private readonly limited = new LimitedEntries()
  /** By legacy table. */
  private readonly items = new Map<string, Counters>()
  private readonly bySafety = new Map<SafetyClass, number>()
  private readonly fields = noCounts()
  private readonly states = new Map<string, number>()
  private readonly frame = new Map<string, FrameUnit>()
  private readonly targetOnly: string[] = []
  private readonly asOf: string
  private readonly until: string

  constructor(input: PairInput) {
    this.tally = new Tally(undefined, input.seed ?? '1')
    this.names = input.inputs.map(({ source, side }) => `${side}/${source.name}`)
    this.asOf = input.asOf
    this.until = daysAfter(input.asOf, 30)
  }

  add(patient: JudgedPatient, legacy: Parameters<typeof frameUnit>[1]): void {
    const { own } = patient
    this.limited.add(patient.limited)
    if (own.legacy) {
      this.frame.set(patient.key, frameUnit(patient, legacy, this.asOf, this.until))
      const change = `${patient.states.legacy} → ${own.target ? patient.states.target : 'patient lost'}`
      this.states.set(change, (this.states.get(change) ?? 0) + 1)
    } else if (own.target) this.targetOnly.push(patient.key)
    const state = stateSighting(patient)
    if (state) this.report(state, patient.key)
    // Where the whole record is missing on one side, that one difference says it all; the entries are counted, not listed.
    const whole = (own.legacy === null) !== (own.target === null)
    for (const item of patient.items) {
      countItem(this.itemsOf(item), item.cls)
      this.countSafety(item, 1)
      for (const { cls } of item.outcomes) if (cls !== 'absent') countItem(this.fields, cls)
      this.strays.keepQuiet(item, patient.key)
      if (!whole || item.table.isPatients) this.differences(item, patient.key)
      else
        for (const difference of item.differences)
          this.strays.keep({ item, difference, patient: patient.key, quiet: 'whole-record' })
    }
  }

  private countSafety({ table }: JudgedItem, by: number): void {
    const cls = safetyOf(table)
    this.bySafety.set(cls, (this.bySafety.get(cls) ?? 0) + by)
  }

  private itemsOf({ table: { source } }: JudgedItem): Counters {
    const known = this.items.get(source)
    if (known) return known
    const counters = noCounts()
    this.items.set(source, counters)
    return counters
  }

  private differences(item: JudgedItem, patient: string): void {
    for (const difference of item.differences) {
      const oneSided = (item.legacy === null || item.target === null) && !item.table.isPatients
      if (oneSided && this.strays.keep({ item, difference, patient, quiet: null })) continue
      const sighting = sightingOf(item, difference, patient)
      if (sighting) this.report(sighting, patient)
    }
  }

  private report({ sighting, place, severity, input }: PlacedSighting, patient: string): void {
    this.tally.add(sighting, { place, input, inputName: this.names[input] ?? null }, severity)
    const unit = severity === 'critical' ? this.frame.get(patient) : undefined
    if (unit) unit.critical = true
  }

  partial(): PairPartial {
    return { patients: this.frame.size, items: sum([...this.items.values()]) }
  }

  result(notEvaluated: readonly NotEvaluated[], passes: number, assumed: Assumed): PairResult {
    const { moved, loose } = this.strays.resolve(assumed)
    for (const { lost, found } of moved) {
      const counters = this.itemsOf(lost.item)
      countItem(counters, lost.item.cls, -1)
      countItem(counters, found.item.cls, -1)
      counters.changed++
      // Lost here and found there are one entry.
      this.countSafety(found.item, -1)
      if (!lost.item.legacy || !found.item.target) continue
      this.report(strayedSighting(lost.item.legacy, found.item.target, lost.patient, found.patient), lost.patient)
      const holder = this.frame.get(found.patient)
      if (holder) holder.critical = true
    }
    for (const { item, difference, patient } of loose) {
      const sighting = sightingOf(item, difference, patient)
      if (sighting) this.report(sighting, patient)
    }
    const limits =
      this.strays.overflow === 0
        ? []
        : [
            {
              what: 'data/wrong-patient',
              why: `more than 200,000 entries were lost or appeared; the last ${this.strays.overflow} were not looked for under other patients`,
            },
          ]
    return {
      patients: this.frame.size,
      items: sum([...this.items.values()]),
      itemsByTable: Object.fromEntries([...this.items].sort(([a], [b]) => compareText(a, b))),
      itemsBySafety: Object.fromEntries([...this.bySafety].sort(([a], [b]) => compareText(a, b))),
      fields: this.fields,
      allergyStates: Object.fromEntries([...this.states].sort(([a], [b]) => compareText(a, b))),
      findings: this.tally.findings().map((finding) => this.withDenominator(finding)),
      frame: [...this.frame.values()].sort((a, b) => compareText(a.key, b.key)),
      targetOnly: this.targetOnly.sort(compareText),
      notEvaluated: [...notEvaluated, ...limits, ...this.limited.notEvaluated()],
      passes,
    }
  }

  /** Of how many: every record of the input that was paired. */
  private withDenominator(finding: Finding): Finding {
    const of = finding.code === 'data/allergy-state-changed' ? this.frame.size : this.tested.get(finding.input ?? -1)
    return { ...finding, denominator: of ?? null }
  }
}

function countItem(into: Counters, cls: PairClass, by = 1): void {
  if (cls === 'same-after-rule') into.sameAfterRule += by
  else into[cls] += by
  if (cls === 'resurrected') into.appeared += by
}

function sum(all: readonly PairCounts[]): PairCounts {
  const total = noCounts()
  for (const one of all) for (const name of countNames) total[name] += one[name]
  return total
}

const countNames = ['same', 'sameAfterRule', 'changed', 'lost', 'appeared', 'resurrected'] as const

function unplacedReasons(unplaced: ReadonlyMap<string, number>): NotEvaluated[] {
  return [...unplaced].sort(([a], [b]) => compareText(a, b)).map(([what, n]) => ({ what, why: `${n} were not compared` }))
}
