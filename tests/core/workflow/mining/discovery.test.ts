/** Discovered processes of the logs at hand have the published fitness, precision and generalisation. */
import { expect, test } from 'vitest'
import { instancesOf } from '../../../../src/core/workflow/log/instances.ts'
import { variantsOf } from '../../../../src/core/workflow/log/variants.ts'
import { inductiveMiner } from '../../../../src/core/workflow/mining/inductive.ts'
import { netOfTree } from '../../../../src/core/workflow/mining/net.ts'
import { treeText } from '../../../../src/core/workflow/mining/process-tree.ts'
import {
  alignAll,
  fitnessOf,
  generalisationOf,
  type LabelledTrace,
  precisionOf,
} from '../../../../src/core/workflow/mining/quality.ts'
import { hasLog, logAtHand } from '../logs-at-hand.ts'

const running = 'bpmn-pm4js/running-example.xes'
const road = 'bpmn-pm4js/roadtraffic100traces.xes'
const patients = 'logs/bupar-patients.csv'
const tickets = 'bpmn-pm4js/11_tickets.xes'
const sepsis = 'logs/sepsis-first300cases.csv'

async function mined(path: string, noise: number) {
  const log = await logAtHand(path)
  const labelOf = (activity: number): string => log.activities[activity] ?? ''
  const variants = variantsOf(instancesOf(log))
  const tree = inductiveMiner(
    variants.map(({ trace, cases }) => ({ activities: trace, count: cases.length })),
    noise,
  )
  const net = netOfTree(tree, labelOf)
  const traces: readonly LabelledTrace[] = variants.map(({ trace, cases }) => ({
    labels: trace.map(labelOf),
    count: cases.length,
  }))
  const { alignments, shortest } = alignAll(net, traces)
  const fitness = fitnessOf(traces, alignments, shortest)
  if (fitness === null) throw new Error('No way leads to the end')
  return {
    text: treeText(tree, labelOf),
    fitness,
    precision: precisionOf(net, traces),
    generalisation: generalisationOf(net, traces, alignments),
  }
}

for (const path of [running, road, patients, tickets, sepsis])
  test.skipIf(!hasLog(path))(`${path}: nothing left out, everything can be replayed`, async () => {
    expect((await mined(path, 0)).fitness).toEqual({
      fitting: 1,
      average: 1,
      log: 1,
      undecided: 0,
      bounds: { fitting: [1, 1], average: [1, 1] },
    })
  })

test.skipIf(!hasLog(running))('running-example: the textbook process', async () => {
  const found = await mined(running, 0)
  expect(found.text).toBe(
    '→(register request, ↺(→(∧(check ticket, ×(examine casually, examine thoroughly)), decide), reinitiate request), ×(pay compensation, reject request))',
  )
  expect((await mined(running, 0.2)).text).toBe(found.text)
})

for (const [path, precision, generalisation] of [
  [running, 0.82906, 0.546585],
  [road, 0.799363, 0.677832],
  [patients, 0.958421, 0.70607],
] as const)
  test.skipIf(!hasLog(path))(`${path}: published precision and generalisation`, async () => {
    const found = await mined(path, 0)
    expect(found.precision?.asPublished).toBeCloseTo(precision, 5)
    expect(found.generalisation).toBeCloseTo(generalisation, 5)
  })

for (const [path, fitting, average, log, precision] of [
  [road, 0.94, 0.990357, 0.98768, 0.806897],
  [patients, 0.984, 0.995913, 0.996935, 1],
] as const)
  test.skipIf(!hasLog(path))(`${path}: published fitness without the rarest ways`, async () => {
    const { fitness, precision: found } = await mined(path, 0.2)
    expect(fitness.fitting).toBeCloseTo(fitting, 9)
    expect(fitness.average).toBeCloseTo(average, 5)
    // The published figure counts a silent move as 1/10,000 of a step.
    expect(Math.abs(fitness.log - log)).toBeLessThan(1e-4)
    expect(found?.asPublished).toBeCloseTo(precision, 5)
  })
