/** Schemas and data packages: recognised among dropped files, kept in the project, attached to every table they describe. */
import type { JsonObject, JsonValue } from '../../../../core/data/model/record.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { actOrSay } from '../../../session/act.ts'
import { setWorkspace } from '../../../session/state.ts'
import { placesOf, schemaKindOf } from './schema-places.ts'

/** A schema is written by hand or by a tool, one line per column; a longer document is data. */
const longest = 8 << 20

export interface GivenSchema {
  readonly name: string
  readonly schema: JsonObject
}

/** Null where the file is no schema. */
export async function schemaIn(file: File): Promise<GivenSchema | null> {
  if (!/\.json$/i.test(file.name) || file.size > longest) return null
  try {
    const document = JSON.parse(await file.text()) as JsonValue
    return schemaKindOf(document) === null ? null : { name: file.name, schema: document as JsonObject }
  } catch {
    return null
  }
}

/** The project with a schema that is attached to the tables it describes; `words` says to which, and what it could not place. */
export function withSchema(
  project: Project,
  { name, schema }: GivenSchema,
): { readonly project: Project; readonly words: string } {
  const path = pathOf(name)
  const { schemas, sources } = project
  const { attached, kept, unplaced } = placesOf(schema, path, sources)
  const ids = new Set(attached.map(({ id }) => id))
  const names = (list: readonly { readonly name: string }[]): string => list.map((each) => each.name).join(', ')
  const words = [
    attached.length === 0 ? `${name} was kept; no file here is what it describes.` : `${name} is attached to ${names(attached)}.`,
    ...(kept.length === 0 ? [] : [`${names(kept)} kept the schema they have; open one to attach this instead.`]),
    ...(unplaced.length === 0 ? [] : [`No file here for ${unplaced.join(', ')}; a file of that name gets it when it is added.`]),
  ].join(' ')
  return {
    project: {
      ...project,
      schemas: new Map(schemas).set(path, schema),
      sources: sources.map((source) => (ids.has(source.id) ? { ...source, schema: path } : source)),
    },
    words,
  }
}

/** Attaches a Table Schema or JSON Schema to a source that a person named; a package goes to all of its tables. */
export async function attachSchema(id: string, file: File): Promise<void> {
  const given = await schemaIn(file)
  if (!given) {
    setWorkspace({
      problem: `${file.name} is no schema that can be read: it is not JSON, or neither a Table Schema, a JSON Schema nor a data package.`,
    })
    return
  }
  const path = pathOf(given.name)
  let words = ''
  const kept = await actOrSay((before) => {
    const { project, words: said } = withSchema(before, given)
    words = said
    const sources = project.sources.map((source) => (source.id === id ? { ...source, schema: path } : source))
    return { ok: true, project: { ...project, sources } }
  })
  if (kept) setWorkspace({ problem: null, ...(Array.isArray(given.schema.resources) ? { done: words } : {}) })
}

function pathOf(name: string): string {
  return `schemas/${name.replace(/[^\w.-]+/g, '-')}`
}
