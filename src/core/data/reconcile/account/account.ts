/** All that reconciliation adds up while patients are judged one by one: ledger, fields, totals, patterns, queue, findings. Memory follows tables and differences, never records. */
import type { Fact, NotEvaluated, SafetyClass, Severity, Sighting } from '../../../finding.ts'
import { Tally } from '../../../tally.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import { safetyOf } from '../../crosswalk/plan/safety.ts'
import type { ItemPlace } from '../../crosswalk/plan/sides.ts'
import { noZones } from '../../meaning/compare-times.ts'
import type { Assumed } from '../compare/assumed.ts'
import { LimitedEntries } from '../compare/candidates.ts'
import { type PairCode, severityOf } from '../compare/difference-codes.ts'
import { withJoinedRows } from '../compare/joined-rows.ts'
import { judge } from '../compare/judge.ts'
import type { ItemDifference, JudgedItem, JudgedPatient } from '../compare/judged-patient.ts'
import { isQuietItem, type QuietSums } from '../compare/quiet.ts'
import { isPatient } from '../entries/group-key.ts'
import { type Group, keyText, type LegacyItem, statementOf, type TargetItem } from '../entries/items.ts'
import type { LegacyRowRead, Orphan } from '../entries/read-sides.ts'
import { ControlTotals } from './control-totals.ts'
import { type PlacedSighting, placeFacts, sightingOf, stateSighting, strayedSighting } from './difference-sightings.ts'
import { ExchangedEntries, type PairedEntry } from './exchanged.ts'
import { Explained } from './explanations.ts'
import { FieldAccount, fieldName } from './field-account.ts'
import { KeyAccount } from './key-account.ts'
import { Ledger, type State, stateOf } from './ledger.ts'
import { OpenRecords, type OpenWhy, openWhys } from './open-records.ts'
import { Patterns } from './patterns.ts'
import type { Ambiguous, Explanation, MatchMethod } from './result.ts'
import { Strays } from './strays.ts'

const queueMost = 1000

type Side = 'legacy' | 'target'

/** By number of the table the sides of which not all was read. */
export type TornTables = ReadonlyMap<number, ReadonlySet<Side>>

const none: ReadonlySet<Side> = new Set()

export class ReconcileAccount {
  readonly ledger = new Ledger()
  readonly fields: FieldAccount
  readonly totals: ControlTotals
  readonly keys: KeyAccount
  readonly patterns = new Patterns()
  readonly queue: Ambiguous[] = []
  readonly safety = new Map<SafetyClass, number>()
  readonly tested = new Map<number, number>()
  readonly limited = new LimitedEntries()
  readonly open = new OpenRecords()
  /** To be set before the first patient. */
  assumed: Assumed = noZones
  /** Tables, by their number, of which tasks did not read all, with the sides of which something is missing. To be set before the first patient. */
  torn: TornTables = new Map()
  /** Tables whose links find no patient: their records are neither matched nor lost. Known once both sides were read. */
  lost: ReadonlySet<number> = new Set()
  /** Explanations that nobody can hold against their records, since those may not have been read. */
  unproven: ReadonlySet<Explanation> = new Set()
  ambiguous = 0
  patients = 0
  patientsOff = 0
  /** Of them those with a record that does not balance; the others have one that moved, or differs where it matters. */
  patientsUnbalanced = 0
  private readonly tally: Tally
  private readonly explained: Explained
  private readonly strays = new Strays()
  private readonly exchanged = new ExchangedEntries()
  /** Records of the target whose patient is unknown and that nobody explains, by type. */
  private readonly orphans = new Map<string, number>()
  /** Patients who are off only if an entry of theirs was exchanged. */
  private readonly perhapsOff = new Set<string>()
  private readonly names: readonly string[]
  private readonly tables: readonly BoundTable[]
  /** Keys that only met after normalising. */
  private readonly aliases: ReadonlySet<string>

  /** @param isPart what is counted is added to that of others later */
  constructor(
    tables: readonly BoundTable[],
    names: readonly string[],
    explained: readonly Explanation[],
    aliases: ReadonlySet<string>,
    seed: string,
    maxRows: number,
    isPart = false,
  ) {
    this.tables = tables
    this.names = names
    this.fields = new FieldAccount(tables)
    this.totals = new ControlTotals(tables, isPart)
    this.keys = new KeyAccount(tables)
    this.tally = new Tally({ first: maxRows, sampled: Math.min(100, maxRows) }, seed)
    this.explained = new Explained(explained)
    this.aliases = aliases
  }

  /** A legacy row as it is read. */
  row(read: LegacyRowRead, table: string): void {
    const explained = read.items.length > 0 ? null : this.explained.of('legacy', table, '', read.row.record, read.patient)
    if (read.items.length > 0) this.tested.set(read.input, (this.tested.get(read.input) ?? 0) + 1)
    // A row that makes no record has nothing that could be merged.
    if (!this.ledger.row(read, table, explained?.state === 'merged' ? null : explained)) return
    const { record, line, byte, length } = read.row
    const why = typeof read.without === 'string' ? read.without : 'no-line'
    this.open.add(table, { input: read.input, record, line }, '', why)
    const place = { input: read.input, record, line, byte, length, id: null }
    this.report('data/record-unaccounted', place, table, [{ name: 'why', value: openWhys[why] }, ...placeFacts('legacy', place)])
  }

  /** Takes back that the records of tables whose links find no patient come from nowhere: nobody knows. */
  private leaveOrphans(): ReadonlySet<string> {
    const types = new Set(this.tables.flatMap(({ index, type }) => (this.lost.has(index) ? [type] : [])))
    for (const type of types) {
      const table = this.tables.find((one) => one.type === type)
      if (table) this.ledger.of(table.source).unexplained -= this.orphans.get(type) ?? 0
    }
    return types
  }

  /** A target record that legacy does not account for, by a line of the field map. */
  setAside(type: string): void {
    this.ledger.of(type).target++
  }

  /** A target record that no patient of the export, or no line of the field map, claims. */
  stranger(type: string, key: string, place: ItemPlace, orphan: Orphan | null): void {
    const table = this.tables.find((one) => one.type === type)?.source ?? type
    this.ledger.of(table).target++
    if (this.explained.of('target', type, key, place.record, '')) return
    this.ledger.of(table).unexplained++
    if (orphan === 'unknown') this.orphans.set(type, (this.orphans.get(type) ?? 0) + 1)
    const facts = placeFacts('target', place)
    if (orphan !== null) this.report('data/orphan-target', place, type, facts)
    else
      this.report('data/item-appeared', place, type, [
        { name: 'why', value: 'no line of the field map makes such records' },
        ...facts,
      ])
  }

  /** Judges one patient and adds him up. */
  patient(read: Group): void {
    for (const item of this.keys.addGroup(read)) this.reportRepeated(item)
    const group = withJoinedRows(read)
    this.totals.add(group)
    for (const { table } of group.target) this.ledger.of(table.source).target++
    this.settle(group, judge(group, this.tables, this.assumed))
  }

  /** Settles the entries of a judged patient of which there is nothing to tell; gives those that are left, null where that is all. */
  settleQuiet({ legacy, key }: Group, judged: JudgedPatient): readonly JudgedItem[] | null {
    const parts = partsOf(legacy)
    const patient = isPatient(key) ? key : ''
    const isSettled = (item: JudgedItem): boolean =>
      isQuietItem(item) &&
      !this.isUnsure(item) &&
      item.legacy !== null &&
      rowsOf(item.legacy).every((row) => parts.get(row) === 1)
    const rest = judged.items.filter((item) => !isSettled(item))
    for (const item of judged.items) if (isSettled(item)) this.item(item, patient, parts, false)
    if (rest.length > 0 || judged.stateChanged || judged.limited.size > 0) return rest
    if (judged.own.legacy) this.patients++
    return null
  }

  /** What was settled so far, where there was nothing to tell of it. */
  get quiet(): QuietSums {
    return { patients: this.patients, fields: this.fields.sums(), ledger: this.ledger.sums() }
  }

  addQuiet({ patients, fields, ledger }: QuietSums): void {
    this.patients += patients
    this.fields.addSums(fields)
    this.ledger.addSums(ledger)
  }

  /** An entry whose key another one had before. */
  reportRepeated({ table, place }: Pick<LegacyItem | TargetItem, 'table' | 'place'>): void {
    this.report('data/key-repeated', place, table.fields[table.positions.key[0] ?? -1]?.label ?? '', [])
  }

  /** Gives every entry of a judged patient its state. */
  settle(group: Pick<Group, 'key' | 'legacy'>, judged: JudgedPatient): void {
    this.limited.add(judged.limited)
    const parts = partsOf(group.legacy)
    const lacks = judged.own.legacy === null ? 'legacy' : judged.own.target === null ? 'target' : null
    // The other record of the patient may not have been read.
    const isOpen = lacks !== null && this.isTorn((table, sides) => table.isPatients && sides.has(lacks))
    const own = isOpen ? { legacy: null, target: null } : judged.own
    if (judged.own.legacy || isOpen) this.patients++
    let critical = false
    const waiting = this.exchanged.size
    const touched = new Set<SafetyClass>()
    const state = this.isTorn(({ domain }, sides) => domain === 'allergies' && sides.size > 0)
      ? null
      : stateSighting({ ...judged, own })
    if (state) {
      this.place(state)
      critical = true
      touched.add('allergy')
    }
    // Where the whole record is missing on one side, that one difference says it all; the entries are counted, not listed.
    const whole = (own.legacy === null) !== (own.target === null)
    for (const item of judged.items) {
      const worst = this.item(item, isPatient(group.key) ? group.key : '', parts, whole)
      if (worst === null) continue
      if (worst === 'critical') critical = true
      touched.add(safetyOf(item.table))
    }
    const off = this.ledger.endPatient(isPatient(group.key))
    if (!isPatient(group.key)) return
    for (const name of touched) this.safety.set(name, (this.safety.get(name) ?? 0) + 1)
    if (off.length > 0) this.patientsUnbalanced++
    if (off.length > 0 || critical) this.patientsOff++
    else if (this.exchanged.size > waiting) this.perhapsOff.add(group.key)
  }

  /** Gives the item its state; the worst severity of what is reported, null where all is well. */
  private item(item: JudgedItem, patient: string, parts: ReadonlyMap<string, number>, whole: boolean): Severity | null {
    const { legacy, target, table } = item
    if (this.isUnsure(item)) {
      // By its key it may still be what another patient lost or got.
      const isOneSided = (legacy === null || target === null) && table.key !== null && !table.isPatients
      if (isOneSided && this.explanationOf(legacy, target, table, patient) === null)
        for (const difference of item.differences) this.strays.keep({ item, difference, patient, quiet: 'nothing-lost' })
      if (legacy)
        this.settleRows(
          legacy,
          parts,
          placesOf(legacy).map((): State => 'notCompared'),
        )
      return null
    }
    const explanation = this.explanationOf(legacy, target, table, patient)
    this.fields.add(item, explanation !== null)
    if (legacy && target) return this.arrived(item, legacy, target, patient, parts)
    if (explanation === null) this.strays.keepQuiet(item, patient)
    if (legacy) {
      const kept = item.cls === 'same-after-rule'
      const without = kept ? (statementOf(legacy) === null ? 'filtered' : 'byRule') : 'unaccounted'
      // Rows that were joined share a fate, and each has its own explanation.
      const states = placesOf(legacy).map(({ record }, i): State => {
        const said = i === 0 ? explanation : this.explained.of('legacy', table.source, keyText(legacy), record, patient)
        if (said && this.unproven.has(said)) return 'notCompared'
        return said ? stateOf(said) : without
      })
      this.settleRows(legacy, parts, states, whole && !table.isPatients ? 'patient-lost' : 'none-fits')
      if (!states.includes('unaccounted')) return null
    } else {
      if (explanation !== null || item.cls === 'same-after-rule') return null
      this.ledger.unexplained(table.source)
    }
    if (!whole || table.isPatients) return this.differences(item, patient)
    for (const difference of item.differences) this.strays.keep({ item, difference, patient, quiet: 'whole-record' })
    return 'error'
  }

  /** Of a table that was not read whole, an entry whose partner may be missing is neither matched nor lost. */
  private isUnsure({ table, legacy, target, match, differences }: JudgedItem): boolean {
    if (this.lost.size > 0 && this.isOfLost({ table, legacy, target, differences })) return true
    if (this.torn.size === 0) return false
    // What it is linked to may have met what belongs to a missing one.
    if (differences.some(({ field }) => this.isTorn(({ source }, its) => its.size > 0 && field?.links === source))) return true
    const sides = this.torn.get(table.index)
    if (sides === undefined) return false
    // Without a key, or of several rows, an entry may have met what belongs to a missing one.
    if (table.key === null || table.join !== null) return true
    if (legacy === null || target === null) return sides.has(legacy === null ? 'legacy' : 'target')
    return match?.method !== 'key' || match.rivals.length > 0
  }

  /** Whether an entry, or what it is linked to, waits for a link that the field map does not follow. */
  private isOfLost({
    table,
    legacy,
    target,
    differences,
  }: Pick<JudgedItem, 'table' | 'legacy' | 'target' | 'differences'>): boolean {
    if (this.lost.has(table.index) && (legacy === null || target === null)) return true
    return differences.some(({ field }) =>
      this.tables.some(({ source, index }) => this.lost.has(index) && field?.links === source),
    )
  }

  private isTorn(is: (table: BoundTable, sides: ReadonlySet<Side>) => boolean): boolean {
    return this.torn.size > 0 && this.tables.some((table) => is(table, this.torn.get(table.index) ?? none))
  }

  private arrived(
    item: JudgedItem,
    legacy: LegacyItem,
    target: TargetItem,
    patient: string,
    parts: ReadonlyMap<string, number>,
  ): Severity | null {
    const { table, cls, match } = item
    const undecided = match !== null && match.rivals.length > 0
    if (undecided) this.ambiguity(item, legacy, [target, ...match.rivals])
    const state = undecided ? 'unaccounted' : cls === 'same' ? 'equal' : cls === 'same-after-rule' ? 'byRule' : 'withDifferences'
    this.settleRows(
      legacy,
      parts,
      placesOf(legacy).map((_, i) => (i === 0 || undecided ? state : 'merged')),
      'several-fit',
    )
    if (match) {
      const method: MatchMethod = table.isPatients && this.aliases.has(patient) ? 'normalised' : match.method
      this.ledger.of(table.source).matched[method]++
    }
    for (const [i, outcome] of item.outcomes.entries()) if ('kind' in outcome) this.patterns.add(fieldName(table, i), item, i)
    return this.differences(item, patient)
  }

  /** Gives each row of an entry its state; `why` is said of those that are unaccounted. */
  private settleRows(
    legacy: LegacyItem,
    parts: ReadonlyMap<string, number>,
    states: readonly State[],
    why: OpenWhy = 'none-fits',
  ): void {
    for (const [i, place] of placesOf(legacy).entries()) {
      const state = states[i] ?? 'unaccounted'
      const row = rowOf(place)
      this.ledger.settle(legacy.table.source, row, parts.get(row) ?? 1, state)
      if (state === 'unaccounted') this.open.add(legacy.table.source, place, keyText(legacy), why)
    }
  }

  private ambiguity(item: JudgedItem, legacy: LegacyItem, candidates: readonly TargetItem[]): void {
    this.ambiguous++
    const at = ({ input, record, line, byte }: ItemPlace): Ambiguous['legacy'] => ({ input, record, line, byte })
    if (this.queue.length < queueMost)
      this.queue.push({
        table: item.table.source,
        legacy: at(legacy.place),
        candidates: candidates.map(({ place }) => at(place)),
      })
    this.report('data/ambiguous-match', legacy.place, item.table.source, [
      { name: 'candidates', value: candidates.length },
      ...placeFacts('legacy', legacy.place),
    ])
  }

  private differences(item: JudgedItem, patient: string): Severity | null {
    let worst: Severity | null = null
    const waits = patient !== '' && item.differences.length > 0 && this.exchanged.keep({ item, patient })
    for (const difference of item.differences) {
      const oneSided = (item.legacy === null || item.target === null) && !item.table.isPatients
      const sighting = sightingOf(item, difference, patient)
      if (!sighting) continue
      worst = worst === 'critical' || sighting.severity === 'critical' ? 'critical' : sighting.severity
      if (!(waits || (oneSided && this.strays.keep({ item, difference, patient, quiet: null })))) this.place(sighting)
    }
    return worst
  }

  private explanationOf(
    legacy: LegacyItem | null,
    target: TargetItem | null,
    table: BoundTable,
    patient: string,
  ): Explanation | null {
    if (legacy && target) return null
    if (legacy) return this.explained.of('legacy', table.source, keyText(legacy), legacy.place.record, patient)
    return target ? this.explained.of('target', table.type, keyText(target), target.place.record, patient) : null
  }

  /** Explanations that turned out to explain nothing. */
  drop(lines: readonly Explanation[]): void {
    for (const one of lines) this.explained.drop(one)
  }

  /** Explanations that no record asked for, by table; those named elsewhere are left out. */
  unused(told: ReadonlySet<Explanation>): NotEvaluated[] {
    const counts = new Map<string, number>()
    for (const one of this.explained.unused())
      if (!told.has(one)) counts.set(`${one.side} ${one.table}`, (counts.get(`${one.side} ${one.table}`) ?? 0) + 1)
    return [...counts].map(([table, n]) => ({
      what: `Explanations of ${table}`,
      why: `${n} ${n === 1 ? 'line explains' : 'lines explain'} nothing: there is no such record, or it arrived`,
    }))
  }

  /** Reports what is about files and keys as a whole. */
  report(code: PairCode, { input, record, line, byte, id }: ItemPlace, place: string, facts: readonly Fact[]): void {
    const sighting: Sighting = {
      code,
      at: { kind: 'cell', input, field: null, path: null, record, line, byte, id },
      evidence: { facts },
    }
    this.place({ sighting, place, severity: severityOf(code), input })
  }

  private place({ sighting, place, severity, input }: PlacedSighting): void {
    this.tally.add(sighting, { place, input, inputName: this.names[input] ?? null }, severity)
  }

  /** Entries that one patient lost and another one got; call once, after the last patient. */
  settleStrays(): NotEvaluated[] {
    const { exchanged, others } = this.exchanged.resolve(this.assumed)
    for (const [one, other] of exchanged) {
      this.strayed(one, other)
      this.strayed(other, one)
      for (const { patient } of [one, other]) if (this.perhapsOff.delete(patient)) this.patientsOff++
    }
    for (const { item, patient } of others) for (const difference of item.differences) this.told({ item, difference, patient })
    const { moved, loose } = this.strays.resolve(this.assumed)
    for (const { lost, found } of moved) this.strayed(lost, found)
    for (const one of loose) this.told(one)
    const { overflow } = this.strays
    return overflow === 0
      ? []
      : [
          {
            what: 'data/wrong-patient',
            why: `more than 200,000 entries were lost or appeared; the last ${overflow} ${overflow === 1 ? 'was' : 'were'} not looked for under other patients`,
          },
        ]
  }

  private strayed(lost: PairedEntry, found: PairedEntry): void {
    if (lost.item.legacy && found.item.target)
      this.place(strayedSighting(lost.item.legacy, found.item.target, lost.patient, found.patient))
  }

  private told({ item, difference, patient }: PairedEntry & { readonly difference: ItemDifference }): void {
    const sighting = sightingOf(item, difference, patient)
    if (sighting) this.place(sighting)
  }

  /** Call once, before the ledger is closed. */
  findings(): ReturnType<Tally['findings']> {
    const lost = this.leaveOrphans()
    const told = this.tally.findings().filter(({ code, place }) => !(code === 'data/orphan-target' && lost.has(place)))
    return told.map((finding) => {
      const of = finding.code === 'data/allergy-state-changed' ? this.patients : this.tested.get(finding.input ?? -1)
      return { ...finding, denominator: of ?? null }
    })
  }

  note(code: string, input: number, place: string, facts: readonly Fact[]): void {
    this.tally.note(code, { place, input, inputName: this.names[input] ?? null }, facts)
  }
}

/** Where the rows of a legacy entry stand: its own, then those that were merged into it. */
function placesOf({ place, also = [] }: LegacyItem): readonly ItemPlace[] {
  return [place, ...also]
}

/** How many entries each row became. */
function partsOf(legacy: readonly LegacyItem[]): ReadonlyMap<string, number> {
  const parts = new Map<string, number>()
  for (const item of legacy) for (const row of rowsOf(item)) parts.set(row, (parts.get(row) ?? 0) + 1)
  return parts
}

function rowsOf(legacy: LegacyItem): readonly string[] {
  return placesOf(legacy).map(rowOf)
}

function rowOf({ input, record }: ItemPlace): string {
  return `${input}:${record}`
}
