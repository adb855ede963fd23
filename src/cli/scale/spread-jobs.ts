/** The verbs that can be spread, as a process that does tasks opens them. */
import type { Command } from 'commander'
import type { OpenJob } from '../../scale/spread-verb.ts'

/** Makes the program with the verbs that the words name. */
export type BuildProgram = (words: readonly string[]) => Promise<Command>

export const spreadVerbs = ['validate']

export function spreadJobs(build: BuildProgram): ReadonlyMap<string, OpenJob> {
  return new Map<string, OpenJob>([
    [
      'validate',
      async (plan) => {
        process.chdir(plan.command.folder)
        const words = ['validate', ...plan.command.words]
        const { openValidateJob } = await import('./spread-validate.ts')
        return await openValidateJob(plan, await build(words))
      },
    ],
  ])
}
