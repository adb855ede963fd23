/** The records that open sessions, as the private part of the project keeps them: copies with a seeded defect, and clean ones. */
import * as v from 'valibot'
import { paths } from '../../../../core/project/format/documents.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { type TrapSeed, trapSeed } from '../../../../core/review/model/trap.ts'
import { type Kept, keptIn, object } from '../../../../core/values/document.ts'

export const preparedPath = paths.prepared

const preparedDocument = object({ seeded: v.array(trapSeed), clean: v.array(trapSeed) })
export type Pool = Kept<typeof preparedDocument>

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
  const pool = keptIn(bytes, preparedDocument) ?? none
  parsed.set(bytes, pool)
  return pool
}
