/** The members that the schema of a document names: for pages that list them, and to name those of a file that nobody reads. */
import type { Json } from '../canonical.ts'
import type { Schema } from './document.ts'
import { isMembers } from './json.ts'
import { nearestName } from './nearest-name.ts'
import { type ReadProblem, wantedBy } from './partial-document.ts'

export interface DocumentMember {
  /** `nodes[].batch.size`; a member whose name is data is `*`. */
  readonly path: string
  /** What it takes; empty where the members below say it. */
  readonly takes: string
  /** What counts where it is left out; undefined where it has to be given. */
  readonly otherwise: Json | undefined
}

/** Every member at any depth, in the order of the schema. */
export function membersOf(schema: Schema, path = ''): readonly DocumentMember[] {
  const { entries, item, row } = shapeOf(schema)
  if (entries)
    return Object.entries(entries).flatMap(([name, each]) => {
      const at = path === '' ? name : `${path}.${name}`
      const below = membersOf(each, at)
      return [{ path: at, takes: below.length > 0 ? '' : wantedBy(each, null), otherwise: otherwiseOf(each) }, ...below]
    })
  if (item) return membersOf(item, `${path}[]`)
  return row ? membersOf(row, path === '' ? '*' : `${path}.*`) : []
}

/** Members of a file that its schema does not name, each with its place and the nearest name. */
export function unknownMembers(given: Json, schema: Schema, place = '$'): readonly ReadProblem[] {
  const { entries, item, row } = shapeOf(schema)
  if (Array.isArray(given)) return item ? given.flatMap((each, at) => unknownMembers(each, item, `${place}[${at}]`)) : []
  if (!isMembers(given)) return []
  return Object.entries(given).flatMap(([name, value = null]) => {
    const at = `${place}.${name}`
    const below = entries ? (Object.hasOwn(entries, name) ? entries[name] : undefined) : row
    if (below) return unknownMembers(value, below, at)
    if (!entries) return []
    const near = nearestName(name, Object.keys(entries))
    const meant = near === null ? `members here are ${Object.keys(entries).join(', ')}` : `the nearest is ${near}`
    return [{ place: at, sentence: `${at} is no member that is read; ${meant}. It has no effect.` }]
  })
}

interface Shape {
  readonly entries?: Readonly<Record<string, Schema>>
  readonly item?: Schema
  readonly row?: Schema
}

/** Parts of a library schema that are walked; a choice of several shapes is one value. */
type Parts = Schema & {
  readonly entries?: Readonly<Record<string, Schema>>
  readonly item?: Schema
  readonly wrapped?: Schema
  readonly value?: Schema
  readonly default?: Json
  readonly pipe?: readonly [Schema]
}

function shapeOf(schema: Schema): Shape {
  const { entries, item, wrapped, value, pipe } = schema as Parts
  if (wrapped) return shapeOf(wrapped)
  if (pipe) return shapeOf(pipe[0])
  if (entries) return { entries }
  if (item) return { item }
  return value && schema.type === 'record' ? { row: value } : {}
}

function otherwiseOf(schema: Schema): Json | undefined {
  if (schema.type === 'exact_optional') return null
  return schema.type === 'nullish' ? ((schema as Parts).default ?? null) : undefined
}
