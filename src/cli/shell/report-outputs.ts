/** Which formats of a report go where: each `--out` belongs to the `--format` beside it, and one format may go to standard output. */
import { reportFormats } from '../../core/data/report/index.ts'
import type { OutputFlag } from './output-order.ts'
import { UsageError } from './usage-error.ts'

export interface Output {
  readonly format: string
  /** Null for standard output. */
  readonly file: string | null
}

export interface OutputChoices {
  readonly format: readonly string[]
  readonly out: readonly string[]
}

/**
 * `order` are the flags as they were written: an `--out` belongs to the `--format` before it, or, where an `--out` came first, to the
 * one after it. `known` are the formats of the command.
 */
export function outputsOf(
  options: OutputChoices,
  order: readonly OutputFlag[],
  known: ReadonlyMap<string, unknown> = reportFormats,
): Output[] {
  const formats = options.format.length > 0 ? options.format : ['text']
  for (const format of formats)
    if (!known.has(format)) throw new UsageError(`--format got "${format}"; it takes ${[...known.keys()].join(', ')}.`)
  if (options.out.length > formats.length)
    throw new UsageError(
      `--out was given ${options.out.length} times for ${formats.length} --format; each file needs its format.`,
    )
  if (formats.length - options.out.length > 1)
    throw new UsageError('Only one --format can go to standard output; give the others an --out.')
  const files = options.format.length === 0 ? options.out : paired(options, order)
  return formats.map((format, i) => ({ format, file: files[i] ?? null }))
}

/** The file of each format, by the place of both on the command line. */
function paired({ format, out }: OutputChoices, order: readonly OutputFlag[]): (string | undefined)[] {
  const outs = order.filter((flag) => flag === 'out').length
  // The first files may have been taken for something else, such as the folder of an export.
  let file = out.length - outs
  const flags = order.filter((flag) => flag === 'format' || file++ >= 0)
  const isMirrored = flags[0] === 'out'
  const files: (string | undefined)[] = format.map(() => undefined)
  let formats = 0
  let used = 0
  for (const flag of flags) {
    if (flag === 'format') {
      formats++
      continue
    }
    const at = isMirrored ? formats : formats - 1
    const name = out[used++]
    if (at >= format.length || files[at] !== undefined)
      throw new UsageError(`--out "${name}" stands beside no --format of its own; write each --out right after its --format.`)
    files[at] = name
  }
  return files
}
