/** The words of a verb as its flags read them, for whoever does its work elsewhere. */
import type { Command } from 'commander'
import { UsageError } from './usage-error.ts'

/** Makes the program with the verbs that the words name. */
export type BuildProgram = (words: readonly string[]) => Promise<Command>

/** Who takes the words of a verb as they were read, in place of its own run; by command. */
export type WordTakers<Read extends readonly unknown[]> = WeakMap<Command, (...read: Read) => Promise<number>>

/** The words of a verb as the program reads them, settings included; nothing is run. */
export async function readWords<Read extends readonly unknown[]>(
  build: BuildProgram,
  verb: string,
  words: readonly string[],
  takers: WordTakers<Read>,
): Promise<Read> {
  // A program of its own: flags that are collected are collected once.
  const program = await build([verb, ...words])
  const command = program.commands.find((one) => one.name() === verb)
  if (!command) throw new Error(`The program has no verb ${verb}`)
  let read: Read | null = null
  takers.set(command, async (...given) => {
    read = given
    return 0
  })
  await program.parseAsync([verb, ...words], { from: 'user' })
  if (read === null) throw new UsageError(`run ${verb} takes the words of ${verb}.`)
  return read
}
