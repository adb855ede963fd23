/** Which checks somebody asked for, by input: a schema read off the data asks for none, so that none is proof. */
import { fhirWordings } from '../../data/fhir/definitions/codes.ts'
import { isTableFormat, type SourceEntry } from '../../data/model/source.ts'
import { compileSchema } from '../../data/schema/compile.ts'
import type { Project } from '../../project/format/project.ts'
import { isMembers } from '../../values/json.ts'
import type { EvidenceOf } from '../model/artifact.ts'

/** In the order of the sources. The definitions of FHIR ask for what they say in every file of resources. */
export function askedChecks({ sources, schemas }: Pick<Project, 'sources' | 'schemas'>): EvidenceOf['validation']['asked'] {
  return sources.map((source) => ({ name: source.name, side: source.side, checks: checksOf(source, schemas) }))
}

function checksOf({ format, schema, table, reading }: SourceEntry, schemas: Project['schemas']): readonly string[] {
  if (!isTableFormat(format)) return fhirWordings.map(({ code }) => code)
  const held = schema === null ? undefined : schemas.get(schema)
  if (!isMembers(held)) return []
  return [...new Set(compileSchema(held, table, reading).constraints.map(({ check }) => check))].sort()
}
