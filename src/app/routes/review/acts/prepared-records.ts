/** Records that open the sessions of readers: chosen outside the sample when it is drawn, hidden in `private/`, half of them with a seeded defect. */
import { digestOf, sha256Hex, utf8 } from '../../../../core/canonical.ts'
import { finish } from '../../../../core/operation.ts'
import { type Hand, record } from '../../../../core/project/acts/hand.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { recordName, saltOf } from '../../../../core/project/format/record-name.ts'
import { burstsLent } from '../../../../core/project/sample/lent-sessions.ts'
import { trapSeedsOf } from '../../../../core/project/sample/trap-list.ts'
import { burstOf, burstSize, isClean, type PreparedRecord, shareOfSession } from '../../../../core/review/decision/calibration.ts'
import { spareTraps } from '../../../../core/review/pair/traps.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { recordNames, rosterOf } from '../../../session/record-names.ts'
import { openProject, workspace } from '../../../session/state.ts'
import { unlockedBundle } from '../../../session/unlocked-bundle.ts'
import { pairInput } from '../../data/acts/run.ts'
import { type Pool, poolOf, preparedPath } from './prepared-pool.ts'
import { recordPair } from './record-pairs.ts'
/** So many bursts can be made without showing a record twice. */
export const bursts = 6

/** Chooses the pool from the records outside the sample; the same seed chooses the same. Gives the project back where there is nothing to choose from. */
export async function withPreparedRecords(project: Project, keys: readonly string[], seed: string, hand: Hand): Promise<Project> {
  const salt = saltOf(project)
  const input = pairInput({ project, files: workspace().files })
  if (salt === null || !input) return project
  const names = await recordNames(salt, keys)
  const taken = new Set([...rosterOf(project).keys()])
  const trapped = new Set(trapSeedsOf(project).map(({ key }) => key))
  const half = (burstSize / 2) * bursts
  const tried = names
    .flatMap((name, index) => {
      const key = keys[index] ?? ''
      const ticket = sha256Hex(`${salt}\n${seed}\nprepared ${name}`)
      return taken.has(name) || trapped.has(key) ? [] : [{ id: recordName(salt, `prepared ${ticket}`), key, seed: ticket }]
    })
    .sort((a, b) => (a.seed < b.seed ? -1 : 1))
  const forDefects = tried.slice(0, half * spareTraps)
  const forClean = tried.slice(forDefects.length, forDefects.length + half * spareTraps)
  const job = begin('Preparing records')
  try {
    const wanted = { ...input, keys: forClean.map(({ key }) => key), traps: forDefects }
    const pairs = await finish(jobs.pairRecords(wanted, job.signal))
    const altered = new Set(pairs.flatMap(({ trap }) => trap?.id ?? []))
    const right = new Set(pairs.filter((pair) => !pair.trap && isClean(pair)).map(({ key }) => key))
    const pool: Pool = {
      seeded: forDefects.filter(({ id }) => altered.has(id)).slice(0, half),
      clean: forClean.filter(({ key }) => right.has(key)).slice(0, half),
    }
    const hidden = new Map(project.private).set(preparedPath, utf8(`${JSON.stringify(pool, null, 2)}\n`))
    const named = [...pool.seeded, ...pool.clean].map(({ id }) => id).sort()
    return record(
      { ...project, private: hidden },
      [{ action: 'calibration-prepared', object: preparedPath, digest: digestOf(named) }],
      hand,
    )
  } finally {
    job.end()
  }
}

/** The prepared records of a session, the same whenever they are asked for; fewer where the project offers no more. */
export async function burstFor(reader: string, session: number): Promise<readonly PreparedRecord[]> {
  const bundle = unlockedBundle()
  if (bundle) return shareOfSession(bundle.prepared, session + 1 - (bundle.contents.before?.session ?? 1), burstSize)
  return burstOfProject(reader, session + burstsLent(openProject().ledger, reader))
}

/** The burst of this number in the pool of the project. */
export async function burstOfProject(reader: string, session: number): Promise<readonly PreparedRecord[]> {
  const pool = poolOf(openProject())
  const half = burstSize / 2
  const chosen = [...shareOfSession(pool.seeded, session, half), ...shareOfSession(pool.clean, session, burstSize - half)]
  const altered = new Set(pool.seeded.map(({ id }) => id))
  const prepared: PreparedRecord[] = []
  for (const { id, key } of chosen) {
    const known = altered.has(id)
    const pair = await recordPair(
      known ? id : key,
      chosen.map((each) => (altered.has(each.id) ? each.id : each.key)),
    )
    prepared.push({ id, items: pair.trap?.items ?? [], pair })
  }
  const ready = prepared.filter(({ id, items, pair }) => (altered.has(id) ? items.length > 0 : isClean(pair)))
  return burstOf(
    ready.filter(({ items }) => items.length > 0),
    ready.filter(({ items }) => items.length === 0),
    `${reader} ${session}`,
  )
}
