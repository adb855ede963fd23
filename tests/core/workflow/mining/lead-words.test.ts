/** What is said of the lead time of a discovered map is what its map and its log say. */
import { expect, test } from 'vitest'
import { finish } from '../../../../src/core/operation.ts'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import { blankScenario } from '../../../../src/core/workflow/map/scenario.ts'
import { discover } from '../../../../src/core/workflow/mining/discover.ts'
import { leadWords } from '../../../../src/core/workflow/mining/lead-words.ts'
import { simulate } from '../../../../src/core/workflow/simulation/simulate.ts'
import { hasLog, logAtHand } from '../logs-at-hand.ts'

const scenario = { ...blankScenario, arrivals: [{ node: 'start', perHour: 0.01 }] }
const logged = (mean: number) => {
  const durations = { n: 9, mean, min: mean, median: mean, p90: mean, max: mean }
  return { times: { completeToComplete: durations, startToComplete: durations, processing: null, idle: null, untimed: 0 } }
}
const words = (sketch: string, mean: number): string =>
  leadWords({ graph: readSketch(sketch).graph, lead: null }, scenario, logged(mean)).join(' ')

test('a map that takes as long as its log agrees, and a shorter or longer one says by how much and why', () => {
  const map = 'lane Nurse staff=9\nNurse: Call {60m} -> Nurse: Write {60m}'
  expect(words(map, 7200)).toBe('Cases of the log take 2 h on average, on the map 2 h by formula: they agree.')
  expect(words(map, 72_000)).toContain('The other 18 h are waits that work and queues do not explain')
  expect(words(map, 3600)).toContain('its queues are longer than they were')
  expect(words(map.replace(' {60m}', ''), 3600)).toContain('the map has no lead time')
})

const patients = 'logs/bupar-patients.csv'

test.skipIf(!hasLog(patients))('the map of 500 patients lets them wait as long as their log does', async () => {
  const log = await logAtHand(patients)
  const signal = new AbortController().signal
  const found = await finish(discover({ log, noise: 0, id: 'patients', label: 'Patients' }, signal))
  const said = found.notes.filter((note) => note.startsWith('Cases of the log take'))
  expect(said).toHaveLength(1)
  expect(said[0]).toContain('they agree')
  const { leadTime } = await finish(simulate({ graph: found.graph, scenario: { ...found.scenario, seed: 7 } }, signal))
  const logMean = found.statistics.times.startToComplete?.mean ?? 0
  console.log(
    `drawing discovered: log ${logMean.toFixed(0)} s, map ${leadTime?.mean.toFixed(0)} s [${leadTime?.interval.map((each) => each.toFixed(0))}]`,
  )
  expect(Math.abs((leadTime?.mean ?? 0) / logMean - 1)).toBeLessThan(0.1)
})

test('a map whose log has no begin of work says that it has no lead time', () => {
  expect(words('lane Nurse staff=1\nNurse: Call {phone}', 600)).toContain('the map has no lead time')
})
