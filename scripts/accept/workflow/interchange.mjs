/** Acceptance of drawings: exchange with other programs, layout of large maps. */
import { printed, tests } from '../measure.mjs'

export const lines = [
  {
    name: 'bpmn',
    line: 'all BPMN files at hand keep their counts of tasks, events, gateways, lanes, flows and shapes; nothing dropped silently; encodings right; hostile XML refused',
    measure: () => tests(['tests/core/workflow/interop']),
  },
  {
    name: 'layout',
    line: 'layout and routing of 200 steps ≤ 50 ms and of 1,000 ≤ 300 ms (median of five), no overlaps, no flow through a step',
    measure: () => {
      const { ok, figure } = printed(['tests/core/workflow/layout-size.test.ts'], /layout of \d+ steps/)
      const spent = (steps) => {
        const times = new RegExp(`of ${steps} steps: (\\d+) ms, its flows routed in (\\d+) ms`).exec(figure)
        return times === null ? Number.POSITIVE_INFINITY : Number(times[1]) + Number(times[2])
      }
      const through = [...figure.matchAll(/(\d+) of \d+ flows through/g)].reduce((sum, match) => sum + Number(match[1]), 0)
      return { ok: ok && spent(200) <= 50 && spent(1000) <= 300 && through === 0, figure }
    },
  },
]
