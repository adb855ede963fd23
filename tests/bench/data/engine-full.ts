/** The engine with the nine rules, a profile of every cell, a primary key and a foreign key; on request with the watched columns, too. */
import type { JsonObject } from '../../../src/core/data/model/record.ts'
import { schemaAt, sourceOf, validated } from './engine.ts'

/** What was found by the rules of the peers, and by the keys. */
export interface FullCounts {
  readonly records: number
  readonly badCells: number
  readonly repeated: number
  readonly orphans: number
  readonly profiled: number
}

/**
 * @param watch 'watch' where columns are watched for what no schema asks
 * @param field the column that refers to the patients
 */
export async function run(
  path: string,
  schemaPath: string,
  patientsPath: string,
  watch = '',
  field = 'mrn',
): Promise<FullCounts> {
  const schema: JsonObject = {
    ...schemaAt(schemaPath),
    primaryKey: 'id',
    foreignKeys: [{ fields: field, reference: { resource: 'patients', fields: 'mrn' } }],
  }
  const patients: JsonObject = { fields: [{ name: 'mrn' }, { name: 'name' }], primaryKey: 'mrn' }
  const result = await validated({
    inputs: [await sourceOf(path, 'extract', schema), await sourceOf(patientsPath, 'patients', patients)],
    profile: true,
    watch: watch === 'watch',
  })
  const count = (wanted: (code: string) => boolean): number =>
    result.findings.filter(({ code, input }) => input === 0 && wanted(code)).reduce((sum, finding) => sum + finding.count, 0)
  const asked = ['data/type', 'data/pattern', 'data/date-format', 'data/value-list', 'data/range', 'data/length']
  return {
    records: result.inputs[0]?.records ?? 0,
    badCells: count((code) => asked.includes(code)),
    repeated: count((code) => code === 'data/unique-key'),
    orphans: count((code) => code === 'data/foreign-key'),
    profiled: result.profiles?.length ?? 0,
  }
}
