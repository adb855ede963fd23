/**
 * Writes invented data with `npm run sample`. Memory follows the batch, not the size.
 * - `--out DIR --patients N --seed S`: the sample project.
 * - `--extract BYTES --out FILE`: one large table with its schema; `--realistic` adds the letters, quotes and line breaks of real files.
 * - `--event-log CASES --out FILE.xes`: the event log of an emergency department.
 * - `--board SET --out DIR`: the example files of the board.
 * - `--prepared DIR`: the sample clinic as the app opens it, with the answers of its checks.
 */

import { closeSync, createWriteStream, existsSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { bigExtract, bigSchema } from '../../samples/extract/extract.ts'
import { realisticExtract, realisticSchema } from '../../samples/extract/realistic.ts'
import type { Extract } from '../../samples/extract/stream.ts'
import { exampleClinic, exampleFiles, exampleSets } from '../../samples/readiness/example-files.ts'
import { flaws } from '../../samples/readiness/flaws.ts'
import { roleRoster, roleTraining, roleWorkflow } from '../../samples/readiness/role-table.ts'
import { generateRiverside, riversideDefaults } from '../../samples/riverside/generate.ts'
import { largeLog } from '../../samples/workflow/large-log.ts'
import type { JsonObject } from '../core/data/model/record.ts'
import { errorWords } from '../core/values/error-words.ts'
import { writeWorkflow } from '../core/workflow/map/files.ts'
import { printAside, printOut } from './shell/print.ts'

const usage = [
  'Usage: npm run sample -- --out DIR [--patients 2000] [--seed riverside] [--as-of 2026-07-14]',
  '       npm run sample -- --extract BYTES --out FILE [--realistic] [--crlf]',
  '       npm run sample -- --event-log CASES --out FILE.xes',
  '       npm run sample -- --board pre-launch-blocked --out DIR [--as-of 2026-07-14]   (example files of the board)',
].join('\n')

/** Exit code: 0 written, 2 wrong usage. */
async function writeSample(args: readonly string[]): Promise<number> {
  const wrong = (sentence: string): number => {
    printAside(`${sentence}\n${usage}\n`)
    return 2
  }
  let values: {
    extract?: string
    realistic?: boolean
    crlf?: boolean
    'event-log'?: string
    board?: string
    prepared?: string
    out?: string
    patients?: string
    seed?: string
    'as-of'?: string
  }
  try {
    const options = {
      extract: { type: 'string' },
      realistic: { type: 'boolean' },
      crlf: { type: 'boolean' },
      'event-log': { type: 'string' },
      board: { type: 'string' },
      prepared: { type: 'string' },
      out: { type: 'string' },
      patients: { type: 'string' },
      seed: { type: 'string' },
      'as-of': { type: 'string' },
    } as const
    values = parseArgs({ args: [...args], options }).values
  } catch (cause) {
    return wrong(errorWords(cause))
  }
  if (values.extract !== undefined) {
    const size = Number(values.extract)
    if (!Number.isInteger(size) || size < 1000 || size > 1e12)
      return wrong(`--extract got ${values.extract}; it takes a number of bytes from 1000 to 1000000000000`)
    if (!values.out) return wrong('--out takes the file to write')
    const { realistic = false, crlf = false } = values
    if (crlf && !realistic) return wrong('--crlf goes with --realistic; the clean extract has line feeds')
    if (realistic) await writeExtract(realisticExtract(size, crlf), realisticSchema, values.out)
    else await writeExtract(bigExtract(size), bigSchema, values.out)
    return 0
  }
  if (values['event-log'] !== undefined) {
    const cases = Number(values['event-log'])
    if (!Number.isInteger(cases) || cases < 1 || cases > 10_000_000)
      return wrong(`--event-log got ${values['event-log']}; it takes a number of cases from 1 to 10000000`)
    if (!values.out) return wrong('--out takes the file to write')
    mkdirSync(dirname(values.out), { recursive: true })
    await pipeline(Readable.from(largeLog(cases)), createWriteStream(values.out))
    printOut(`${values.out}: ${cases} cases\n`)
    return 0
  }
  if (values.prepared !== undefined) {
    const { writePreparedSample } = await import('./prepared-sample.ts')
    const { files, answers } = await writePreparedSample(values.prepared)
    printOut(`${files.length} files and ${answers.length} answers in ${values.prepared}\n`)
    return 0
  }
  const patients = Number(values.patients ?? riversideDefaults.patients)
  const asOf = values['as-of'] ?? riversideDefaults.asOf
  if (!values.out) return wrong('--out takes the folder to write into')
  if (!Number.isInteger(patients) || patients < 1 || patients > 5_000_000)
    return wrong(`--patients got ${values.patients}; it takes a whole number from 1 to 5000000`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) return wrong(`--as-of got ${asOf}; it takes a day like 2026-07-14`)
  if (existsSync(values.out) && readdirSync(values.out).length > 0)
    return wrong(`--out ${values.out} is not empty; name a new folder`)
  const open = new Map<string, number>()
  if (values.board !== undefined) {
    if (values.board === 'role-table') {
      writeRoleTable(values.out)
      return 0
    }
    const set = exampleSets.find(({ name }) => name === values.board)
    if (!set)
      return wrong(`--board got ${values.board}; it takes ${[...exampleSets.map(({ name }) => name), 'role-table'].join(', ')}`)
    writeBoardFiles(set, asOf, values.out)
    return 0
  }
  let bytes = 0
  for (const chunk of generateRiverside({ patients, seed: values.seed ?? riversideDefaults.seed, asOf })) {
    let file = open.get(chunk.path)
    if (file === undefined) {
      mkdirSync(dirname(join(values.out, chunk.path)), { recursive: true })
      file = openSync(join(values.out, chunk.path), 'w')
      open.set(chunk.path, file)
    }
    for (let at = 0; at < chunk.bytes.length; ) at += writeSync(file, chunk.bytes, at)
    bytes += chunk.bytes.length
  }
  for (const file of open.values()) closeSync(file)
  printOut(`${open.size} files, ${bytes} bytes, ${patients} patients in ${values.out}\n`)
  return 0
}

/** The future map of a visit and training records that teach none of its tasks. */
function writeRoleTable(folder: string): void {
  const files = [['lms.csv', roleTraining()] as const, ['roster.csv', roleRoster()] as const, ...writeWorkflow(roleWorkflow())]
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  printOut(`${files.length} fictional files in ${folder}: three roles, three tasks that nobody was taught.\n`)
}

/** CSV files of a fictional clinic, dated from the day of the board; what is planted in them is said. */
function writeBoardFiles({ phase, gate, flaw }: (typeof exampleSets)[number], asOf: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  const files = exampleFiles(exampleClinic(asOf, flaw === null ? [] : [flaw]))
  for (const [kind, text] of files) writeFileSync(join(folder, `${kind}.csv`), text)
  const planted = flaw === null ? 'Nothing is planted.' : flaws[flaw].words
  printOut(
    `${files.size} fictional files in ${folder} for a board of ${asOf}. ${planted} In a project where everything else holds, ${phase} is ${gate}.\n`,
  )
}

/** One table, and beside it the Table Schema that its known defects break. */
async function writeExtract(extract: Extract, rules: JsonObject, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  await pipeline(Readable.from(extract.source.stream()), createWriteStream(path))
  const schema = `${path.replace(/\.csv$/i, '')}.schema.json`
  writeFileSync(schema, `${JSON.stringify(rules, null, 2)}\n`)
  printOut(`${path}: ${extract.source.size} bytes, ${extract.records} records; its schema is ${schema}\n`)
}

process.exitCode = await writeSample(process.argv.slice(2))
