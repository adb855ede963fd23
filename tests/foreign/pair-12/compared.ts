/** Legacy and target of pair-12 compared by a field map that was written by hand, whole or for some of its patients. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { ReconcileResult } from '../../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { pair, type TargetFile } from './bundles.ts'

const own = (name: string): Uint8Array => new Uint8Array(readFileSync(fileURLToPath(new URL(name, import.meta.url))))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

export const handWritten = readMapping(
  new Map([
    ['mapping/fields.csv', own('fields.csv')],
    ['mapping/values/systems.csv', own('systems.csv')],
    ['mapping/values/gender.csv', own('gender.csv')],
  ]),
)

/** Rows of these patients, of all where none are named. No cell of the tables holds a line end. */
function legacyOf(patients: readonly string[]) {
  return readdirSync(`${pair}legacy`)
    .sort()
    .map((file) => {
      const [header = '', ...rows] = readFileSync(`${pair}legacy/${file}`, 'utf8').split(/\r?\n/)
      const kept = rows.filter((row) => row !== '' && (patients.length === 0 || patients.some((id) => row.includes(id))))
      return {
        source: bytesSource(file, bytes(`${[header, ...kept].join('\n')}\n`)),
        side: 'legacy' as const,
        table: file.replace('.csv', ''),
        format: null,
        reading: {},
      }
    })
}

export function compared(files: readonly TargetFile[], patients: readonly string[] = []): Promise<ReconcileResult> {
  const target = files.map(({ name, bundle }) => ({
    source: bytesSource(name, bytes(JSON.stringify(bundle))),
    side: 'target' as const,
    table: name.replace('.json', ''),
    format: null,
    reading: {},
  }))
  return finish(
    reconcile({ inputs: [...legacyOf(patients), ...target], mapping: handWritten.mapping }, new AbortController().signal),
  )
}

/** What is told at error or worse: code and count. */
export function told({ findings }: ReconcileResult): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { code, count, severity } of findings)
    if (severity === 'critical' || severity === 'error') counts[code] = (counts[code] ?? 0) + count
  return counts
}
