/** What tasks that were set aside leave open in a validation: bytes that nobody judged, and what can not be told without them. */

import type { KeySetOfRun } from '../../core/data/keys/key-run.ts'
import type { ToldGap } from '../../core/data/validate/told.ts'
import type { NotEvaluated } from '../../core/finding.ts'
import type { Block } from '../stretches/blocks.ts'
import { gapsOf, lostTasks, type Range } from '../stretches/lost.ts'
import type { CutsPart, OpenPart } from '../stretches/opened.ts'
import { stretchesOf } from '../stretches/stretches-of.ts'
import type { WorkFolder } from '../work-folder.ts'
import { linesOf, type ValidateAsked } from './parts.ts'

/** By stage the numbers of tasks that were set aside, each with the reason. */
export interface Lost {
  readonly census: ReadonlyMap<number, string>
  readonly map: ReadonlyMap<number, string>
  readonly whole: ReadonlyMap<number, string>
  readonly reduce: ReadonlyMap<number, string>
  /** By input. */
  readonly strays: ReadonlyMap<number, string>
  readonly partitions: number
}

export async function lostOf(folder: WorkFolder, { partitions }: ValidateAsked, blocks: readonly Block[]): Promise<Lost> {
  const strays = await lostTasks(folder, 'strays')
  return {
    census: await lostTasks(folder, 'census'),
    map: await lostTasks(folder, 'map'),
    whole: await lostTasks(folder, 'whole'),
    reduce: await lostTasks(folder, 'reduce'),
    strays: new Map([...strays].map(([index, why]) => [blocks[index]?.input ?? index - blocks.length, why])),
    partitions,
  }
}

/** By input what nobody judged; nothing of one that the report reads itself. */
export async function gapsOfInputs(
  folder: WorkFolder,
  { inputs }: ValidateAsked,
  blocks: readonly Block[],
  opened: OpenPart,
  cuts: CutsPart,
  lost: Lost,
): Promise<(readonly ToldGap[])[]> {
  return await Promise.all(
    inputs.map(async ({ bytes }, input) => {
      const own = opened.inputs[input]
      const { lostFrom = null } = cuts.inputs[input] ?? {}
      const whole = lost.whole.get(input)
      const ofBlocks = [...blocks.entries()].flatMap(([index, block]) => {
        if (block.input !== input) return []
        const isBehind = own?.isCut === true && lostFrom !== null && block.number >= lostFrom
        const why =
          lost.map.get(index) ?? (isBehind ? [...lost.census].find(([at]) => blocks[at]?.input === input)?.[1] : undefined)
        return why === undefined ? [] : [{ from: block.from, to: block.to, why }]
      })
      const known = whole === undefined ? ofBlocks : [{ from: 0, to: bytes, why: whole }]
      if (own === undefined || own.kind === 'here' || known.length === 0) return []
      const stretches: Range[] =
        own.kind === 'lines'
          ? [...(await linesOf(folder, blocks, input)).values()]
          : [...(await stretchesOf(folder, blocks, input)).values()].map(({ totals: { from, to } }) => ({
              from: from?.byte ?? own.bodyByte,
              to: to?.byte ?? bytes,
            }))
      return gapsOf({ from: own.kind === 'lines' ? 0 : own.bodyByte, to: bytes }, stretches, known)
    }),
  )
}

/** For the report: each stretch of bytes that nobody judged, and each share of the keys that nobody compared. */
export function notJudgedOf(
  gaps: readonly (readonly ToldGap[])[],
  { reduce, strays, partitions }: Lost,
  nameOf: (input: number) => string,
): NotEvaluated[] {
  const because = (why: string): string => `The task was set aside after three attempts: ${why}`
  return [
    ...gaps.flatMap((own, input) =>
      own.map(({ from, to, why }) => ({
        what: `Bytes ${from.toLocaleString('en')} to ${to.toLocaleString('en')} of ${nameOf(input)}`,
        why: because(why),
      })),
    ),
    ...[...reduce].map(([share, why]) => ({ what: `Share ${share + 1} of ${partitions} of the keys`, why: because(why) })),
    ...[...strays].map(([input, why]) => ({
      what: `Records of ${nameOf(input)} whose keys were to be compared`,
      why: because(why),
    })),
  ]
}

/** Why what is told of a set of keys is not all there is. @param torn inputs of which bytes were not judged */
export function doubtsOf(
  sets: readonly KeySetOfRun[],
  set: number,
  torn: ReadonlySet<number>,
  { reduce, strays }: Lost,
  nameOf: (input: number) => string,
): { readonly lowerBound?: string; readonly unknown?: string } {
  const own = sets[set]
  if (own === undefined) return {}
  const parents = own.parents === null ? undefined : sets[own.parents]
  if (parents && torn.has(parents.input))
    return { unknown: `Some bytes of ${nameOf(parents.input)} were not judged, so nobody knows which keys are missing.` }
  const isShort = torn.has(own.input) || reduce.size > 0 || strays.has(own.input)
  const what = torn.has(own.input)
    ? `some bytes of ${nameOf(own.input)} were not judged`
    : reduce.size > 0
      ? 'some of the keys were not compared'
      : 'some of the records were not read again'
  return isShort ? { lowerBound: `The count is a lower bound, since ${what}.` } : {}
}
