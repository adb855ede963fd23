/** What differs between two loads, counted while records are met: table by table, element by element, patient by patient. */
import { compareText } from '../../../finding.ts'
import type { Load, LoadComparison } from './load-comparison.ts'

/** Patients that are listed by key; all are counted. */
const listed = 1000

export class Differences {
  private readonly tables = new Map<string, { changed: number; added: number; gone: number }>()
  private readonly elements = new Map<string, number>()
  private readonly patients = new Map<string, number>()
  private readonly repeats = new Map<string, number>()

  repeated(table: string, load: Load): void {
    const name = `${table}\n${load}`
    this.repeats.set(name, (this.repeats.get(name) ?? 0) + 1)
  }

  added(table: string, patient: string): void {
    this.of(table).added++
    this.touch(patient)
  }

  gone(table: string, patient: string): void {
    this.of(table).gone++
    this.touch(patient)
  }

  compared(table: string, patient: string, before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
    const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name))
    if (names.length === 0) return
    this.of(table).changed++
    this.touch(patient)
    for (const name of names) this.elements.set(`${table}\n${name}`, (this.elements.get(`${table}\n${name}`) ?? 0) + 1)
  }

  result(
    counts: ReadonlyMap<string, Readonly<Record<'before' | 'after', number>>>,
  ): Pick<LoadComparison, 'tables' | 'elements' | 'patientsChanged' | 'patients' | 'repeated'> {
    return {
      tables: [...counts]
        .sort(([a], [b]) => compareText(a, b))
        .map(([table, { before, after }]) => {
          const { changed, added, gone } = this.of(table)
          return { table, before, after, same: before - changed - gone, changed, added, gone }
        }),
      elements: [...this.elements]
        .map(([name, count]) => ({ table: name.split('\n')[0] ?? '', element: name.split('\n')[1] ?? '', count }))
        .sort((a, b) => b.count - a.count || compareText(a.table, b.table) || compareText(a.element, b.element)),
      repeated: [...this.repeats]
        .map(([name, keys]) => ({
          table: name.split('\n')[0] ?? '',
          load: name.endsWith('before') ? ('before' as const) : ('after' as const),
          keys,
        }))
        .sort((a, b) => compareText(a.table, b.table) || -compareText(a.load, b.load)),
      patientsChanged: this.patients.size,
      patients: [...this.patients]
        .map(([patient, changes]) => ({ patient, changes }))
        .sort((a, b) => b.changes - a.changes || compareText(a.patient, b.patient))
        .slice(0, listed),
    }
  }

  private of(table: string): { changed: number; added: number; gone: number } {
    let counts = this.tables.get(table)
    if (!counts) {
      counts = { changed: 0, added: 0, gone: 0 }
      this.tables.set(table, counts)
    }
    return counts
  }

  private touch(patient: string): void {
    if (patient !== '') this.patients.set(patient, (this.patients.get(patient) ?? 0) + 1)
  }
}

/** What is kept of a record until its like of the other load is met. */
interface Held {
  readonly patient: string
  readonly members: ReadonlyMap<string, number>
}

/** Records of one key on both sides: equal ones meet first, the others in the order of their files; none is left out. */
interface Together {
  readonly table: string
  readonly before: Held[]
  readonly after: Held[]
  /** Records of either load in all. */
  readonly count: Record<Load, number>
}

/** Records of both loads by key; several may share one. The load before is added first. */
export class SameKeys {
  private readonly held = new Map<string, Together>()
  private readonly differences: Differences

  constructor(differences: Differences) {
    this.differences = differences
  }

  add(load: Load, table: string, key: string, one: Held): void {
    const name = `${table}\n${key}`
    let met = this.held.get(name)
    if (!met) {
      met = { table, before: [], after: [], count: { before: 0, after: 0 } }
      this.held.set(name, met)
    }
    met.count[load]++
    const [only] = met.before
    // The usual case needs no keeping; many of one key are matched together at the end.
    if (load === 'after' && only && met.before.length === 1 && textOf(only) === textOf(one)) met.before.pop()
    else met[load].push(one)
  }

  /** Tells the differences everything that did not meet its like. */
  settle(): void {
    for (const met of this.held.values()) {
      const { table, count } = met
      for (const load of ['before', 'after'] as const) if (count[load] > 1) this.differences.repeated(table, load)
      const [before, after] = withoutEqual(met.before, met.after)
      for (let i = 0; i < Math.max(before.length, after.length); i++) {
        const [was, is] = [before[i], after[i]]
        if (was && is) this.differences.compared(table, is.patient, was.members, is.members)
        else if (was) this.differences.gone(table, was.patient)
        else if (is) this.differences.added(table, is.patient)
      }
    }
    this.held.clear()
  }
}

/** Both lists without the records that the other one holds as well, one for one. */
function withoutEqual(before: readonly Held[], after: readonly Held[]): readonly [readonly Held[], readonly Held[]] {
  if (before.length === 0 || after.length === 0) return [before, after]
  const waiting = new Map<string, number>()
  for (const one of after) waiting.set(textOf(one), (waiting.get(textOf(one)) ?? 0) + 1)
  const met = new Map<string, number>()
  const left = before.filter((one) => {
    const text = textOf(one)
    const used = met.get(text) ?? 0
    if (used >= (waiting.get(text) ?? 0)) return true
    met.set(text, used + 1)
    return false
  })
  const added = after.filter((one) => {
    const text = textOf(one)
    const used = met.get(text) ?? 0
    if (used === 0) return true
    met.set(text, used - 1)
    return false
  })
  return [left, added]
}

function textOf({ members }: Held): string {
  let text = ''
  for (const name of [...members.keys()].sort(compareText)) text += `${name}\n${members.get(name)}\n`
  return text
}
