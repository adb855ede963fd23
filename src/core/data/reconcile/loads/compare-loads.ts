/** One trial load beside the next: what changed per table, per element and per patient, without any legacy file. */

import type { NotEvaluated } from '../../../finding.ts'
import type { Update } from '../../../operation.ts'
import { hash32 } from '../../../random.ts'
import { InputAccounts, notReadWhole, openSides } from '../../crosswalk/plan/open-sides.ts'
import type { PairSource } from '../../crosswalk/plan/sides.ts'
import { Checksum } from './checksum.ts'
import type { Load, LoadComparison, LoadInput } from './load-comparison.ts'
import { Differences, SameKeys } from './load-differences.ts'
import { hasNotes, type LoadRecord, loadRecords, membersOf, textOf } from './load-records.ts'

export interface CompareLoadsInput {
  readonly before: readonly PairSource[]
  readonly after: readonly PairSource[]
  /** Key columns of target tables by table name; FHIR resources have their id. */
  readonly keys?: ReadonlyMap<string, readonly string[]>
  /** Column that names the patient, by table name. */
  readonly patients?: ReadonlyMap<string, string>
  /** Records of unequal ranges held at a time. */
  readonly most?: number
}

const ranges = 4096
const mostHeld = 400_000

/** Reads both loads once; where sums of a range of keys differ, that range again. */
export async function* compareLoads(
  input: CompareLoadsInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, LoadComparison>> {
  const opened = { before: await openSides(input.before, signal), after: await openSides(input.after, signal) }
  const accounts = { before: new InputAccounts(opened.before), after: new InputAccounts(opened.after) }
  const sums = { before: sumsOf(), after: sumsOf() }
  const counts = new Map<string, { before: number; after: number }>()
  const keysMissing: { readonly file: string; readonly column: string }[] = []
  const total = [...opened.before, ...opened.after].reduce((sum, { source }) => sum + source.size, 0)
  let done = 0
  let notes = 0
  let patientsKnown = false
  const progress = (label: string, at: number): Update<never, never> => ({
    kind: 'progress',
    done: Math.min(at, total),
    total,
    unit: 'bytes',
    label,
  })
  for (const load of loads) {
    const keyMissing = (file: string, column: string): number => keysMissing.push({ file, column })
    for await (const batch of loadRecords(opened[load], input, { accounts: accounts[load], keyMissing }, signal)) {
      for (const record of batch.records) {
        sums[load][rangeOf(record)]?.add(textOf(record))
        const count = counts.get(record.table) ?? { before: 0, after: 0 }
        count[load]++
        counts.set(record.table, count)
        if (hasNotes(record)) notes++
        patientsKnown ||= record.patient !== ''
      }
      done += batch.bytes
      yield progress(batch.name, done)
    }
  }
  const unequal = sums.before.flatMap((sum, i) => (sums.after[i]?.equals(sum) ? [] : [i]))
  const differences = new Differences()
  for (const share of sharesOf(unequal, sums, input.most ?? mostHeld)) {
    const held = new SameKeys(differences)
    for (const load of loads)
      for await (const batch of loadRecords(opened[load], input, null, signal)) {
        for (const record of batch.records) {
          if (!share.has(rangeOf(record))) continue
          const { table, key, patient } = record
          held.add(load, table, key, { patient, members: membersOf(record) })
        }
        yield progress(batch.name, total)
      }
    held.settle()
  }
  const all = { before: new Checksum(), after: new Checksum() }
  for (const load of loads) for (const sum of sums[load]) all[load].merge(sum)
  const inputs = loads.flatMap((load) => accounts[load].list(input[load]).map((one) => ({ load, ...one })))
  const equal = all.before.equals(all.after)
  yield {
    kind: 'result',
    value: {
      same: equal && inputs.every(({ status }) => status === 'read'),
      inputs,
      ...differences.result(counts),
      patientsKnown,
      checksums: { before: `${all.before}`, after: `${all.after}`, equal },
      keysMissing,
      ranges: { unequal: unequal.length, of: ranges },
      notEvaluated: notCompared(inputs, keysMissing, notes),
    },
  }
}

const loads = ['before', 'after'] as const

function notCompared(
  inputs: readonly LoadInput[],
  keysMissing: LoadComparison['keysMissing'],
  notes: number,
): readonly NotEvaluated[] {
  return [
    ...loads.flatMap((load) => notReadWhole(inputs.filter((one) => one.load === load)).map((one) => loaded(load, one))),
    ...inputs.flatMap(({ load, name, status, why }) =>
      status === 'not-read' ? [loaded(load, { what: name, why: why ?? 'it holds no records' })] : [],
    ),
    ...keysMissing.map(({ file, column }) => ({
      what: `Keys of ${file}`,
      why: `it has no column ${column}, so its rows were compared as wholes`,
    })),
    ...(notes > 0
      ? [{ what: 'Narrative and server notes', why: `${notes} resources have a text or meta, which servers write by themselves` }]
      : []),
  ]
}

function loaded(load: Load, { what, why }: NotEvaluated): NotEvaluated {
  return { what: load === 'before' ? `${what} of the load before` : what, why }
}

const sumsOf = (): Checksum[] => Array.from({ length: ranges }, () => new Checksum())

/** Unequal ranges in shares that hold about so many records each. */
function sharesOf(unequal: readonly number[], sums: Readonly<Record<Load, readonly Checksum[]>>, most: number): Set<number>[] {
  const shares: Set<number>[] = []
  let held = 0
  for (const range of unequal) {
    const count = (sums.before[range]?.count ?? 0) + (sums.after[range]?.count ?? 0)
    const last = shares.at(-1)
    if (last && held + count <= most) last.add(range)
    else shares.push(new Set([range]))
    held = last && held + count <= most ? held + count : count
  }
  return shares
}

function rangeOf({ table, key }: LoadRecord): number {
  return hash32(`${table}\n${key}`, 0x6c6f) % ranges
}
