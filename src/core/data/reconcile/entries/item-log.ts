/** Entries of both sides laid aside by patient: in memory while they fit, else in a temporary file, and read back one part of the patients at a time. */
import { utf8 } from '../../../canonical.ts'
import { compareText } from '../../../finding.ts'
import { hash32 } from '../../../random.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import type { AllergyState, ItemPlace } from '../../crosswalk/plan/sides.ts'
import type { Carried } from '../../model/carried.ts'
import type { JsonValue } from '../../model/record.ts'
import type { Spill } from '../../model/spill.ts'
import type { Group, LegacyItem, TargetItem } from './items.ts'

/** Characters of one part that are held before they become a block. */
const blockText = 128 << 10

type Entry =
  | readonly [
      'l',
      string,
      number,
      PlaceTuple,
      readonly string[],
      readonly (Carried | null)[],
      more?: Pick<LegacyItem, 'joins' | 'links' | 'untaken'>,
    ]
  | readonly [
      't',
      string,
      number,
      PlaceTuple,
      readonly (readonly JsonValue[])[],
      more?: Pick<TargetItem, 'links' | 'names' | 'row'>,
    ]
  | readonly ['s', string, AllergyState]
type PlaceTuple = readonly [input: number, record: number, line: number, byte: number, length: number, id: string | null]

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
  private readonly groups = new Map<string, Group>()
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
    const { table, place, raw, carried, joins, links, untaken } = item
    if (this.size === 1) groupOf(this.groups, patient).legacy.push(item)
    else {
      const entry = ['l', patient, table.index, tupleOf(place), raw, carried] as const
      const more = { ...(joins && { joins }), ...(links && { links }), ...(untaken && { untaken }) }
      this.write(patient, joins || links || untaken ? [...entry, more] : entry)
    }
  }

  target(patient: string, item: TargetItem): void {
    const { table, place, values, links, names, row } = item
    if (this.size === 1) groupOf(this.groups, patient).target.push(item)
    else {
      const entry = ['t', patient, table.index, tupleOf(place), values] as const
      const more = { ...(links && { links }), ...(names && { names }), ...(row && { row }) }
      this.write(patient, links || names || row ? [...entry, more] : entry)
    }
  }

  listed(patient: string, state: AllergyState): void {
    if (this.size === 1) groupOf(this.groups, patient).listed.push(state)
    else this.write(patient, ['s', patient, state])
  }

  /** All patients of one part; what it held is given back. */
  read(index: number): Map<string, Group> {
    if (this.size === 1) return this.groups
    const part = this.parts[index]
    const groups = new Map<string, Group>()
    if (!part) return groups
    const decoder = new TextDecoder()
    for (const block of part.blocks) {
      const bytes = block instanceof Uint8Array ? block : new Uint8Array(block.length)
      if (!(block instanceof Uint8Array)) this.spill?.read(block.at, bytes)
      this.decode(decoder.decode(bytes), groups)
    }
    this.decode(part.lines.join('\n'), groups)
    part.lines = []
    part.blocks.length = 0
    return groups
  }

  /** The patients of a part in one order for all parts together, however many there are. */
  inOrder(groups: ReadonlyMap<string, Group>): readonly string[] {
    const places = new Map([...groups.keys()].map((key) => [key, placeOfPatient(key)]))
    return [...groups.keys()].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0) || compareText(a, b))
  }

  private write(patient: string, entry: Entry): void {
    const part = this.parts[Math.floor((placeOfPatient(patient) / 0x1_0000_0000) * this.size)]
    if (!part) return
    const line = JSON.stringify(entry)
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

  private decode(text: string, groups: Map<string, Group>): void {
    if (text === '') return
    for (const entry of JSON.parse(`[${text.replaceAll('\n', ',')}]`) as readonly Entry[]) {
      const group = groupOf(groups, entry[1])
      if (entry[0] === 's') {
        group.listed.push(entry[2])
        continue
      }
      const table = this.tables[entry[2]]
      if (!table) continue
      const place = placeOf(entry[3])
      if (entry[0] === 'l') {
        const item = { table, place, raw: entry[4], carried: entry[5] }
        group.legacy.push(entry[6] === undefined ? item : { ...item, ...entry[6] })
      } else group.target.push({ table, place, values: entry[4], ...entry[5] })
    }
  }
}

/** Parts are stretches of this number, so that what is judged first does not depend on how many there are. */
export function placeOfPatient(patient: string): number {
  return hash32(patient, 0x7061) >>> 0
}

function tupleOf({ input, record, line, byte, length, id }: ItemPlace): PlaceTuple {
  return [input, record, line, byte, length, id]
}

function placeOf([input, record, line, byte, length, id]: PlaceTuple): ItemPlace {
  return { input, record, line, byte, length, id }
}

function groupOf(groups: Map<string, Group>, key: string): Group {
  let group = groups.get(key)
  if (!group) {
    group = { key, legacy: [], target: [], listed: [] }
    groups.set(key, group)
  }
  return group
}
