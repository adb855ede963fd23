/** The two migrations in which defects are planted, as parsed resources and texts that can be changed and read again. */
import { readdirSync, readFileSync } from 'node:fs'
import { bytesSource } from '../../../../src/core/operation.ts'
import type { PairInput, PairSource } from '../../../../src/core/review/model/pair-types.ts'
import { pair, pairIsThere, readTarget } from '../../../foreign/pair-12/bundles.ts'
import { handWritten } from '../../../foreign/pair-12/compared.ts'
import { readSample } from '../../../samples/riverside.ts'
import type { Resource } from './json.ts'

export interface Clinic {
  readonly name: 'sample' | 'pair-12'
  /** Keys of the patients, in the order of the files. */
  readonly keys: readonly string[]
  /** By `Type/id`. */
  readonly resources: ReadonlyMap<string, Resource>
  /** How a reference calls a patient by its id in the target. */
  readonly referenceTo: (id: string) => string
  /** The files with these resources in place of their own; null takes one away. */
  readonly damaged: (changes: Changes) => PairInput
}

export interface Changes {
  readonly resources: ReadonlyMap<string, Resource | null>
  readonly added: readonly Resource[]
  /** A further column of a legacy table, filled in these records (1-based). */
  readonly columns: readonly { readonly table: string; readonly column: string; readonly record: number; readonly text: string }[]
  readonly tables: readonly { readonly table: string; readonly key: string; readonly text: string }[]
}

export const noChanges: Changes = { resources: new Map(), added: [], columns: [], tables: [] }

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`

/** What becomes of one resource: itself, another, or nothing; copies stand behind their original. */
function after(resource: Resource, { resources, added }: Changes): readonly Resource[] {
  const changed = resources.get(nameOf(resource))
  const copies = added.filter(({ id, resourceType }) => resourceType === resource.resourceType && id === `${resource.id}-copy`)
  return changed === null ? [] : [changed ?? resource, ...copies]
}

export function sampleClinic(): Clinic {
  const { pairInput, entries, files, paths } = readSample({ patients: 200, seed: 'planted' })
  const texts = entries.map(({ side, format }, i) =>
    side === 'target' && format === 'ndjson' ? Buffer.from(files.get(paths[i] ?? '') ?? []).toString('utf8') : null,
  )
  const lists = texts.map((text) => text?.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Resource])))
  const resources = new Map(lists.flatMap((list) => list ?? []).map((one) => [nameOf(one), one]))
  const people = [...resources.values()].filter(({ resourceType }) => resourceType === 'Patient')
  return {
    name: 'sample',
    keys: people.map((one) => String((one.identifier as { value: string }[])[0]?.value)),
    resources,
    referenceTo: (id) => `Patient/${id}`,
    damaged: (changes) => ({
      ...pairInput,
      inputs: pairInput.inputs.map((input, i) => {
        const list = lists[i]
        if (!list) return input
        const lines = list.flatMap((one) => after(one, changes)).map((one) => `${JSON.stringify(one)}\n`)
        return { ...input, source: bytesSource(input.source.name, bytes(lines.join(''))) }
      }),
    }),
  }
}

export function foreignClinic(): Clinic | null {
  if (!pairIsThere) return null
  const bundles = readTarget()
  const resources = new Map(
    bundles.flatMap(({ bundle }) => bundle.entry).map(({ resource }) => [nameOf(resource as Resource), resource as Resource]),
  )
  const tables = readdirSync(`${pair}legacy`)
    .sort()
    .map((file) => ({
      table: file.replace('.csv', ''),
      rows: readFileSync(`${pair}legacy/${file}`, 'utf8').trimEnd().split(/\r?\n/),
    }))
  const people = tables.find(({ table }) => table === 'patients')?.rows.slice(1) ?? []
  return {
    name: 'pair-12',
    keys: people.map((row) => row.split(',')[0] ?? ''),
    resources,
    referenceTo: (id) => `urn:uuid:${id}`,
    damaged: (changes) => ({
      mapping: handWritten.mapping,
      asOf: '2026-11-23',
      inputs: [
        ...tables.map(({ table, rows }) =>
          legacy(
            table,
            withColumns(
              rows,
              changes.columns.filter((one) => one.table === table),
            ),
          ),
        ),
        ...changes.tables.map(({ table, key, text }) => legacy(table, ['PATIENT,WORDS', `${key},${text}`])),
        ...bundles.map(({ name, bundle }): PairSource => {
          const entry = bundle.entry.flatMap((one) =>
            after(one.resource as Resource, changes).map((resource) => ({
              ...one,
              resource,
              fullUrl: resource.id === one.resource.id ? one.fullUrl : `urn:uuid:${resource.id}`,
            })),
          )
          return {
            source: bytesSource(name, bytes(JSON.stringify({ ...bundle, entry }))),
            side: 'target',
            table: name.replace('.json', ''),
            format: null,
            reading: {},
          }
        }),
      ],
    }),
  }
}

function legacy(table: string, rows: readonly string[]): PairSource {
  return { source: bytesSource(`${table}.csv`, bytes(`${rows.join('\n')}\n`)), side: 'legacy', table, format: null, reading: {} }
}

function withColumns(rows: readonly string[], columns: Changes['columns']): readonly string[] {
  return columns.reduce<readonly string[]>(
    (all, { column, record, text }) => all.map((row, i) => `${row},${i === 0 ? column : i === record ? text : ''}`),
    rows,
  )
}
