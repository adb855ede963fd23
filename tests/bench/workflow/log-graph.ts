/** What a log shows without a map: its statistics, and the graph of what follows what. */
import { finish } from '../../../src/core/operation.ts'
import { directlyFollows } from '../../../src/core/workflow/log/directly-follows.ts'
import { instancesOf } from '../../../src/core/workflow/log/instances.ts'
import { statisticsOf } from '../../../src/core/workflow/log/statistics.ts'
import { variantsOf } from '../../../src/core/workflow/log/variants.ts'
import { pathSource } from '../../../src/io/files/files-node.ts'
import { readLog } from '../../../src/io/workflow/event-log.ts'

export async function run(path: string): Promise<{ readonly cases: number; readonly variants: number; readonly arcs: number }> {
  const read = await finish(readLog({ source: await pathSource(path) }, new AbortController().signal))
  if (read.kind !== 'log') throw new Error(`${path} is no event log`)
  const { log } = read
  const instances = instancesOf(log)
  const variants = variantsOf(instances)
  const { cases } = statisticsOf(log, instances, variants)
  return { cases, variants: variants.length, arcs: directlyFollows(instances).length }
}
