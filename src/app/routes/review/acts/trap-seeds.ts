/** Chooses records outside the sample and seeds one defect in a copy of each; what is seeded follows from the seed of the draw. */
import { sha256Hex } from '../../../../core/canonical.ts'
import { finish } from '../../../../core/operation.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { recordName, saltOf } from '../../../../core/project/format/record-name.ts'
import type { Trap, TrapSeed } from '../../../../core/review/model/trap.ts'
import { spareTraps } from '../../../../core/review/pair/traps.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { recordNames, rosterOf } from '../../../session/record-names.ts'
import { workspace } from '../../../session/state.ts'
import { pairInput } from '../../data/acts/run.ts'

/** One that is told to its reader needs another in its place. */
function sparesFor(wanted: number): number {
  return Math.max(2, Math.ceil(wanted / 5))
}

export async function seedableTraps(
  project: Project,
  keys: readonly string[],
  seed: string,
  wanted: number,
): Promise<{ readonly seeds: readonly TrapSeed[]; readonly traps: readonly Trap[] }> {
  const salt = saltOf(project)
  const input = pairInput({ project, files: workspace().files })
  if (salt === null || !input) return { seeds: [], traps: [] }
  const names = await recordNames(salt, keys)
  const drawn = new Set(rosterOf(project).keys())
  // Salted: the seed of the draw is public, and nobody who reads may work out which records were copied.
  const order = names
    .flatMap((name, index) =>
      drawn.has(name) ? [] : [{ key: keys[index] ?? '', ticket: sha256Hex(`${salt}\n${seed}\n${name}`) }],
    )
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .slice(0, wanted * spareTraps)
  const tried = order.map(({ key, ticket }): TrapSeed => ({ id: recordName(salt, `trap ${ticket}`), key, seed: ticket }))
  const job = begin('Seeding defects')
  try {
    const pairs = await finish(jobs.pairRecords({ ...input, keys: [], traps: tried }, job.signal))
    const traps = pairs.flatMap(({ trap }) => trap ?? []).slice(0, wanted + sparesFor(wanted))
    const used = new Set(traps.map(({ id }) => id))
    return { seeds: tried.filter(({ id }) => used.has(id)), traps: traps.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }
  } finally {
    job.end()
  }
}
