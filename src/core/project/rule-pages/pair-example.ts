/** An example of a difference as the run that judges it: files of both sides and the field map. */
import { fieldsPath, type Mapping, readMapping, valuesFolder } from '../../data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../data/crosswalk/plan/sides.ts'
import type { PairExample } from '../../data/model/pair-example.ts'

export interface PairFile extends Omit<PairSource, 'source'> {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const encoder = new TextEncoder()
const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'

export function pairFilesOf({ legacy, target }: Pick<PairExample, 'legacy' | 'target'>): readonly PairFile[] {
  const tables = (side: 'legacy' | 'target', all: Readonly<Record<string, string>>): readonly PairFile[] =>
    Object.entries(all).map(([table, text]) => fileOf(`${table}.csv`, side, table, text))
  return [...tables('legacy', legacy), ...(isResources(target) ? [resources(target)] : tables('target', target))]
}

/** Whatever a line says of itself stands; one that says nothing has this state. */
export function fieldMapText({ map }: Pick<PairExample, 'map'>, status: 'confirmed' | 'suggested' = 'confirmed'): string {
  const lines = map.map((line) => (/,(?:not-carried|confirmed),/.test(line) ? line : `${line},,${status},,`))
  return `${[head, ...lines].join('\n')}\n`
}

/** @throws Error where a line of the example can not be read */
export function mappingOf(example: Pick<PairExample, 'map' | 'values'>, status?: 'confirmed' | 'suggested'): Mapping {
  const values = Object.entries(example.values ?? {}).map(
    ([name, text]) => [`${valuesFolder}${name}.csv`, encoder.encode(text)] as const,
  )
  const { mapping, problems } = readMapping(new Map([[fieldsPath, encoder.encode(fieldMapText(example, status))], ...values]))
  if (problems.length > 0) throw new Error(problems.map((problem) => JSON.stringify(problem)).join(' '))
  return mapping
}

function isResources(target: PairExample['target']): target is readonly object[] {
  return Array.isArray(target)
}

function resources(target: readonly object[]): PairFile {
  return fileOf('target.ndjson', 'target', 'target', target.map((one) => `${JSON.stringify(one)}\n`).join(''))
}

function fileOf(name: string, side: 'legacy' | 'target', table: string, text: string): PairFile {
  return { name, bytes: encoder.encode(text), side, table, format: null, reading: {} }
}
