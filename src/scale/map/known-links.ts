/** What became of rows that others link to: as the tasks of the turns before noted it, in the order in which one process would have met them. */
import { deserialize } from 'node:v8'
import type { OpenSide } from '../../core/data/crosswalk/plan/open-sides.ts'
import { type NotedKeys, replayKeys } from '../../core/data/crosswalk/records/key-log.ts'
import { Links } from '../../core/data/crosswalk/records/links.ts'
import { type BoundMap, targetsOf } from '../../core/data/crosswalk/records/map-account.ts'
import type { RunKey } from '../run-key.ts'
import type { Block } from '../stretches/blocks.ts'
import { gapsOfInputs } from '../stretches/lost.ts'
import { onlyPiece } from '../stretches/read-parts.ts'
import type { Turns } from '../stretches/read-tasks.ts'
import { rangeOf, stretchesOf } from '../stretches/stretches-of.ts'
import type { WorkFolder } from '../work-folder.ts'
import { type MapAsked, type MapPart, readKeys } from './map-parts.ts'

/** @param turn of which rows are to be mapped */
export async function linksBefore(
  turn: number,
  folder: WorkFolder,
  key: RunKey,
  asked: MapAsked,
  blocks: readonly Block[],
  turns: Turns,
  { legacy, plan }: BoundMap,
  sides: readonly OpenSide[],
): Promise<Links> {
  const links = new Links(plan.tables)
  replayKeys(deserialize(await onlyPiece(folder, key, 'circles')) as NotedKeys[], links)
  const gaps = turn === 0 ? [] : await gapsOfMap(folder, asked, blocks, turns)
  for (const one of legacy) {
    const input = sides.indexOf(one)
    const targets = targetsOf(one, plan)
    if (targets === null || 'why' in targets || (asked.turns[input] ?? 0) >= turn) continue
    if (links.isLinked(one.table))
      for (const [name, part] of await stretchesOf<MapPart>(folder, blocks, input, turns))
        replayKeys(await readKeys(folder, key, name, part), links)
    links.end(one.table)
    if ((gaps[input] ?? []).length > 0) links.tear(one.table)
  }
  return links
}

/** By input the bytes that nobody mapped, because tasks were set aside. */
export async function gapsOfMap(folder: WorkFolder, asked: MapAsked, blocks: readonly Block[], turns: Turns) {
  return await gapsOfInputs(folder, asked, blocks, async (input, opened) =>
    [...(await stretchesOf<MapPart>(folder, blocks, input, turns)).values()].map(({ totals }) =>
      rangeOf(totals, opened, asked.inputs[input]?.bytes ?? 0),
    ),
  )
}
