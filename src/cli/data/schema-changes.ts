/** What changed between a schema that was given and the one that fits the files. */
import type { JsonObject } from '../../core/data/model/record.ts'
import { schemaDiff } from '../../core/data/schema/diff.ts'
import { readSchemaFiles } from '../inputs/schema-files.ts'
import { UsageError } from '../shell/usage-error.ts'

/** Lines for a person; they go to standard error, because the profile itself is the output. */
export async function schemaChanges(file: string, suggested: JsonObject): Promise<string> {
  const [given] = await readSchemaFiles([file])
  if (!given || (!Array.isArray(given.schema.resources) && !Array.isArray(given.schema.fields)))
    throw new UsageError(`--compare-schema got "${file}"; it takes a Table Schema or a data package.`)
  const changes = schemaDiff(given.schema, suggested)
  const count = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`
  const lines = changes.map(({ table, kind, words }) => `  ${table}, ${kind}: ${words}`)
  return `${count} from ${file} to what the files hold:\n${lines.join('\n')}${lines.length > 0 ? '\n' : ''}`
}
