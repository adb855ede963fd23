/** Parts of a plan to the one result: byte for byte that of a single run, however many shards there were and in whatever order. */

import { hashOf } from '../../file-hash.ts'
import { type ByteSource, stopIfAborted, type Update } from '../../operation.ts'
import { type ColumnState, mergeColumn } from '../columns/column-state.ts'
import { declaredGroups } from '../columns/declared-groups.ts'
import { Grouping } from '../columns/grouping.ts'
import type { TableState } from '../columns/table-profiler.ts'
import { Traits } from '../columns/traits.ts'
import type { ValidateSource } from '../model/validation.ts'
import { type ProfileResult, profileOf, profilerOf, type ReadTable, readInput } from '../profile/profile.ts'
import { type OpenTable, openTable } from '../read/table.ts'
import { resourceSchema } from '../schema/compile.ts'
import { orderedParts, type PartRange, type ShardPart } from './part.ts'
import { madeByOther, planDigest, type ShardPlan, type ShardRange } from './plan.ts'
import { readCells } from './read-cells.ts'
import { columnOf, placesOf } from './state-json.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** What the merge did beside adding. */
export interface MergedProfile {
  readonly result: ProfileResult
  /** Inputs that were read whole: they can not be cut, or their parts do not add up to what the plan saw. */
  readonly readWhole: readonly string[]
}

/** Ends with a sentence where the parts do not make a whole. `inputs` in the order of the plan. */
export async function* mergeParts(
  plan: ShardPlan,
  given: readonly ShardPart[],
  inputs: readonly ValidateSource[],
  tool: string,
  signal: AbortSignal,
): AsyncGenerator<Update<never, MergedProfile | string>> {
  const parts = madeByOther(plan, tool) ?? orderedParts(given, planDigest(plan))
  if (typeof parts === 'string') {
    yield { kind: 'result', value: parts }
    return
  }
  for (const [index, { source }] of inputs.entries()) {
    const { name = source.name, sha256, cuts = [] } = plan.inputs[index] ?? {}
    if (cuts.length === 0 || (await sha256Of(source, signal)) === sha256) continue
    yield { kind: 'result', value: `${name} has other bytes here than when it was planned. Make a new plan.` }
    return
  }
  const tables: ReadTable[] = []
  const following: ReadTable[] = []
  const readWhole: string[] = []
  for (const [index, source] of inputs.entries()) {
    stopIfAborted(signal)
    const ranges = parts.flatMap((part) => part.ranges.filter(({ input }) => input === index))
    const planned = plan.inputs[index]
    const merged =
      planned && tiles(ranges, planned.cuts, planned.records) ? await mergeInput(plan, index, source, ranges, signal) : null
    if (merged) tables.push(merged)
    else {
      readWhole.push(source.source.name)
      const whole = await readInput(source, plan.groups, index, signal)
      tables.push(...whole.slice(0, 1))
      following.push(...whole.slice(1))
    }
    yield { kind: 'progress', done: index + 1, total: inputs.length, unit: 'records', label: source.source.name }
  }
  yield { kind: 'result', value: { result: profileOf([...tables, ...following]), readWhole } }
}

/** A part speaks of bytes that it names by digest; of others it says nothing. */
async function sha256Of(source: ByteSource, signal: AbortSignal): Promise<string> {
  const hash = hashOf(source)
  for await (const chunk of source.stream()) {
    stopIfAborted(signal)
    hash.update(chunk)
  }
  return await hash.digest()
}

/** True where each stretch begins where the one before ends, and together they hold every record. */
export function tiles(
  ranges: readonly (ShardRange & { readonly records: number })[],
  cuts: readonly number[],
  records: number,
): boolean {
  const sorted = [...ranges].sort((a, b) => a.from - b.from)
  let next: number | null = cuts[0] ?? null
  for (const { from, to } of sorted) {
    if (next === null || from !== next) return false
    next = to
  }
  return cuts.length > 0 && next === null && sorted.reduce((sum, range) => sum + range.records, 0) === records
}

async function mergeInput(
  plan: ShardPlan,
  index: number,
  source: ValidateSource,
  ranges: readonly PartRange[],
  signal: AbortSignal,
): Promise<ReadTable | null> {
  const planned = plan.inputs[index]
  const open = await openTable(source.source, source.reading, index, signal)
  if (!planned || !open.readFrom) return null
  const nulls = profilerOf(source, open.structure, open.encoding, plan.groups)
    .finish()
    .columns.map((column) => column.nulls)
  const columns = open.structure.header.map((_, column) => {
    const states = ranges.map((range) => range.columns[column]).filter((json) => json !== undefined)
    const [first, ...rest] = states.map((json) => columnOf(json, source.table, nulls[column] ?? []))
    for (const state of rest) if (first) mergeColumn(first, state)
    return first ?? null
  })
  if (columns.some((column) => column === null)) return null
  const schema = source.schema && (resourceSchema(source.schema, source.table) ?? source.schema)
  const groupings = Grouping.all(open.structure.header, declaredGroups(schema, source.reading, plan.groups))
  const state = { columns: columns.filter((column) => column !== null), groupings }
  await readAgain(open, state, ranges, signal)
  const { records, status } = planned
  return {
    input: { name: planned.name, table: source.table, structure: open.structure, records, status },
    state,
    notEvaluated: null,
    decimal: source.reading.decimal,
  }
}

/** Brings back what parts do not carry: texts of values, smallest and largest values, names of groups. */
async function readAgain(open: OpenTable, state: TableState, ranges: readonly PartRange[], signal: AbortSignal): Promise<void> {
  const wanted = new Map<number, Set<number>>()
  const want = (byte: number, column: number): void => {
    const columns = wanted.get(byte) ?? new Set()
    wanted.set(byte, columns.add(column))
  }
  state.columns.forEach((column, i) => {
    for (const { byte } of placesOf(column)) want(byte, i)
    for (const range of ranges) for (const byte of range.columns[i]?.extremes ?? []) want(byte, i)
  })
  state.groupings.forEach(({ column }, i) => {
    for (const range of ranges) for (const [byte] of range.groupings[i]?.groups ?? []) want(byte, column)
  })
  const cells = await readCells(open, wanted, signal)
  const cellAt = (byte: number, column: number): Uint8Array => cells.get(byte)?.get(column) ?? new Uint8Array(0)
  state.columns.forEach((column, i) => {
    fillTexts(column, (byte) => decoder.decode(cellAt(byte, i)))
    const ends = new Traits('')
    for (const range of ranges)
      for (const byte of range.columns[i]?.extremes ?? []) {
        const bytes = cellAt(byte, i)
        ends.see(bytes, 0, bytes.length, 1, { byte, span: 0 })
      }
    column.traits.numbers.extremes.merge(ends.numbers.extremes)
    column.traits.texts.merge(ends.texts)
    column.traits.dates.extremes.forEach((extremes, candidate) => {
      const other = ends.dates.extremes[candidate]
      if (other) extremes.merge(other)
    })
  })
  state.groupings.forEach((grouping, i) => {
    for (const range of ranges) {
      const groups = range.groupings[i]?.groups ?? null
      if (groups === null) grouping.groups = null
      for (const [byte, span, records, filled] of groups ?? [])
        grouping.addText(decoder.decode(cellAt(byte, grouping.column).subarray(0, 200)), records, filled, { byte, span })
    }
  })
}

function fillTexts(column: ColumnState, textAt: (byte: number) => string): void {
  const { distinct } = column
  if (distinct.kind === 'sketch') return
  const values = new Map(distinct.values)
  for (const [name, value] of values) if (value.text !== null) values.set(name, { ...value, text: textAt(value.at.byte) })
  column.distinct = { kind: 'exact', values }
}
