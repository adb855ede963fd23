/** Item 56: each interface of the map was tested; messages that were sent arrive once, are acknowledged, and in time; lost and doubled ones by interface. */

import { fileCell, lineCell } from '../../measures/lines.ts'
import { arrives, type TrafficLimits, trafficOf } from '../../measures/traffic.ts'
import { type Cell, type Criterion, nothingToJudge, type Thresholds } from '../../model/criterion.ts'

export function trafficLimits({ leastPercent = 99.5, p95Seconds = 60 }: Thresholds): TrafficLimits {
  return { leastPercent, p95Seconds }
}

export const interfaceMessages: Criterion<'messages' | 'interfaces'> = {
  code: 'readiness/interface-messages',
  items: [56],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Messages between systems are lost, doubled or never tested',
  why: 'A result that is lost is a patient nobody calls; one that is doubled is a dose given twice.',
  remedy: 'Open the interfaces listed with the vendor, repeat the test, and bring the new log.',
  needs: ['messages', 'interfaces'],
  thresholds: { leastPercent: 99.5, p95Seconds: 60 },
  maxAgeDays: 60,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('messages')
    if (rows.length === 0) return nothingToJudge('No message is logged')
    const limits = trafficLimits(thresholds)
    const edges = trafficOf(rows)
    const planned = given.value('interfaces').rows
    const names = new Set(planned.map(({ edge_id }) => edge_id))
    let good = 0
    let all = 0
    const cells: Cell[] = planned
      .filter(({ edge_id }) => !edges.has(edge_id))
      .map(({ edge_id, line }) => lineCell('interfaces', line, `${edge_id}: no message is logged`))
    for (const [name, traffic] of edges) {
      const { sent, right, lost, doubled, refused, p95 } = traffic
      good += right
      all += sent
      if (!names.has(name)) cells.push(fileCell('messages', `${name}: is not in the integration map`))
      if (!arrives(traffic, limits))
        cells.push({
          name: `${name}: ${lost} lost (${refused} refused), ${doubled} doubled of ${sent}, 95 % within ${Math.round(p95)} s`,
          route: '/readiness/inputs?kind=messages',
        })
    }
    return {
      state: cells.length === 0 ? 'proven' : 'failed',
      value: good,
      of: all,
      threshold: limits.leastPercent,
      words: `${good} of ${all} messages arrived once; ${planned.filter(({ edge_id }) => edges.has(edge_id)).length} of ${planned.length} interfaces carried any`,
      cells,
    }
  },
}
