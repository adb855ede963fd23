/** The files and the account of a mapping whose tasks ended, from their parts: no input is read. */
import type { MapInput, MapResult, OutputChunk } from '../../core/data/crosswalk/plan/crosswalk.ts'
import { MapAccount, targetsOf } from '../../core/data/crosswalk/records/map-account.ts'
import { rejects, rejectsHeads } from '../../core/data/crosswalk/records/map-records.ts'
import type { MapPiece } from '../../core/data/crosswalk/records/map-stretch.ts'
import type { RowCounts } from '../../core/data/crosswalk/records/table-run.ts'
import { endOfStretches } from '../../core/data/read/stretches/stretch-gate.ts'
import type { ToldGap } from '../../core/data/validate/told.ts'
import { stopIfAborted, type Update } from '../../core/operation.ts'
import type { RunKey } from '../run-key.ts'
import { blocksOf } from '../stretches/blocks.ts'
import { notReadOf } from '../stretches/lost.ts'
import { inTurns } from '../stretches/read-tasks.ts'
import { stretchesOf } from '../stretches/stretches-of.ts'
import type { WorkFolder } from '../work-folder.ts'
import { gapsOfMap } from './known-links.ts'
import { type MapAsked, type MapPart, readPieces, readTotals } from './map-parts.ts'
import { openMap } from './map-tasks.ts'

const leftOut = 'These rows are neither written nor rejected'

/** Chunks and result as `mapRecords` gives them. @param writes false where the files are not asked for  @param read told of every byte that is read of an input after all */
export async function* toldMap(
  folder: WorkFolder,
  key: RunKey,
  asked: MapAsked,
  given: MapInput,
  writes: boolean,
  read: (bytes: number) => void,
  signal: AbortSignal,
): AsyncGenerator<Update<OutputChunk, MapResult>> {
  const blocks = blocksOf(asked)
  const turns = inTurns(asked, asked.turns)
  const gaps = await gapsOfMap(folder, asked, blocks, turns)
  const { map, sides } = await openMap(folder, key, given, read, signal)
  const torn: (readonly ToldGap[])[] = sides.map(() => [])
  const damages = new Map<number, string>()
  const opened = sides.map((one, i) => ({ ...one, damage: () => damages.get(i) ?? null }))
  const account = new MapAccount(given, map, opened)
  const wants = (kind: MapPiece['kind']): boolean => writes || kind === 'ids'
  if (writes) yield* account.files.take(0)
  for (const side of map.legacy) {
    const input = sides.indexOf(side)
    const one = opened[input] ?? side
    const bound = targetsOf(side, map.plan)
    if (bound === null) continue
    if ('why' in bound) {
      account.leave(bound)
      continue
    }
    torn[input] = gaps[input] ?? []
    const parts = await stretchesOf<MapPart>(folder, blocks, input, turns)
    const counts: RowCounts = { read: 0, written: 0, splits: 0, merged: 0, filtered: 0, rejected: 0 }
    let missing: readonly string[] = []
    let hasRejects = false
    for (const [name, part] of parts) {
      const totals = await readTotals(folder, key, name, part)
      account.coverage.header(one.table, totals.header, one.reading.nulls ?? [])
      account.coverage.addFilled(totals.filled)
      for (const { field, why, count } of totals.reasons) account.reason(one.table, field, why, count)
      for (const problem of totals.problems) account.problem(one, problem)
      for (const links of totals.unchecked) account.links.addUnchecked(links)
      add(counts, totals.counts)
      missing = totals.missing
      if (part.damage !== null) damages.set(input, part.damage)
      if (writes && totals.head !== null && !hasRejects) yield* rejectsHeads(one.table, totals.head)
      hasRejects ||= totals.head !== null
      for await (const piece of readPieces(folder, key, name, part, wants)) {
        stopIfAborted(signal)
        if ('type' in piece) yield* account.files.show(piece)
        else yield rejects(one.table, piece.kind === 'rejects' ? 'records' : 'reasons', piece.bytes)
      }
      account.files.endStretch(totals.records)
    }
    const { status, records } = endOfStretches(
      [...parts.values()].map(({ totals }) => totals),
      torn[input].length > 0,
    )
    account.end(one, status, records)
    account.mapped(one, bound, missing, counts)
  }
  for (const left of notReadOf(torn, (input) => asked.inputs[input]?.name ?? '', leftOut)) account.leave(left)
  yield { kind: 'result', value: account.result() }
}

function add(to: RowCounts, more: RowCounts): void {
  for (const name of Object.keys(to) as (keyof RowCounts)[]) to[name] += more[name]
}
