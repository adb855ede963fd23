/** The engine as a part of the benchmark: models of queueing theory, events and seconds out. */
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import { run } from '../../../src/core/workflow/simulation/engine/engine.ts'
import { compile } from '../../../src/core/workflow/simulation/model/model.ts'
import { seedOf } from '../../../src/core/workflow/simulation/simulate.ts'

export { riversideWorkflows } from '../../../samples/riverside/workflows/index.ts'
export { streamKeys } from '../../../src/core/workflow/simulation/stream-keys.ts'
export { compile, run, seedOf }

const clinic = `lane Desk staff=1
lane MA staff=2
lane Exam staff=4
lane Lab staff=1
lane Out staff=2
lane Referral staff=1
Desk: Register {exp(3m)} -> MA: Vitals {exp(7m)} -> Exam: Examine {exp(12m)}
Exam: Examine -0.5-> Lab: Draw {exp(6m)}
Exam: Examine -0.35-> Out: Check out {exp(4m)}
Exam: Examine -0.15-> MA: Vitals
Lab: Draw -0.2-> Exam: Examine
Lab: Draw -0.8-> Out: Check out
Out: Check out -0.25-> Referral: Refer {exp(5m)} -> end
Out: Check out -0.75-> end
start -> Desk: Register`

/** Models by name: a map in sketch notation and cases per hour. */
export const models: Readonly<Record<string, { readonly map: string; readonly perHour: number }>> = {
  'M/M/1 at 0.8': { map: 'lane Desk staff=1\nDesk: Serve {exp(1h)}', perHour: 0.8 },
  'M/M/3 at 0.85': { map: 'lane Desk staff=3\nDesk: Serve {exp(1h)}', perHour: 2.55 },
  'clinic network with rework': { map: clinic, perHour: 12 },
}

/** Events and seconds of one replication of so many cases. */
export function measure(
  name: string,
  cases: number,
): { readonly events: number; readonly seconds: number; readonly mean: number } {
  const given = models[name]
  if (!given) throw new Error(`There is no model ${name}`)
  const { graph } = readSketch(given.map)
  const model = compile(graph, { ...blankScenario, arrivals: [{ node: 'start', perHour: given.perHour }] }, new Map())
  const started = performance.now()
  const collector = run(model, { seed: seedOf(1, 0), cases, skip: 0 })
  const seconds = (performance.now() - started) / 1000
  return { events: collector.events, seconds, mean: collector.leads.reduce((sum, lead) => sum + lead, 0) / cases }
}
