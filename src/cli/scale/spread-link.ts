/** `carryover run link`: the plan of a search for duplicate patients, its tasks, and its result from their parts. */
import type { Command } from 'commander'
import type { LinkInput, LinkResult } from '../../core/data/linkage/linkage-types.ts'
import { link } from '../../core/data/linkage/probable-pairs.ts'
import type { ByteSource } from '../../core/operation.ts'
import { type LinkAsked, LinkTasks, linkStages, toldLinks } from '../../scale/link/link-tasks.ts'
import type { RunPlan } from '../../scale/plan.ts'
import type { RunKey } from '../../scale/run-key.ts'
import { blockFor } from '../../scale/stretches/block-size.ts'
import type { WorkFolder } from '../../scale/work-folder.ts'
import { linkTakers, openLink, runLink } from '../data/link.ts'
import { UsageError } from '../shell/usage-error.ts'
import { type BuildProgram, readWords } from '../shell/word-takers.ts'
import { inJobs, jobsFor, wordsOf as wordsOfVerb } from './jobs.ts'
import {
  asPlanned,
  blocksAsked,
  bytesOf,
  inputsAsked,
  planOf,
  refuseOthers,
  reported,
  type SpreadCommand,
} from './spread-command.ts'

/** Shares of the pairs, where nobody chose. */
const usualShares = 32

export const spreadLink: SpreadCommand = {
  // Weights need agreement by chance, and an estimate.
  groundwork: ['open', 'cuts', 'chance', 'estimate'],

  async plan(build, words, { blockBytes, partitions }) {
    const [names, options] = await wordsOf(build, words)
    if (names.includes('-')) throw new UsageError('run takes files; standard input can not be read by several processes.')
    const { input } = await openLink(names, options)
    return linkPlan(words, { ...blocksAsked(sourcesOf(input), blockBytes), shares: partitions ?? usualShares })
  },

  async open(plan, build) {
    const [names, options] = await wordsOf(build, plan.command.words)
    const { input } = await asPlanned(() => openLink(names, options))
    const asked = askedOf(plan)
    refuseOthers(asked, sourcesOf(input))
    return new LinkTasks(asked, input)
  },

  async report(folder, plan, build) {
    const [names, options] = await wordsOf(build, plan.command.words)
    return await reported(folder, (key, read) =>
      runLink(names, options, async function* (input, signal) {
        const asked = askedOf(plan)
        refuseOthers(asked, sourcesOf(input))
        yield { kind: 'result', value: await toldLinks(folder, key, asked, input, read, signal) }
      }),
    )
  },
}

/** The verb itself: large files are compared by several processes, with the result of one. */
export function linkInJobs(command: Command): typeof runLink {
  return async (names, options) =>
    await runLink(names, options, async function* (input, signal) {
      const inputs = inputsAsked(sourcesOf(input))
      const bytes = bytesOf({ inputs })
      const jobs = jobsFor(bytes, options.jobs, names)
      if (jobs === 1) {
        yield* link(input, signal)
        return
      }
      const asked: LinkAsked = { blockBytes: blockFor(bytes, jobs), inputs, shares: jobs }
      const report = (folder: WorkFolder, key: RunKey): Promise<LinkResult> =>
        toldLinks(folder, key, asked, input, () => undefined, signal)
      yield* inJobs(linkPlan(wordsOfVerb(command), asked), jobs, report, signal)
    })
}

function linkPlan(words: readonly string[], asked: LinkAsked): RunPlan {
  return planOf('link', words, asked, linkStages(asked))
}

async function wordsOf(build: BuildProgram, words: readonly string[]) {
  return await readWords(build, 'link', words, linkTakers)
}

function sourcesOf({ inputs }: LinkInput): readonly ByteSource[] {
  return inputs.map(({ source }) => source)
}

function askedOf({ asked }: RunPlan): LinkAsked {
  return asked as object as LinkAsked
}
