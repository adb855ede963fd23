/** Sightings in; findings with exact counts and a bounded sample out. Memory follows rules × places, never rows. */
import { sha256Hex } from './canonical.ts'
import { compareFindings, type Fact, type Finding, type Severity, type Sighting } from './finding.ts'
import { hash32, mix32 } from './random.ts'

export interface TallyLimits {
  /** How many of the first sightings of a finding are kept. */
  readonly first: number
  /** How many more are kept as a seeded sample of the rest. */
  readonly sampled: number
}

const defaultLimits: TallyLimits = { first: 100, sampled: 100 }

/** Where a sighting is counted. The same place gives the same finding. */
export interface Place {
  readonly place: string
  readonly input: number | null
  /** Name of the input, for the fingerprint: indexes change between runs, names do not. */
  readonly inputName: string | null
}

interface Slot {
  readonly code: string
  readonly at: Place
  severity: Severity
  count: number
  first: Sighting[]
  /** Bottom-k by seeded hash of the occurrence number: the same rows whatever the chunking. */
  sampled: { rank: number; sighting: Sighting }[]
  patients: Set<number> | null
}

export class Tally {
  private readonly slots = new Map<string, Slot>()
  private readonly denominators = new Map<string, number>()
  private readonly notes = new Map<string, readonly Fact[]>()

  private readonly limits: TallyLimits
  private readonly seed: string

  constructor(limits: TallyLimits = defaultLimits, seed = '1') {
    this.limits = limits
    this.seed = seed
  }

  /** Counts one occurrence. `severity` is the rule's own; a sighting may carry another for itself. */
  add(sighting: Sighting, place: Place, severity: Severity): void {
    const level = sighting.severity ?? severity
    const key = slotKey(sighting.code, level, place)
    let slot = this.slots.get(key)
    if (!slot) {
      slot = { code: sighting.code, at: place, severity: level, count: 0, first: [], sampled: [], patients: null }
      this.slots.set(key, slot)
    }
    slot.count++
    if (sighting.patient !== undefined) {
      slot.patients ??= new Set()
      slot.patients.add(patientNumber(sighting.patient))
    }
    if (slot.first.length < this.limits.first) slot.first.push(sighting)
    else this.sample(slot, sighting)
  }

  /** Says how many values were tested at a place, for every finding of that code there. */
  denominator(code: string, place: Place, of: number): void {
    this.denominators.set(`${code}\n${place.input ?? ''}\n${place.place}`, of)
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
        count: slot.count,
        denominator: this.denominators.get(`${slot.code}\n${slot.at.input ?? ''}\n${slot.at.place}`) ?? null,
        patients: slot.patients?.size ?? null,
        ...(facts === undefined ? {} : { facts }),
        sample: [...slot.first, ...rest],
        truncated: slot.first.length + rest.length < slot.count,
        fingerprint: fingerprintOf(slot.code, slot.severity, slot.at.place, slot.at.inputName),
      })
    }
    return list.sort(compareFindings)
  }

  private sample(slot: Slot, sighting: Sighting): void {
    const rank = mix32(hash32(this.seed) ^ Math.imul(slot.count, 0x9e3779b1))
    const held = slot.sampled
    if (held.length < this.limits.sampled) {
      held.push({ rank, sighting })
      return
    }
    let worst = 0
    for (let i = 1; i < held.length; i++) if ((held[i]?.rank ?? 0) > (held[worst]?.rank ?? 0)) worst = i
    if (rank < (held[worst]?.rank ?? 0)) held[worst] = { rank, sighting }
  }
}

/** Fingerprint of a finding: code, severity, place and input name; no values, no indexes. What is accepted as a warning is not accepted as an error. */
export function fingerprintOf(code: string, severity: Severity, place: string, inputName: string | null): string {
  return sha256Hex(`${code}\n${severity}\n${place}\n${inputName ?? ''}`)
}

function slotKey(code: string, severity: Severity, place: Place): string {
  return `${code}\n${severity}\n${place.input ?? ''}\n${place.place}`
}

/** Patients are counted by 53 bits of hash: no key is kept, and 1 M patients collide with probability below 1e-4. */
function patientNumber(key: string): number {
  return hash32(key, 0x51ed270b) * 2097152 + (hash32(key, 0x2545f491) >>> 11)
}
