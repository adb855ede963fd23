/** `carryover agreement <ratings>`: how far readers agree, beyond what chance would give. */
import { type Command, Option } from 'commander'
import { verdicts } from '../../core/review/model/review-event.ts'
import {
  type Agreement,
  agreementOf,
  type Coefficient,
  nominal,
  type Ratings,
  specificAgreement,
  strengthWords,
  weightsOf,
} from '../../core/review/statistics/agreement.ts'
import { readStrictTable } from '../inputs/strict-table.ts'
import { printOut } from '../shell/print.ts'
import { InputError } from '../shell/usage-error.ts'

interface AgreementOptions {
  readonly weights: 'none' | 'linear' | 'quadratic'
  readonly format?: 'text' | 'json'
}

export function addAgreement(command: Command): void {
  command
    .argument('<ratings>', 'CSV with one row per item and one column per reader; first column = item, empty = not rated')
    .addOption(
      new Option('--weights <kind>', 'partial credit for neighbours where categories are ordered')
        .choices(['none', 'linear', 'quadratic'])
        .default('none'),
    )
    .addOption(
      new Option('--format <format>', 'text or json; json where the result goes to another program').choices(['text', 'json']),
    )
    .addHelpText('after', '\nExample:\n  carryover agreement samples/review/ratings.csv\n')
    .action(async (path: string, options: AgreementOptions) => {
      const { result, words } = await agreementIn(path, options)
      const format = options.format ?? (process.stdout.isTTY ? 'text' : 'json')
      printOut(format === 'json' ? `${JSON.stringify(result, null, 2)}\n` : words)
    })
}

const shown = [
  ['percent', 'percent agreement'],
  ['kappa', 'kappa (Cohen, Conger)'],
  ['ac1', 'Gwet AC1'],
  ['fleiss', 'Fleiss kappa (Scott pi)'],
  ['brennanPrediger', 'Brennan-Prediger'],
  ['alpha', 'Krippendorff alpha'],
] as const satisfies readonly (readonly [keyof Agreement, string])[]

async function agreementIn(
  path: string,
  { weights }: AgreementOptions,
): Promise<{ readonly result: object; readonly words: string }> {
  const table = await readStrictTable(path)
  const readers = table.header.slice(1)
  if (readers.length < 2)
    throw new InputError(`${path} has ${readers.length} columns of readers; agreement needs at least two beside the item.`)
  const items = new Set(table.rows.map((row) => row[0]))
  if (items.size < table.rows.length) throw new InputError(`${path}: an item is listed twice; each item has one row.`)
  const categories = categoriesOf(table.rows.flatMap((row) => row.slice(1)))
  const units = table.rows.map((row): Ratings => row.slice(1).map((cell) => (cell === '' ? null : categories.indexOf(cell))))
  const agreement = agreementOf(units, categories.length, weights === 'none' ? nominal : weightsOf(weights, categories.length))
  if (!agreement)
    throw new InputError(
      `${path}: nothing to compare. At least one item needs two ratings, and two different categories must occur.`,
    )
  const errors = errorAgreement(units, categories)
  const result = {
    items: agreement.units,
    rated: agreement.shared,
    readers: readers.length,
    categories,
    ...Object.fromEntries(shown.map(([name]) => [name, plain(agreement[name])])),
    errors,
  }
  const lines = shown.map(([name, words]) => `${words.padEnd(24)} ${coefficientText(agreement[name])}`)
  const seen = errors === null ? '' : `${'agreement on errors'.padEnd(24)} ${errors.toFixed(3)}\n`
  const few = agreement.shared < 30 ? 'Fewer than 30 items were rated twice: not enough to say.\n' : ''
  return {
    result,
    words: `${agreement.shared} of ${agreement.units} items rated by two readers or more, ${categories.length} categories.\n${lines.join('\n')}\n${seen}${few}`,
  }
}

/** Verdicts in their order, numbers by size, anything else by its text. */
function categoriesOf(cells: readonly string[]): readonly string[] {
  const found = [...new Set(cells)].filter((cell) => cell !== '')
  if (found.every((cell) => verdicts.some((verdict) => verdict === cell))) return [...verdicts]
  if (found.every((cell) => Number.isFinite(Number(cell)))) return found.sort((a, b) => Number(a) - Number(b))
  return found.sort()
}

/** For two readers with verdicts: how often one confirms an error that the other sees. */
function errorAgreement(units: readonly Ratings[], categories: readonly string[]): number | null {
  const isError = (rating: number): boolean => ['harmful', 'wrong'].includes(categories[rating] ?? '')
  const pairs = units.flatMap((unit) => {
    const [a, b] = unit.filter((rating) => rating !== null)
    return a === undefined || b === undefined ? [] : [[isError(a), isError(b)] as const]
  })
  return specificAgreement(pairs)
}

function plain({ value, error, interval }: Coefficient): object {
  return { value: round(value), error: round(error), interval: interval.map(round) }
}

/** Nine decimals: more than any table prints, and the same on every engine. */
function round(value: number): number {
  return Number(value.toFixed(9))
}

function coefficientText({ value, interval: [low, high] }: Coefficient): string {
  return `${value.toFixed(3)}  (95 %: ${low.toFixed(3)} to ${high.toFixed(3)}), ${strengthWords(value)}`
}
