/** What tasks that were set aside leave open in a validation: bytes that nobody judged, and what can not be told without them. */

import type { KeySetOfRun } from '../../core/data/keys/key-run.ts'
import type { ToldGap } from '../../core/data/validate/told.ts'
import type { NotEvaluated } from '../../core/finding.ts'
import type { Block } from '../stretches/blocks.ts'
import { gapsOfInputs, lostTasks, notReadOf, setAsideWords } from '../stretches/lost.ts'
import { rangeOf, stretchesOf } from '../stretches/stretches-of.ts'
import type { WorkFolder } from '../work-folder.ts'
import { linesOf, type ValidateAsked } from './parts.ts'

/** By stage the numbers of tasks that were set aside, each with the reason. */
export interface Lost {
  readonly reduce: ReadonlyMap<number, string>
  /** By input. */
  readonly strays: ReadonlyMap<number, string>
  readonly partitions: number
}

export async function lostOf(folder: WorkFolder, { partitions }: ValidateAsked, blocks: readonly Block[]): Promise<Lost> {
  const strays = await lostTasks(folder, 'strays')
  return {
    reduce: await lostTasks(folder, 'reduce'),
    strays: new Map([...strays].map(([index, why]) => [blocks[index]?.input ?? index - blocks.length, why])),
    partitions,
  }
}

/** By input what nobody judged; nothing of one that the report reads itself. */
export async function judgedGaps(
  folder: WorkFolder,
  asked: ValidateAsked,
  blocks: readonly Block[],
): Promise<(readonly ToldGap[])[]> {
  const whole = (input: number): number => asked.inputs[input]?.bytes ?? 0
  return await gapsOfInputs(folder, asked, blocks, async (input, own) =>
    own.kind === 'here'
      ? [{ from: 0, to: whole(input) }]
      : own.kind === 'lines'
        ? [...(await linesOf(folder, blocks, input)).values()]
        : [...(await stretchesOf(folder, blocks, input)).values()].map(({ totals }) => rangeOf(totals, own, whole(input))),
  )
}

/** For the report: each stretch of bytes that nobody judged, and each share of the keys that nobody compared. */
export function notJudgedOf(
  gaps: readonly (readonly ToldGap[])[],
  { reduce, strays, partitions }: Lost,
  nameOf: (input: number) => string,
): NotEvaluated[] {
  return [
    ...notReadOf(gaps, nameOf),
    ...[...reduce].map(([share, why]) => ({ what: `Share ${share + 1} of ${partitions} of the keys`, why: setAsideWords(why) })),
    ...[...strays].map(([input, why]) => ({
      what: `Records of ${nameOf(input)} whose keys were to be compared`,
      why: setAsideWords(why),
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
