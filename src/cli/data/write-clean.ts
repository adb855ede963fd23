/** `--clean`: each table as plain CSV in a folder; a file has its name once it is whole. */
import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { ValidateSource } from '../../core/data/model/validation.ts'
import { cleanCsv } from '../../core/data/profile/clean-csv.ts'
import type { Update } from '../../core/operation.ts'
import { WholeFile } from '../../io/files/whole-file.ts'
import { UsageError } from '../shell/usage-error.ts'

/** Writes `<table>.csv` per input, and gives how many records each has. `paths` are those of the inputs, which are never written over. */
export async function* writeClean(
  inputs: readonly ValidateSource[],
  paths: readonly string[],
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<Update<never, readonly { readonly path: string; readonly records: number }[]>> {
  await mkdir(folder, { recursive: true })
  const names = namesOf(inputs)
  const sources = new Set(await Promise.all(paths.map((path) => realpath(path).catch(() => path))))
  for (const name of names) {
    const target = join(await realpath(folder), name)
    if (sources.has(target))
      throw new UsageError(`--clean got "${folder}", where ${name} is one of the inputs; it takes another folder.`)
  }
  const total = inputs.reduce((sum, { source }) => sum + source.size, 0)
  const written: { path: string; records: number }[] = []
  let before = 0
  for (const [i, { source, reading }] of inputs.entries()) {
    const path = join(folder, names[i] ?? 'table.csv')
    const file = await WholeFile.open(path, true)
    let records = 0
    try {
      for await (const piece of cleanCsv(source, reading, signal)) {
        records = piece.records
        await file.write(piece.text)
        yield { kind: 'progress', done: before + piece.done, total, unit: 'bytes', label: source.name }
      }
    } catch (error) {
      await file.drop()
      throw error
    }
    await file.keep()
    before += source.size
    written.push({ path, records })
  }
  yield { kind: 'result', value: written }
}

function namesOf(inputs: readonly ValidateSource[]): string[] {
  const used = new Set<string>()
  return inputs.map(({ table }) => {
    const base = table.replace(/[/\\:]/g, '_')
    let name = `${base}.csv`
    for (let n = 2; used.has(name.toLowerCase()); n++) name = `${base}_${n}.csv`
    used.add(name.toLowerCase())
    return name
  })
}
