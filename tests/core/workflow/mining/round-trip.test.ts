/** A map made from a log, simulated with what the log shows, gives a log that tells the same. */
import { expect, test } from 'vitest'
import { finish } from '../../../../src/core/operation.ts'
import { type Instances, instancesOf } from '../../../../src/core/workflow/log/instances.ts'
import { type LogStatistics, statisticsOf } from '../../../../src/core/workflow/log/statistics.ts'
import { arrivalsOf } from '../../../../src/core/workflow/mining/arrivals.ts'
import { discover } from '../../../../src/core/workflow/mining/discover.ts'
import { workingTimes } from '../../../../src/core/workflow/mining/working-times.ts'
import { run } from '../../../../src/core/workflow/simulation/engine/engine.ts'
import { EventLog } from '../../../../src/core/workflow/simulation/engine/event-log.ts'
import { logCsv, logRows } from '../../../../src/core/workflow/simulation/log-rows.ts'
import { compile } from '../../../../src/core/workflow/simulation/model/model.ts'
import { hasLog, logAtHand, logOf } from '../logs-at-hand.ts'

const patients = 'logs/bupar-patients.csv'

/** Share of the cases that leave an activity by each arc, ends included. */
function shares({ activities, directlyFollows }: LogStatistics): ReadonlyMap<string, number> {
  const counts = new Map(activities.map(({ name, count }) => [name, count]))
  return new Map(directlyFollows.map(({ from, to, count }) => [`${from} → ${to}`, count / (counts.get(from) ?? 1)]))
}

/** Mean seconds of work per activity, as the log itself shows them. */
function workedOn(instances: Instances): ReadonlyMap<string, number> {
  const { seconds } = workingTimes(instances)
  const sums = instances.log.activities.map(() => ({ seconds: 0, n: 0 }))
  for (const [i, worked] of seconds.entries()) {
    const sum = sums[instances.activity[i] as number]
    if (!sum || Number.isNaN(worked)) continue
    sum.seconds += worked
    sum.n++
  }
  return new Map(sums.map((sum, activity) => [instances.log.activities[activity] ?? '', sum.seconds / sum.n]))
}

test.skipIf(!hasLog(patients))(
  'patients: the same arcs, shares within two points, working times and cases per week within 5 %',
  async () => {
    const log = await logAtHand(patients)
    const found = await finish(discover({ log, noise: 0, id: 'patients', label: 'Patients' }, new AbortController().signal))
    const model = compile(found.graph, found.scenario, new Map())
    const written = new EventLog()
    run(model, { seed: 7, cases: 4000, skip: 0, log: written })
    const simulated = await logOf('again.csv', [...logCsv(logRows(model, written))].join(''))
    const again = statisticsOf(simulated)
    const [before, after] = [shares(found.statistics), shares(again)]
    for (const [arc, share] of before) expect(Math.abs((after.get(arc) ?? 0) - share), arc).toBeLessThan(0.02)
    // A block that ends early joins the next one: what the log never shows stays rare.
    for (const [arc, share] of after) if (!before.has(arc)) expect(share, arc).toBeLessThan(0.01)
    const worked = workedOn(instancesOf(log))
    for (const { name, processing } of again.activities)
      expect(Math.abs((processing?.mean ?? 0) / (worked.get(name) ?? 0) - 1), name).toBeLessThan(0.05)
    const perWeek = [log, simulated].map((one) => {
      const arrivals = arrivalsOf(instancesOf(one))
      return (arrivals?.cases ?? 0) / (arrivals?.weeks ?? 1)
    })
    expect(Math.abs((perWeek[1] ?? 0) / (perWeek[0] ?? 0) - 1)).toBeLessThan(0.05)
  },
)
