/** Sightings in; findings with exact counts and a bounded sample out. Memory follows rules × places, never rows. */
import { Bits } from './bits.ts'
import { sha256Hex } from './canonical.ts'
import { DenseKeys } from './dense-keys.ts'
import { type AcrossInputs, compareFindings, type Fact, type Finding, type Severity, type Sighting } from './finding.ts'
import { hash64 } from './hash64.ts'
import { hash32, mix32 } from './random.ts'

export interface TallyLimits {
  /** How many of the first sightings of a finding are kept. */
  readonly first: number
  /** How many more are kept as a seeded sample of the rest. */
  readonly sampled: number
}

const defaultLimits: TallyLimits = { first: 100, sampled: 100 }

/** Where a sighting is counted. The same place and cause give the same finding. */
export interface Place {
  readonly place: string
  readonly input: number | null
  /** Name of the input, for the fingerprint: indexes change between runs, names do not, once dates and counters are left out. */
  readonly inputName: string | null
}

interface Slot {
  readonly code: string
  readonly cause: string | undefined
  readonly at: Place
  severity: Severity
  count: number
  first: Sighting[]
  /** Bottom-k by seeded hash of the occurrence number: the same rows whatever the chunking. */
  sampled: { rank: number; sighting: Sighting }[]
  /** Which of them has the highest rank; -1 where it has to be looked for. */
  worst: number
  /** Numbers of the patients; null where no sighting could be about one. */
  patients: Bits | null
  /** Occurrences by number of the patient. */
  rows: Uint32Array<ArrayBuffer>
  withoutPatient: number
}

export class Tally {
  private readonly slots = new Map<string, Slot>()
  private readonly denominators = new Map<string, number>()
  private readonly notes = new Map<string, readonly Fact[]>()
  /** Numbers of patients; whoever numbers them before `add` must use these, so that a patient has one number. */
  readonly people = new DenseKeys()

  private readonly limits: TallyLimits
  /** Hash of the seed. */
  private readonly seed: number

  constructor(limits: TallyLimits = defaultLimits, seed = '1') {
    this.limits = limits
    this.seed = hash32(seed)
  }

  /**
   * Counts one occurrence. `severity` is the rule's own; a sighting may carry another for itself. `patient` is the number of the patient
   * concerned, 0 where the record names none; left out, the sighting's own key is numbered here.
   */
  add(sighting: Sighting, place: Place, severity: Severity, patient?: number): void {
    const level = sighting.severity ?? severity
    const key = slotKey(sighting, level, place)
    let slot = this.slots.get(key)
    if (!slot) {
      slot = {
        code: sighting.code,
        cause: sighting.cause,
        at: place,
        severity: level,
        count: 0,
        first: [],
        sampled: [],
        worst: -1,
        patients: null,
        rows: new Uint32Array(0),
        withoutPatient: 0,
      }
      this.slots.set(key, slot)
    }
    slot.count++
    const number = patient ?? this.numberOf(sighting)
    if (number !== undefined) {
      slot.patients ??= new Bits()
      if (number > 0) {
        slot.patients.add(number)
        slot.rows = counted(slot.rows, number)
      } else slot.withoutPatient++
    }
    if (slot.first.length < this.limits.first) slot.first.push(numbered(sighting, number))
    else this.sample(slot, sighting, number)
  }

  /** Says how many values were tested at a place, for every finding of that code there. */
  denominator(code: string, place: Place, of: number): void {
    this.denominators.set(`${code}\n${place.input ?? ''}\n${place.place}`, of)
  }

  /** What was tested, whether or not anything was found: codes with their places. */
  tested(): { readonly code: string; readonly input: number | null; readonly place: string; readonly of: number }[] {
    return [...this.denominators].map(([name, of]) => {
      const [code = '', input = '', ...place] = name.split('\n')
      return { code, input: input === '' ? null : Number(input), place: place.join('\n'), of }
    })
  }

  /** Adds numbers about all occurrences together to every finding of that code there. */
  note(code: string, place: Place, facts: readonly Fact[]): void {
    this.notes.set(`${code}\n${place.input ?? ''}\n${place.place}`, facts)
  }

  /** Total so far, by severity. */
  summary(): Record<Severity, number> {
    const total: Record<Severity, number> = { critical: 0, error: 0, warning: 0, info: 0 }
    for (const slot of this.slots.values()) total[slot.severity] += slot.count
    return total
  }

  findings(): Finding[] {
    const list: Finding[] = []
    const across = this.across()
    for (const slot of this.slots.values()) {
      const rest = slot.sampled
        .slice()
        .sort((a, b) => a.rank - b.rank)
        .map((entry) => entry.sighting)
      const facts = this.notes.get(`${slot.code}\n${slot.at.input ?? ''}\n${slot.at.place}`)
      list.push({
        code: slot.code,
        severity: slot.severity,
        place: slot.at.place,
        input: slot.at.input,
        ...(slot.cause === undefined ? {} : { cause: slot.cause }),
        ...across.get(sameness(slot)),
        count: slot.count,
        denominator: this.denominators.get(`${slot.code}\n${slot.at.input ?? ''}\n${slot.at.place}`) ?? null,
        patients: this.people.full ? null : (slot.patients?.size ?? null),
        ...(slot.withoutPatient === 0 || slot.patients === null ? {} : { withoutPatient: slot.withoutPatient }),
        ...(facts === undefined ? {} : { facts }),
        sample: [...slot.first, ...rest],
        truncated: slot.first.length + rest.length < slot.count,
        fingerprint: fingerprintOf(slot.code, slot.severity, slot.at.place, slot.at.inputName, slot.cause),
      })
    }
    return list.sort(compareFindings)
  }

  /**
   * Gives the patients of the findings of some inputs other numbers: `map[old]` is the new one, 0 where there is none.
   * With null nothing can be said about their patients any more.
   */
  renumber(inputs: ReadonlySet<number>, map: Int32Array | null): void {
    for (const slot of this.slots.values()) {
      if (slot.patients === null || slot.at.input === null || !inputs.has(slot.at.input)) continue
      const { patients: before, rows } = slot
      slot.rows = new Uint32Array(0)
      slot.patients = map === null ? null : new Bits()
      for (const number of map === null ? [] : before) {
        const after = map?.[number] ?? 0
        const own = rows[number] ?? 1
        if (after === 0) slot.withoutPatient += own
        else {
          slot.patients?.add(after)
          slot.rows = counted(slot.rows, after, own)
        }
      }
      const renumbered = (sighting: Sighting): Sighting => numbered(sighting, map?.[sighting.patientNumber ?? 0])
      slot.first = slot.first.map(renumbered)
      slot.sampled = slot.sampled.map(({ rank, sighting }) => ({ rank, sighting: renumbered(sighting) }))
    }
  }

  /** Patients of all findings of one severity that `wanted` picks, each counted once; null where none of them could be about a patient. */
  union(severity: Severity, wanted: (code: string, at: Place) => boolean): Bits | null {
    let all: Bits | null = null
    for (const slot of this.slots.values()) {
      if (slot.severity !== severity || slot.patients === null || !wanted(slot.code, slot.at)) continue
      all ??= new Bits()
      all.include(slot.patients)
    }
    return all
  }

  /** What several inputs have alike, by sameness. */
  private across(): Map<string, { readonly across: AcrossInputs }> {
    const groups = new Map<string, Slot[]>()
    for (const slot of this.slots.values()) {
      if (slot.at.input === null) continue
      const key = sameness(slot)
      const group = groups.get(key)
      if (group) group.push(slot)
      else groups.set(key, [slot])
    }
    const across = new Map<string, { readonly across: AcrossInputs }>()
    for (const [key, group] of groups) if (group.length > 1) across.set(key, { across: this.together(group) })
    return across
  }

  private together(group: readonly Slot[]): AcrossInputs {
    const all = new Bits()
    for (const { patients } of group) if (patients !== null) all.include(patients)
    const isKnown = !this.people.full && group.some(({ patients }) => patients !== null)
    return { inputs: group.length, patients: isKnown ? all.size : null }
  }

  private numberOf({ patient, patientHash }: Sighting): number | undefined {
    const key = patientHash ?? (patient === undefined ? undefined : hash64(patient))
    return key === undefined ? undefined : this.people.number(key)
  }

  private sample(slot: Slot, sighting: Sighting, number: number | undefined): void {
    const rank = mix32(this.seed ^ Math.imul(slot.count, 0x9e3779b1))
    const held = slot.sampled
    if (held.length < this.limits.sampled) {
      held.push({ rank, sighting: numbered(sighting, number) })
      return
    }
    if (slot.worst < 0) slot.worst = highest(held)
    if (rank >= (held[slot.worst]?.rank ?? 0)) return
    held[slot.worst] = { rank, sighting: numbered(sighting, number) }
    slot.worst = -1
  }
}

/** Index of the member with the highest rank, the first of them. */
function highest(held: readonly { readonly rank: number }[]): number {
  let worst = 0
  for (let i = 1; i < held.length; i++) if ((held[i]?.rank ?? 0) > (held[worst]?.rank ?? 0)) worst = i
  return worst
}

/** Slots that differ in their input alone have the same. */
function sameness({ code, cause, severity, at }: Slot): string {
  return `${code}\n${severity}\n${at.place}\n${cause ?? ''}`
}

/** Fingerprint of a finding: code, severity, place, input name and, where there is one, cause; no values, no indexes. What is accepted as a warning is not accepted as an error. */
export function fingerprintOf(
  code: string,
  severity: Severity,
  place: string,
  inputName: string | null,
  cause?: string | undefined,
): string {
  const base = `${code}\n${severity}\n${place}\n${inputName ?? ''}`
  return sha256Hex(cause === undefined ? base : `${base}\n${cause}`)
}

function numbered(sighting: Sighting, number: number | undefined): Sighting {
  if ((number ?? 0) === (sighting.patientNumber ?? 0)) return sighting
  const { patientNumber: _before, ...rest } = sighting
  return number === undefined || number === 0 ? rest : { ...rest, patientNumber: number }
}

function slotKey({ code, cause }: Sighting, severity: Severity, place: Place): string {
  const key = `${code}\n${severity}\n${place.input ?? ''}\n${place.place}`
  return cause === undefined ? key : `${key}\n${cause}`
}

/** Of patients with higher numbers occurrences are not counted one by one: should they turn out to be unknown, each counts once. */
const mostCounted = 1 << 16

/** Occurrences by number of the patient, one more at `number`. */
function counted(rows: Uint32Array<ArrayBuffer>, number: number, more = 1): Uint32Array<ArrayBuffer> {
  if (number >= mostCounted) return rows
  let wide = rows
  if (number >= rows.length) {
    wide = new Uint32Array(Math.min(mostCounted, Math.max(64, number * 2)))
    wide.set(rows)
  }
  wide[number] = (wide[number] as number) + more
  return wide
}
