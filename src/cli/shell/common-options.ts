/** What every verb understands: --quiet, --no-color, --debug, --jobs and --no-settings, before or after the verb. */
import { type Command, InvalidArgumentError } from 'commander'
import { mostUsualJobs } from '../../io/threads/usual-jobs.ts'

/** Adds them to the program before its verbs, which take over how it ends and prints; the verb at hand is given them as its own options. */
export function commonOptions(program: Command): void {
  program
    .option('--quiet', 'no progress; warnings about what was not read or checked stay')
    .option('--no-color', 'no colour; nothing is coloured today, and NO_COLOR and CI are honoured too')
    .option('--debug', 'show the stack of an error')
    .option(
      '--jobs <n>',
      `threads to use at most, otherwise the cores up to ${mostUsualJobs}; results are the same for any number, and most work takes one`,
      jobsOf,
    )
    .option('--no-settings', 'leave the nearest carryover.json out of account')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .showHelpAfterError(false)
    .configureOutput({ outputError: () => undefined })
    .hook('preAction', (_, command) => {
      const { quiet, jobs } = program.opts<{ quiet?: boolean; jobs?: number }>()
      if (quiet === true) command.setOptionValue('quiet', true)
      if (jobs !== undefined) command.setOptionValue('jobs', jobs)
    })
}

function jobsOf(text: string): number {
  const jobs = Number(text)
  if (!/^\d+$/.test(text) || jobs < 1 || jobs > mostJobs)
    throw new InvalidArgumentError(`It takes a whole number from 1 to ${mostJobs}.`)
  return jobs
}

const mostJobs = 1024

/** All commands below the program, groups such as `sample` among them. */
export function everyCommand(program: Command): Command[] {
  return program.commands.flatMap((command) => [command, ...everyCommand(command)])
}

/** The command that the words name, as far as they do. */
export function commandOf(program: Command, words: readonly string[]): Command {
  let command = program
  for (const word of words) {
    const found = command.commands.find((one) => one.name() === word)
    if (found) command = found
  }
  return command
}
