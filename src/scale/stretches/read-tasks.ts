/** Which task reads a block, and which one an input that can not be cut: all of them at once, or in turns that follow each other. */
import type { RunPlan } from '../plan.ts'
import { nameOf } from '../tasks.ts'
import { blocksOf } from './blocks.ts'
import type { BlocksAsked } from './opened.ts'

/** Names of tasks. */
export interface ReadTasks {
  ofBlock(block: number): string
  /** Of the one that reads the input at once. */
  ofInput(input: number): string
}

/** Where all inputs are read at once. */
export const atOnce: ReadTasks = {
  ofBlock: (index) => nameOf({ stage: 'map', index }),
  ofInput: (index) => nameOf({ stage: 'whole', index }),
}

export interface Turns extends ReadTasks {
  /** Of each turn one over the blocks of its inputs, then one over its inputs. */
  readonly stages: RunPlan['stages']
  /** What a task reads, by its name; null for one that reads neither. */
  readBy(name: string): { readonly kind: 'block' | 'input'; readonly index: number } | null
}

/** @param turns by input, from 0 and without gaps */
export function inTurns({ inputs, blockBytes }: BlocksAsked, turns: readonly number[]): Turns {
  const names = { block: [] as string[], input: [] as string[] }
  const read = new Map<string, { readonly kind: 'block' | 'input'; readonly index: number }>()
  const counts = new Map<string, number>()
  const take = (kind: 'block' | 'input', index: number, stage: string): void => {
    const name = nameOf({ stage, index: counts.get(stage) ?? 0 })
    counts.set(stage, (counts.get(stage) ?? 0) + 1)
    names[kind][index] = name
    read.set(name, { kind, index })
  }
  const turnOf = (input: number): number => (turns[input] ?? 0) + 1
  for (const [index, { input }] of blocksOf({ inputs, blockBytes }).entries()) take('block', index, `map${turnOf(input)}`)
  for (const input of inputs.keys()) take('input', input, `whole${turnOf(input)}`)
  const stages = Array.from({ length: Math.max(0, ...turns) + 1 }, (_, i) => [`map${i + 1}`, `whole${i + 1}`]).flat()
  return {
    ofBlock: (block) => names.block[block] ?? '',
    ofInput: (input) => names.input[input] ?? '',
    stages: stages.map((name) => ({ name, tasks: counts.get(name) ?? 0 })),
    readBy: (name) => read.get(name) ?? null,
  }
}

/** As the plan of the run has it. */
export function readTasksOf(asked: BlocksAsked): ReadTasks {
  return asked.turns === undefined ? atOnce : inTurns(asked, asked.turns)
}
