/** The records that open sessions, as the private part of the project keeps them: copies with a seeded defect, and clean ones. */
import { paths } from '../../core/project/format/documents.ts'
import type { Project } from '../../core/project/format/project.ts'
import type { TrapSeed } from '../../core/review/model/trap.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'

export const preparedPath = paths.prepared

export interface Pool {
  readonly seeded: readonly TrapSeed[]
  readonly clean: readonly TrapSeed[]
}

/** Whose records were copied for the defects of bursts; empty where the private part is missing. */
export function preparedSeeds(project: Pick<Project, 'private'>): readonly TrapSeed[] {
  return poolOf(project).seeded
}

const parsed = new WeakMap<Uint8Array, Pool>()
const none: Pool = { seeded: [], clean: [] }

export function poolOf(project: Pick<Project, 'private'>): Pool {
  const bytes = project.private.get(preparedPath)
  if (!bytes) return none
  const known = parsed.get(bytes)
  if (known) return known
  const read = parseJson(new TextDecoder().decode(bytes))
  const pool = read.ok && isMembers(read.value) ? { seeded: seedsIn(read.value.seeded), clean: seedsIn(read.value.clean) } : none
  parsed.set(bytes, pool)
  return pool
}

function seedsIn(value: unknown): readonly TrapSeed[] {
  return Array.isArray(value) ? value.flatMap(seedIn) : []
}

function seedIn(value: unknown): readonly TrapSeed[] {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('key' in value) || !('seed' in value)) return []
  const { id, key, seed } = value
  return typeof id === 'string' && typeof key === 'string' && typeof seed === 'string' ? [{ id, key, seed }] : []
}
