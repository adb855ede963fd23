/** Tasks that were set aside, and the bytes that nobody read therefore: what the report of every verb lists. */
import type { ToldGap } from '../../core/data/validate/told.ts'
import type { NotEvaluated } from '../../core/finding.ts'
import { planOf } from '../plan.ts'
import { doneOf } from '../run-task.ts'
import { nameOf, stageOf, tasksOf } from '../tasks.ts'
import { readJson, type WorkFolder } from '../work-folder.ts'
import { type Block, scansOf } from './blocks.ts'
import { type BlocksAsked, cutsPartOf, type OpenedInput, openPartOf } from './opened.ts'
import { readTasksOf } from './read-tasks.ts'

/** Tasks of a stage that were set aside: their numbers, each with the reason. */
export async function lostTasks(folder: WorkFolder, stage: string): Promise<ReadonlyMap<number, string>> {
  const lost = new Map<number, string>()
  const plan = planOf(await readJson(folder, 'plan.json'))
  if (plan === null) return lost
  for (const task of tasksOf(plan, stage)) {
    const done = await doneOf(folder, task)
    if (done?.outcome === 'set-aside') lost.set(task.index, done.why ?? '')
  }
  return lost
}

/** Those of some tasks that were set aside: their names, each with the reason. */
export async function lostNames(folder: WorkFolder, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const lost = new Map<string, string>()
  for (const stage of new Set(names.map(stageOf)))
    for (const [index, why] of await lostTasks(folder, stage)) lost.set(nameOf({ stage, index }), why)
  return new Map(names.flatMap((name): [string, string][] => (lost.has(name) ? [[name, lost.get(name) ?? '']] : [])))
}

export interface Range {
  readonly from: number
  readonly to: number
}

/**
 * By input what nobody read; nothing of one that the report reads itself. @param rangesOf what tasks read of an input, in the order of the
 * file; asked for inputs of which tasks were set aside
 */
export async function gapsOfInputs(
  folder: WorkFolder,
  asked: BlocksAsked,
  blocks: readonly Block[],
  rangesOf: (input: number, opened: OpenedInput) => Promise<readonly Range[]>,
): Promise<(readonly ToldGap[])[]> {
  const { inputs } = asked
  const scans = scansOf(asked)
  const tasks = readTasksOf(asked)
  const opened = await openPartOf(folder)
  const cuts = await cutsPartOf(folder)
  const census = await lostTasks(folder, 'census')
  const map = await lostNames(
    folder,
    blocks.map((_, index) => tasks.ofBlock(index)),
  )
  const wholes = await lostNames(
    folder,
    inputs.map((_, input) => tasks.ofInput(input)),
  )
  return await Promise.all(
    inputs.map(async ({ bytes }, input) => {
      const own = opened.inputs[input]
      const { lostFrom = null } = cuts.inputs[input] ?? {}
      const whole = wholes.get(tasks.ofInput(input))
      const ofBlocks = [...blocks.entries()].flatMap(([index, block]) => {
        if (block.input !== input) return []
        const isBehind = own?.isCut === true && lostFrom !== null && block.number >= lostFrom
        const why =
          map.get(tasks.ofBlock(index)) ?? (isBehind ? [...census].find(([at]) => scans[at]?.input === input)?.[1] : undefined)
        return why === undefined ? [] : [{ from: block.from, to: block.to, why }]
      })
      const known = whole === undefined ? ofBlocks : [{ from: 0, to: bytes, why: whole }]
      if (own === undefined || known.length === 0) return []
      const from = own.kind === 'table' ? own.bodyByte : 0
      return gapsOf({ from, to: bytes }, await rangesOf(input, own), known)
    }),
  )
}

/** For the report: each stretch of bytes that nobody read. @param meaning what follows from that; empty where the report says it otherwise */
export function notReadOf(
  gaps: readonly (readonly ToldGap[])[],
  inputName: (input: number) => string,
  meaning = '',
): NotEvaluated[] {
  return gaps.flatMap((own, input) =>
    own.map(({ from, to, why }) => ({
      what: `Bytes ${from.toLocaleString('en')} to ${to.toLocaleString('en')} of ${inputName(input)}`,
      why: setAsideWords(why, meaning),
    })),
  )
}

/** @param meaning what follows from that */
export function setAsideWords(why: string, meaning = ''): string {
  const words = `The task was set aside after three attempts: ${why}`
  return meaning === '' ? words : `${words.replace(/\.$/, '')}. ${meaning}`
}

/**
 * What stretches leave out of a whole. @param stretches in the order of the file  @param lost blocks whose tasks were set aside, in order
 */
export function gapsOf(
  whole: Range,
  stretches: readonly Range[],
  lost: readonly (Range & { readonly why: string })[],
): ToldGap[] {
  const gaps: ToldGap[] = []
  let at = whole.from
  for (const { from, to } of [...stretches, { from: whole.to, to: whole.to }]) {
    if (from > at) {
      const own = lost.find((one) => one.from < from && one.to > at) ?? lost[0]
      gaps.push({ from: at, to: from, why: own?.why ?? '' })
    }
    at = Math.max(at, to)
  }
  return gaps
}
