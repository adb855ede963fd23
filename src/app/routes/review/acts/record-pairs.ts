/** Both sides of the drawn records, read from the source files in this session and held only while the page is open. */
import { finish } from '../../../../core/operation.ts'
import { trapSeedsOf } from '../../../../core/project/sample/trap-list.ts'
import { emptyChart } from '../../../../core/review/chart/build-chart.ts'
import { straysIn, withStrays } from '../../../../core/review/chart/strays.ts'
import type { RecordPair } from '../../../../core/review/model/pair-types.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { workspace } from '../../../session/state.ts'
import { pairInBundle, readerMark } from '../../../session/unlocked-bundle.ts'
import { pairInput } from '../../data/acts/run.ts'
import { preparedSeeds } from './prepared-pool.ts'

/** Records read in one pass over the files: the one asked for and those that follow. */
export const recordsPerPass = 200

interface Held {
  /** Files and mapping that the pairs were made from. */
  readonly from: readonly unknown[]
  readonly pairs: Map<string, Promise<RecordPair>>
  /** Those of them that have come. */
  readonly here: Map<string, RecordPair>
}

let held: Held = { from: [], pairs: new Map(), here: new Map() }

/**
 * One record by its key, or a trap by its name. `ahead` are the keys that will be asked for next: they come in the same pass, so that the next record is there
 * when it is wanted. Rejects with a sentence where the files can not be read.
 */
export function recordPair(key: string, ahead: readonly string[]): Promise<RecordPair> {
  if (readerMark()) return inBundle(key)
  const { pairs, here } = heldNow()
  const known = pairs.get(key)
  if (known) return known
  const wanted = [key, ...ahead.filter((each) => each !== key && !pairs.has(each))].slice(0, recordsPerPass)
  const pass = readPairs(wanted)
  for (const each of wanted)
    pairs.set(
      each,
      pass.then((found) => {
        const pair = found.get(each) ?? absent(each)
        here.set(each, pair)
        return pair
      }),
    )
  // A pass that failed is tried again when somebody asks again.
  pass.catch(() => {
    for (const each of wanted) pairs.delete(each)
  })
  return pairs.get(key) ?? pass.then(() => absent(key))
}

/** A record that was read ahead, so that it can be shown without waiting; null where it has to be asked for. */
export function pairAtHand(key: string): RecordPair | null {
  return readerMark() ? pairInBundle(key) : (heldNow().here.get(key) ?? null)
}

function heldNow(): Held {
  const { project, files } = workspace()
  const from = [project?.sources, project?.mapping, files]
  if (from.some((part, index) => part !== held.from[index])) held = { from, pairs: new Map(), here: new Map() }
  return held
}

async function readPairs(keys: readonly string[]): Promise<ReadonlyMap<string, RecordPair>> {
  const { project, files } = workspace()
  const input = project && pairInput({ project, files })
  if (!input) throw new Error('Both sides and the mapping are needed to show a record.')
  const seeds = new Map([...trapSeedsOf(project), ...preparedSeeds(project)].map((seed) => [seed.id, seed]))
  const job = begin('Reading records')
  try {
    const pairs = await finish(
      jobs.pairRecords(
        { ...input, keys: keys.filter((key) => !seeds.has(key)), traps: keys.flatMap((key) => seeds.get(key) ?? []) },
        job.signal,
      ),
    )
    // Whose an entry is that lies here, the comparison of all patients knows.
    const strays = straysIn(workspace().run?.pairing?.findings ?? [])
    // A copy with a seeded defect shows the number of the record it was made from: its own name would give it away.
    return new Map(
      pairs.map((pair) => {
        const key = seeds.get(pair.key)?.key ?? pair.key
        return [pair.key, { ...pair, key, chart: withStrays({ ...pair.chart, key }, strays) }]
      }),
    )
  } finally {
    job.end()
  }
}

async function inBundle(key: string): Promise<RecordPair> {
  const pair = pairInBundle(key)
  if (!pair) throw new Error('The bundle is locked: enter its passphrase to see the record.')
  return pair
}

function absent(key: string): RecordPair {
  return {
    key,
    heading: { name: null, birth: null, sex: null },
    missing: 'both',
    allergyState: { legacy: 'not-recorded', target: 'not-recorded' },
    domains: [],
    differences: 0,
    chart: emptyChart(key),
  }
}
