/** The verbs that can be spread, and how a process that does tasks opens them. */
import type { OpenJob } from '../../scale/spread-verb.ts'
import type { BuildProgram } from '../shell/word-takers.ts'
import type { SpreadCommand } from './spread-command.ts'

/** Each is loaded when it is named. */
const commands: ReadonlyMap<string, () => Promise<SpreadCommand>> = new Map([
  ['validate', async () => (await import('./spread-validate.ts')).spreadValidate],
  ['profile', async () => (await import('./spread-profile.ts')).spreadProfile],
  ['map', async () => (await import('./spread-map.ts')).spreadMap],
  ['link', async () => (await import('./spread-link.ts')).spreadLink],
  ['reconcile', async () => (await import('./spread-reconcile.ts')).spreadReconcile],
])

export const spreadVerbs: readonly string[] = [...commands.keys()]

export async function spreadCommand(verb: string): Promise<SpreadCommand> {
  const load = commands.get(verb)
  if (!load) throw new Error(`${verb} is not spread`)
  return await load()
}

export function spreadJobs(build: BuildProgram): ReadonlyMap<string, OpenJob> {
  return new Map(
    spreadVerbs.map((verb): [string, OpenJob] => [
      verb,
      async (plan) => {
        process.chdir(plan.command.folder)
        return await (await spreadCommand(verb)).open(plan, build)
      },
    ]),
  )
}
