/** All verbs as one program, and a run of it: words in, exit code out. */

import { Command, CommanderError } from 'commander'
import { UnreadableSource } from '../core/operation.ts'
import { errorWords } from '../core/values/error-words.ts'
import { Unwritten } from '../io/files/whole-file.ts'
import { commandOf, commonOptions } from './shell/common-options.ts'
import { exitCode, exitCodeWords } from './shell/exit-codes.ts'
import { isClosedPipe } from './shell/pipes.ts'
import { printAside } from './shell/print.ts'
import { applySettings, settingPlace } from './shell/settings.ts'
import { InputError, UsageError } from './shell/usage-error.ts'
import { usageSentence } from './shell/usage-sentence.ts'
import { verbs } from './verbs.ts'

declare const __VERSION__: string

const footer = `
Exit codes: ${exitCodeWords}.
A reader that closes the pipe early changes no exit code.

Example:
  carryover example --files --out samples
  carryover validate samples/data/*.csv --schema samples/data/datapackage.json
`

/** All verbs by name; those that the words name have their flags and inputs, too, and without words every verb has. */
export async function buildProgram(words: readonly string[] | 'all'): Promise<Command> {
  const program = new Command('carryover')
    .description('Check what you carry over when you replace one clinical system by another.')
    .version(__VERSION__)
    .addHelpText('after', footer)
  commonOptions(program)
  const waiting = new Map(
    verbs.map(({ name, about, load }) => {
      const command = program.command(name).description(about)
      return [name, async () => (await load())(command, buildProgram)]
    }),
  )
  const add = async (names: Iterable<string>): Promise<void> => {
    for (const name of names) {
      const addVerb = waiting.get(name)
      waiting.delete(name)
      await addVerb?.()
    }
  }
  // Completion and a settings file speak of the flags of every verb.
  const addAll = (): Promise<void> => add([...waiting.keys()])
  if (words === 'all' || words.includes('completion')) await addAll()
  else await add(words)
  applySettings(program, words === 'all' ? [] : words, addAll)
  return program
}

/** Runs the words after `carryover`; what a run says goes to the streams of the process. */
export async function run(words: readonly string[]): Promise<number> {
  const program = await buildProgram(words)
  process.exitCode = exitCode.passed
  try {
    await program.parseAsync([...words], { from: 'user' })
    return Number(process.exitCode)
  } catch (error) {
    return report(error, program, words)
  }
}

/** Names the settings that a wrong value came from, if it did. */
function origin(sentence: string, commands: readonly Command[]): string {
  const flag = /--[\w-]+/.exec(sentence)?.[0]
  const option = commands.flatMap(({ options }) => options).find(({ long }) => long === flag)
  const place = option && settingPlace(option)
  return place ? ` It stands in ${place}.` : ''
}

function report(error: unknown, program: Command, words: readonly string[]): number {
  const command = commandOf(program, words)
  const say = (...lines: readonly string[]): void => void printAside(`${lines.join('\n')}\n`)
  const usage = (): string => `Usage: ${command.createHelp().commandUsage(command)}`
  const stack = (): string[] => (words.includes('--debug') && error instanceof Error ? [error.stack ?? ''] : [])
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0
    const sentence = usageSentence(error, command)
    if (sentence !== null) say(sentence, usage(), ...stack())
    return exitCode.usage
  }
  if (error instanceof UsageError) {
    say(error.message + origin(error.message, [command, program]), usage(), ...stack())
    return error.exitCode
  }
  if (error instanceof InputError || error instanceof UnreadableSource || error instanceof Unwritten) {
    say(error.message, ...stack())
    return error.exitCode
  }
  if (isClosedPipe(error)) return Number(process.exitCode ?? 0)
  say(`Carryover stopped on an error of its own: ${errorWords(error)}`, ...stack())
  if (stack().length === 0) say('Run the same command with --debug to see where.')
  return exitCode.ownError
}
