/** The review of the sample, under way when it is opened: planned, drawn and read by the same engines as every other; an invented reader has read most records. */
import { sampleClaims, sampleErrorsAllowed, sampleSeed, sampleStrata } from '../../../samples/riverside/planned-review.ts'
import { reviewerVerdict, unreadRecords } from '../../../samples/riverside/reviewer.ts'
import { stopIfAborted } from '../../core/operation.ts'
import { confirmationBy } from '../../core/project/review/confirmed-mapping.ts'
import { addVerdicts, type ReviewAct } from '../../core/project/review/review-steps.ts'
import type { DrawnRecord } from '../../core/review/draw/draw.ts'
import { mustSeeStratum } from '../../core/review/draw/frame.ts'
import type { RecordPair } from '../../core/review/model/pair-types.ts'
import { isBlind } from '../../core/review/plan/blind.ts'
import { differingPaths } from '../../core/review/result/worklist.ts'
import { readingOrder } from '../routes/review/acts/reading.ts'
import { recordPair } from '../routes/review/acts/record-pairs.ts'
import { keyOfRecord, lockReview, rollAndDraw } from '../routes/review/acts/review.ts'
import { actOrSay, recorded } from '../session/act.ts'
import type { Job } from '../session/jobs-under-way.ts'
import { openProject, setWorkspace } from '../session/state.ts'

const reader = 'first-reader'
const mappers = 'data-team'

const criteria =
  'Harmful: it could lead to a wrong treatment or a missed warning. Wrong: it is not what legacy says, but nobody would be treated differently because of it.'

/** Stops between its steps where it is cancelled or the sample is closed. */
export async function beginSampleReview(job: Job): Promise<void> {
  await confirmMapping()
  const locked = await lockReview({
    claims: sampleClaims,
    strata: sampleStrata,
    errorsAllowed: sampleErrorsAllowed,
    // One person can finish the demonstration.
    secondReaderPpm: 0,
    traps: false,
    early: false,
    calibration: false,
    blind: 'random',
    lookSeconds: 3,
    criteria,
  })
  stopIfAborted(job.signal)
  const refusal = locked ?? (await rollAndDraw(sampleSeed, ['sample-project', 'fixed-seed'], null))
  stopIfAborted(job.signal)
  if (refusal !== null) {
    setWorkspace({ problem: `The half-finished review of the sample could not be made: ${refusal}` })
    return
  }
  const order = readingOrder(openProject().review.draw?.records ?? [])
  const pairs = await readPairs(order)
  stopIfAborted(job.signal)
  const acts = recordsToRead(order, pairs).flatMap(({ record, pair }) => actsOf(record, pair))
  await actOrSay((project, by) => addVerdicts(project, acts, { ...by, actor: reader }))
}

/** The sample's lines are decided by its invented data team, which stands for them in the ledger, too. */
async function confirmMapping(): Promise<void> {
  await actOrSay((project, hand) => {
    const by = { ...hand, actor: mappers }
    const named = confirmationBy(project, by)
    return named ? recorded(project, [named], by) : { ok: true, project }
  })
}

/** Both sides of the drawn records; they stay at hand, so that the first record opens without reading the files again. */
async function readPairs(order: readonly DrawnRecord[]): Promise<ReadonlyMap<string, RecordPair>> {
  const keys = order.map((record) => keyOfRecord(record.id) ?? '')
  const pairs = new Map<string, RecordPair>()
  for (const [index, record] of order.entries()) pairs.set(record.id, await recordPair(keys[index] ?? '', keys.slice(index + 1)))
  return pairs
}

/** All but the last ones: records chosen on purpose whose allergies did not arrive wait for a colleague, and the tail of the random sample. */
function recordsToRead(
  order: readonly DrawnRecord[],
  pairs: ReadonlyMap<string, RecordPair>,
): readonly { record: DrawnRecord; pair: RecordPair }[] {
  const known = order.flatMap((record) => {
    const pair = pairs.get(record.id)
    return pair ? [{ record, pair }] : []
  })
  const left = known.filter(
    ({ record, pair }) =>
      record.stratum === mustSeeStratum && pair.allergyState.legacy === 'known' && pair.allergyState.target === 'none',
  )
  const rest = known.filter((each) => !left.includes(each))
  return rest.slice(0, Math.max(0, rest.length - Math.max(0, unreadRecords - left.length)))
}

function actsOf({ id: record, stratum }: DrawnRecord, pair: RecordPair): readonly ReviewAct[] {
  const { verdict, items, seconds } = reviewerVerdict(pair)
  const shown = new Map(pair.domains.flatMap((domain) => domain.items).map((item) => [item.id, differingPaths(item)]))
  const differences = items.map(
    (item): ReviewAct => ({
      kind: 'difference',
      record,
      item: item.item,
      domain: item.domain,
      class: item.class,
      verdict: item.verdict,
      reason: item.reason,
      fields: shown.get(item.item) ?? [],
    }),
  )
  const notes = isBlind(openProject().review.plan, stratum) ? 'hidden' : 'open'
  return [
    ...differences,
    { kind: 'record', record, verdict, differences: items.length, reading: 'first', seconds, comment: null, notes },
  ]
}
