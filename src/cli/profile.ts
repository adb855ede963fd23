/** `carryover profile`: what the columns of tables hold, and a schema that fits them. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type ProfileResult, profile } from '../core/data/profile.ts'
import { openInputs, type ReadingOptions, readingOf, readingOptions } from './data-inputs.ts'
import { resultOf } from './interruptible.ts'
import { UsageError } from './usage-error.ts'

interface ProfileOptions extends ReadingOptions {
  readonly suggestSchema?: string
  readonly format: string
  readonly reveal?: boolean
  readonly quiet?: boolean
}

export function addProfile(program: Command): void {
  const command = program
    .command('profile')
    .argument('<inputs...>', 'files, folders, patterns, or "-" for standard input')
    .description('per-column statistics and a suggested schema')
    .option('--suggest-schema <file>', 'write a data package with a Table Schema per table')
    .option('--format <name>', 'text or json', 'text')
    .option('--reveal', 'show smallest and largest values; they may be those of patients')
    .option('--quiet', 'no progress')
  readingOptions(command)
    .addHelpText('after', '\nExample:\n  carryover profile samples/data/*.csv\n')
    .action(async (names: readonly string[], options: ProfileOptions) => {
      process.exitCode = await runProfile(names, options)
    })
}

async function runProfile(names: readonly string[], options: ProfileOptions): Promise<number> {
  if (options.format !== 'text' && options.format !== 'json')
    throw new UsageError(`--format got "${options.format}"; profile takes text or json.`)
  const { inputs } = await openInputs(names, readingOf(options))
  const done = await resultOf((signal) => profile({ inputs }, signal), options.quiet === true)
  if (done === null) {
    process.stderr.write('Interrupted; a profile of part of the rows would mislead, so none is shown.\n')
    return 130
  }
  const result = done.value
  const shown = options.reveal === true ? result : masked(result)
  process.stdout.write(options.format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : textOf(shown))
  if (options.suggestSchema !== undefined)
    await writeFile(options.suggestSchema, `${JSON.stringify(result.suggested, null, 2)}\n`)
  return result.inputs.some((input) => input.status === 'unreadable') ? 3 : 0
}

/** Smallest and largest values are values of patients. */
function masked(result: ProfileResult): ProfileResult {
  return { ...result, fields: result.fields.map((field) => ({ ...field, min: null, max: null })) }
}

function textOf(result: ProfileResult): string {
  const lines: string[] = []
  result.inputs.forEach((input, index) => {
    lines.push(`${input.name}: ${input.records} records, ${input.status}`)
    for (const field of result.fields.filter((candidate) => candidate.input === index)) {
      const empty = Object.values(field.nulls).reduce((sum, n) => sum + n, 0)
      const types = Object.entries(field.types).map(([type, n]) => `${type} ${n}`)
      const range = field.min === null ? '' : `, ${field.min} to ${field.max}`
      lines.push(
        `  ${field.field}: ${field.filled} filled, ${empty} empty, ${field.distinct ?? 'over 10000'} distinct${types.length > 0 ? `, ${types.join(', ')}` : ''}${range}`,
      )
    }
  })
  for (const { what, why } of result.notEvaluated) lines.push(`${what}: ${why}`)
  return `${lines.join('\n')}\n`
}
