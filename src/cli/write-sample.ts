/** Writes the sample project into a folder: `npm run sample -- --out DIR --patients N --seed S`; memory follows the batch, not N. */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { generateRiverside, riversideDefaults } from '../../samples/riverside/generate.ts'

const usage = 'Usage: npm run sample -- --out DIR [--patients 2000] [--seed riverside] [--as-of 2026-07-14]'

/** Exit code: 0 written, 2 wrong usage. */
function writeSample(args: readonly string[]): number {
  const wrong = (sentence: string): number => {
    process.stderr.write(`${sentence}\n${usage}\n`)
    return 2
  }
  let values: { out?: string; patients?: string; seed?: string; 'as-of'?: string }
  try {
    const options = {
      out: { type: 'string' },
      patients: { type: 'string' },
      seed: { type: 'string' },
      'as-of': { type: 'string' },
    } as const
    values = parseArgs({ args: [...args], options }).values
  } catch (cause) {
    return wrong(cause instanceof Error ? cause.message : String(cause))
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
  process.stdout.write(`${open.size} files, ${bytes} bytes, ${patients} patients in ${values.out}\n`)
  return 0
}

process.exitCode = writeSample(process.argv.slice(2))
