/** What a task of a run reads, for whoever is told that it was not done. */
import type { RunPlan } from '../plan.ts'
import { stageOf } from '../tasks.ts'
import { blocksOf } from './blocks.ts'
import type { BlocksAsked } from './opened.ts'
import { inTurns } from './read-tasks.ts'

/** Stages whose tasks are blocks; in some of them inputs that are read whole follow. */
const ofBlocks: readonly string[] = ['census', 'map', 'patients', 'strays']
/** Stages whose tasks are shares of the keys, pairs or patients. */
const ofShares: readonly string[] = ['reduce', 'learn', 'weigh']

/** What a task reads, in words: bytes of an input, a whole input, or a share; empty where there is nothing to name. */
export function placeOf({ asked, stages }: RunPlan, task: string): string {
  const { blockBytes, scanBytes, inputs, turns } = asked as Partial<BlocksAsked>
  const stage = stageOf(task)
  const index = Number(task.split('-')[1])
  if (ofShares.includes(stage)) return `share ${index + 1} of ${stages.find(({ name }) => name === stage)?.tasks}`
  if (blockBytes === undefined || inputs === undefined) return ''
  const read = turns === undefined ? null : inTurns({ blockBytes, inputs }, turns).readBy(task)
  if (read?.kind === 'input') return inputs[read.index]?.name ?? ''
  const bytes = stage === 'census' ? (scanBytes ?? blockBytes) : blockBytes
  const blocks = read !== null || ofBlocks.includes(stage) ? blocksOf({ blockBytes: bytes, inputs }) : []
  const block = blocks[read?.index ?? index]
  if (block !== undefined)
    return `bytes ${block.from.toLocaleString('en')} to ${block.to.toLocaleString('en')} of ${inputs[block.input]?.name}`
  const whole = stage === 'whole' || blocks.length > 0 ? inputs[index - blocks.length] : undefined
  return whole === undefined ? '' : whole.name
}
