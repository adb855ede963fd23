/** `carryover run profile`: the plan of a profile, its tasks, and its report from their parts. */
import type { Command } from 'commander'
import { type ProfileResult, profile } from '../../core/data/profile/profile.ts'
import type { RunPlan } from '../../scale/plan.ts'
import { ProfileTasks, profileStages, toldProfile } from '../../scale/profile/profile-tasks.ts'
import type { RunKey } from '../../scale/run-key.ts'
import { blockFor } from '../../scale/stretches/block-size.ts'
import type { BlocksAsked } from '../../scale/stretches/opened.ts'
import type { WorkFolder } from '../../scale/work-folder.ts'
import { openProfile, type ProfileOptions, profileTakers, runProfile } from '../data/profile.ts'
import { printAside } from '../shell/print.ts'
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

export const spreadProfile: SpreadCommand = {
  groundwork: ['open', 'cuts'],

  async plan(build, words, { blockBytes }) {
    const [names, options] = await wordsOf(build, words)
    if (names.includes('-')) throw new UsageError('run takes files; standard input can not be read by several processes.')
    const { input } = await openProfile(names, options)
    const asked = blocksAsked(
      input.inputs.map(({ source }) => source),
      blockBytes,
    )
    return planOf('profile', words, asked, profileStages(asked))
  },

  async open(plan, build) {
    const [names, options] = await wordsOf(build, plan.command.words)
    const { input } = await asPlanned(() => openProfile(names, options))
    const asked = askedOf(plan)
    refuseOthers(
      asked,
      input.inputs.map(({ source }) => source),
    )
    return new ProfileTasks(asked, input)
  },

  async report(folder, plan, build) {
    const [names, options, order] = await wordsOf(build, plan.command.words)
    return await reported(folder, (key, read) =>
      runProfile(names, options, order, async function* (input, signal) {
        const asked = askedOf(plan)
        refuseOthers(
          asked,
          input.inputs.map(({ source }) => source),
        )
        const { result, readHere } = await toldProfile(folder, key, asked, input, read, signal)
        for (const line of readHere) printAside(`${line}\n`)
        yield { kind: 'result', value: result }
      }),
    )
  },
}

/** The verb itself: a large input is profiled by several processes, with the result of one. */
export function profileInJobs(command: Command): typeof runProfile {
  return async (names, options, order) =>
    await runProfile(names, options, order, async function* (input, signal) {
      const inputs = inputsAsked(input.inputs.map(({ source }) => source))
      const bytes = bytesOf({ inputs })
      const jobs = jobsFor(bytes, options.jobs, names)
      if (jobs === 1) {
        yield* profile(input, signal, true)
        return
      }
      const asked: BlocksAsked = { blockBytes: blockFor(bytes, jobs), inputs }
      const plan = planOf('profile', wordsOfVerb(command), asked, profileStages(asked))
      const report = async (folder: WorkFolder, key: RunKey): Promise<ProfileResult> =>
        (await toldProfile(folder, key, asked, input, () => undefined, signal)).result
      yield* inJobs(plan, jobs, report, signal)
    })
}

async function wordsOf(build: BuildProgram, words: readonly string[]) {
  const read = await readWords(build, 'profile', words, profileTakers)
  refuseUnspread(read[1])
  return read
}

/** What reads the files once more is asked of the verb alone. */
function refuseUnspread({ suggestSchema, compareSchema, clean }: ProfileOptions): void {
  const given = Object.entries({ 'suggest-schema': suggestSchema, 'compare-schema': compareSchema, clean })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name}`)
  if (given.length > 0)
    throw new UsageError(`run profile spreads the profile alone; give ${given.join(', ')} to carryover profile.`)
}

function askedOf({ asked }: RunPlan): BlocksAsked {
  return asked as object as BlocksAsked
}
