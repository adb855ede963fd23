/** `carryover example`: invented data to learn and to measure with. Memory follows the batch, not the size. */
import { createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { exampleSets } from '../../../samples/readiness/example-files.ts'
import { riversideDefaults } from '../../../samples/riverside/generate.ts'
import { largeLog } from '../../../samples/workflow/large-log.ts'
import { aDay } from '../shell/flag-values.ts'
import { printOut } from '../shell/print.ts'
import { UsageError } from '../shell/usage-error.ts'
import { writeBoardFiles, writeRoleTable } from './board-files.ts'
import { writeClinic } from './clinic.ts'
import { writeExtract } from './extracts.ts'
import { writeSmallFiles } from './small-files.ts'

interface ExampleOptions {
  readonly out: string
  readonly patients: number
  readonly seed: string
  readonly asOf: string
  readonly files?: true
  readonly board?: string
  readonly extract?: number
  readonly realistic?: true
  readonly crlf?: true
  readonly eventLog?: number
}

const roleTable = 'role-table'

/** Each of them writes something else. */
const kinds = ['files', 'board', 'extract', 'eventLog'] as const

export function addExample(command: Command): void {
  command
    .requiredOption('--out <path>', 'new folder to write into; a file with --extract and --event-log')
    .option(
      '--patients <number>',
      'patients of the sample clinic',
      wholeFrom(1, 5_000_000, 'a whole number'),
      riversideDefaults.patients,
    )
    .option('--seed <text>', 'another clinic for each text', riversideDefaults.seed)
    .option('--as-of <day>', 'the day that the files speak from', aDay, riversideDefaults.asOf)
    .option('--files', 'the small files that the pages of the documentation read')
    .addOption(
      new Option('--board <set>', 'example files of the board: ready, at risk or blocked in a phase').choices([
        ...exampleSets.map(({ name }) => name),
        roleTable,
      ]),
    )
    .option('--extract <number>', 'one large table of so many bytes, with its schema', wholeFrom(1000, 1e12, 'a number of bytes'))
    .option('--realistic', 'with --extract: letters, quotes and line breaks of real files')
    .option('--crlf', 'with --realistic: lines end as on Windows')
    .option(
      '--event-log <number>',
      'the event log of an emergency department with so many cases',
      wholeFrom(1, 10_000_000, 'a number of cases'),
    )
    .addHelpText(
      'after',
      '\nWithout one of the last flags it writes the sample clinic: a whole migration, with its defects. All of it is invented.\n\nExamples:\n  carryover example --files --out samples\n  carryover example --out riverside\n  carryover example --board go-live-blocked --out files\n  carryover example --extract 100000000 --realistic --out big.csv\n  carryover example --event-log 10000 --out ed.xes\n',
    )
    .action(async (options: ExampleOptions) => writeExample(options))
}

function wholeFrom(least: number, most: number, what: string): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`It takes ${what} from ${least} to ${most}.`)
    return value
  }
}

async function writeExample(options: ExampleOptions): Promise<void> {
  const asked = kinds.filter((kind) => options[kind] !== undefined)
  if (asked.length > 1)
    throw new UsageError('--files, --board, --extract and --event-log write different examples; name one of them.')
  if (options.realistic && options.extract === undefined) throw new UsageError('--realistic goes with --extract.')
  if (options.crlf && !options.realistic) throw new UsageError('--crlf goes with --realistic; the clean extract has line feeds.')
  const { out } = options
  if (options.extract !== undefined) {
    await writeExtract(out, options.extract, options)
    return
  }
  if (options.eventLog !== undefined) {
    mkdirSync(dirname(out), { recursive: true })
    await pipeline(Readable.from(largeLog(options.eventLog)), createWriteStream(out))
    printOut(`${out}: ${options.eventLog} cases\n`)
    return
  }
  if (options.files) {
    writeSmallFiles(out)
    return
  }
  if (existsSync(out) && readdirSync(out).length > 0) throw new UsageError(`--out ${out} is not empty; name a new folder.`)
  if (options.board === roleTable) writeRoleTable(out)
  else if (options.board !== undefined) writeBoardFiles(options.board, options.asOf, out)
  else writeClinic(options, out)
}
