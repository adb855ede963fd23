/** `--rejects DIR`: for each file the records that would not load, unchanged, and a list of their places and codes. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isMadeFormat } from '../../../core/data/model/source.ts'
import type { ValidateResult, ValidateSource } from '../../../core/data/model/validation.ts'
import { thousands } from '../../../core/data/report/document.ts'
import type { RejectedRecords } from '../../../core/data/report/rejected-records.ts'
import { hasRejects, rejectSource } from '../../../core/data/report/source-of-input.ts'
import { type RejectTotals, rejectsOf } from '../../../core/data/report/written-rejects.ts'
import { Cancelled } from '../../../core/operation.ts'
import { WholeFile } from '../../../io/files/whole-file.ts'
import { InputError } from '../../shell/usage-error.ts'

export interface WrittenRejects extends RejectTotals {
  readonly input: number
  /** Names inside the folder; null where nothing was rejected. */
  readonly records: string | null
  readonly codes: string | null
}

export interface RejectsReport {
  readonly written: readonly WrittenRejects[]
  /** One sentence per input, for a person. */
  readonly sentences: readonly string[]
}

export async function writeRejects(
  folder: string,
  inputs: readonly ValidateSource[],
  result: ValidateResult,
  records: RejectedRecords,
  signal: AbortSignal,
): Promise<RejectsReport> {
  const written: WrittenRejects[] = []
  const sentences: string[] = []
  for (const [input, report] of result.inputs.entries()) {
    if (!hasRejects(report.format)) {
      sentences.push(
        `${report.name}: no rejects are written; records stand by themselves in delimited and fixed-width text, in sheets and in NDJSON, it is ${report.format ?? 'not read'}.`,
      )
      continue
    }
    const given = rejectSource(inputs, result, input)
    if (!given) throw new InputError(`${report.name} can not be found again, so its rejected records can not be written.`)
    const by = report.format === 'ndjson' ? 'line' : 'record'
    const wanted = { source: given.source, format: report.format, reading: given.reading, codesOf: records.reader(input, by) }
    const made = isMadeFormat(report.format)
    const name = made ? `${report.name.replace(/\.(xls[xm]?|sql|parquet)(?=\/|$)/i, '')}.csv` : report.name
    const stem = fileStem(`${report.side === null ? '' : `${report.side}-`}${name}`, written)
    const one = await writeOne(folder, stem, wanted, signal)
    const { read, accepted, rejected } = one
    if ((by === 'record' && rejected !== records.count(input)) || read !== report.records)
      throw new InputError(`${report.name} changed while it was checked: its rejected records do not add up. Run it again.`)
    written.push({ ...one, input })
    sentences.push(`${report.name}: ${thousands(read)} read = ${thousands(accepted)} accepted + ${thousands(rejected)} rejected.`)
  }
  return { written, sentences }
}

/** Both files are readable by their owner alone: rejected records are those of patients. */
async function writeOne(
  folder: string,
  stem: { readonly records: string; readonly codes: string },
  wanted: Parameters<typeof rejectsOf>[0],
  signal: AbortSignal,
): Promise<Omit<WrittenRejects, 'input'>> {
  const [records, codes] = [join(folder, stem.records), join(folder, stem.codes)]
  const bytesFile = await WholeFile.open(records, true)
  const codesFile = await WholeFile.open(codes, true)
  let totals: RejectTotals | null = null
  try {
    for await (const update of rejectsOf(wanted, signal)) {
      if (update.kind === 'bytes') await bytesFile.write(update.bytes)
      if (update.kind === 'codes') await codesFile.write(update.text)
      if (update.kind === 'end') totals = update.totals
    }
  } finally {
    // Half a list of rejects would pass for a whole one.
    const isTold = totals !== null && totals.rejected > 0
    for (const file of [bytesFile, codesFile]) await (isTold ? file.keep() : file.drop())
  }
  if (totals === null) throw new Cancelled()
  if (totals.rejected > 0) return { ...totals, ...stem }
  // What an earlier run rejected is rejected no more.
  await Promise.all([rm(records, { force: true }), rm(codes, { force: true })])
  return { ...totals, records: null, codes: null }
}

/**
 * `patients.rejected.csv` beside `patients.rejected.codes.csv`; `patients-2…` for the second table of a file, and numbered where two
 * inputs have one name. What was packed with gzip is written unpacked.
 */
function fileStem(name: string, before: readonly WrittenRejects[]): { readonly records: string; readonly codes: string } {
  const [, path = name, table = ''] = /^(.*?)(#\d+)?$/s.exec(name) ?? []
  const [, base = path, ending = ''] = /^(.+?)(\.[^.]*)?$/s.exec(path.replace(/\.(gz|gzip)$/i, '')) ?? []
  const plain = (text: string): string => text.replace(/[^A-Za-z0-9._-]+/g, '-')
  for (let number = 1; ; number++) {
    const stem = `${plain(base + table)}${number === 1 ? '' : `-${number}`}.rejected`
    const records = `${stem}${plain(ending)}`
    if (!before.some((each) => each.records === records)) return { records, codes: `${stem}.codes.csv` }
  }
}
