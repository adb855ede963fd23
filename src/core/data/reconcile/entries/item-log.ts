/** Entries of both sides laid aside by patient: in memory while they fit, else in a temporary file, and read back one part of the patients at a time. */
import { utf8 } from '../../../canonical.ts'
import { compareText } from '../../../finding.ts'
import { hash32 } from '../../../random.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import type { AllergyState } from '../../crosswalk/plan/sides.ts'
import type { Spill } from '../../model/spill.ts'
import { type EntrySink, legacyText, listedText, showEntries, targetText } from './entry-text.ts'
import type { Group, LegacyItem, TargetItem } from './items.ts'

/** Characters of one part that are held before they become a block. */
const blockText = 128 << 10

interface Part {
  lines: string[]
  held: number
  /** In the order of writing: laid aside at an offset, or held where there is no place for them. */
  readonly blocks: ({ readonly at: number; readonly length: number } | Uint8Array)[]
}

export class ItemLog {
  /** True once the storage took no more; what followed is held in memory. */
  refused = false
  private readonly parts: Part[]
  private readonly groups = new Groups()
  private readonly tables: readonly BoundTable[]
  private readonly spill: Spill | null

  /** With one part nothing is encoded at all. */
  constructor(tables: readonly BoundTable[], parts: number, spill: Spill | null) {
    this.tables = tables
    this.spill = spill
    this.parts = Array.from({ length: parts }, () => ({ lines: [], held: 0, blocks: [] }))
  }

  get size(): number {
    return this.parts.length
  }

  legacy(patient: string, item: LegacyItem): void {
    if (this.size === 1) this.groups.legacy(patient, item)
    else this.write(patient, legacyText(patient, item))
  }

  target(patient: string, item: TargetItem): void {
    if (this.size === 1) this.groups.target(patient, item)
    else this.write(patient, targetText(patient, item))
  }

  listed(patient: string, state: AllergyState): void {
    if (this.size === 1) this.groups.listed(patient, state)
    else this.write(patient, listedText(patient, state))
  }

  /** All patients of one part; what it held is given back. */
  read(index: number): Map<string, Group> {
    if (this.size === 1) return this.groups.all
    const part = this.parts[index]
    const groups = new Groups()
    if (!part) return groups.all
    const decoder = new TextDecoder()
    for (const block of part.blocks) {
      const bytes = block instanceof Uint8Array ? block : new Uint8Array(block.length)
      if (!(block instanceof Uint8Array)) this.spill?.read(block.at, bytes)
      showEntries(decoder.decode(bytes), this.tables, groups)
    }
    showEntries(part.lines.join('\n'), this.tables, groups)
    part.lines = []
    part.blocks.length = 0
    return groups.all
  }

  private write(patient: string, line: string): void {
    const part = this.parts[partOfPatient(patient, this.size)]
    if (!part) return
    part.lines.push(line)
    part.held += line.length
    if (part.held < blockText) return
    const bytes = utf8(part.lines.join('\n'))
    part.lines = []
    part.held = 0
    const at = this.refused ? null : (this.spill?.append(bytes) ?? null)
    // Without a temporary file, or once it is full, the encoded bytes stay: a fifth of what the entries would take.
    part.blocks.push(at === null ? bytes : { at, length: bytes.length })
    if (at === null && this.spill !== null) this.refused = true
  }
}

/** Parts are stretches of this number, so that what is judged first does not depend on how many there are. */
export function placeOfPatient(patient: string): number {
  return hash32(patient, 0x7061) >>> 0
}

/** Which of so many parts the patient belongs to. */
export function partOfPatient(patient: string, parts: number): number {
  return Math.floor((placeOfPatient(patient) / 0x1_0000_0000) * parts)
}

/** The patients of a part in one order for all parts together, however many there are. */
export function inOrder(groups: ReadonlyMap<string, Group>): readonly string[] {
  const places = new Map([...groups.keys()].map((key) => [key, placeOfPatient(key)]))
  return [...groups.keys()].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0) || compareText(a, b))
}

/** Entries by their group. */
export class Groups implements EntrySink {
  readonly all = new Map<string, Group>()

  legacy(key: string, item: LegacyItem): void {
    this.of(key).legacy.push(item)
  }

  target(key: string, item: TargetItem): void {
    this.of(key).target.push(item)
  }

  listed(key: string, state: AllergyState): void {
    this.of(key).listed.push(state)
  }

  private of(key: string): Group {
    let group = this.all.get(key)
    if (!group) {
      group = { key, legacy: [], target: [], listed: [] }
      this.all.set(key, group)
    }
    return group
  }
}
