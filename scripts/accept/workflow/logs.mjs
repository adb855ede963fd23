/** Acceptance of event logs: published figures, what must hold for every log, and a million events. */
import { printed, tests } from '../measure.mjs'
import { measureLogsInBrowser } from './logs-browser.mjs'

const folder = 'tests/core/workflow'

export const lines = [
  {
    name: 'logs-reading',
    line: 'XES with all its traps and tables read right, any split gives the same log; hostile files refused in words; counts and times as published',
    measure: () => tests([`${folder}/log`]),
  },
  {
    name: 'logs-discovery',
    line: 'running-example, roadtraffic100 and patients: published fitness, shares, precision; every log replays its own process with fitness 1',
    measure: () => tests([`${folder}/mining/discovery.test.ts`, `${folder}/mining/processes.test.ts`]),
  },
  {
    name: 'logs-conformance',
    line: 'alignments against drawn maps as published; deviations per step; drift found within 200 cases, false alarms in at most 5 %',
    measure: () =>
      tests([`${folder}/mining/conformance.test.ts`, `${folder}/mining/drift.test.ts`, `${folder}/mining/fit.test.ts`]),
  },
  {
    name: 'logs-million',
    line: 'a million events as XES and CSV: read and graph in 5 s, at most 300 MB',
    measure: () => {
      const { ok, figure } = printed([`${folder}/log/million.long.test.ts`], /^log\.(csv|xes):/, { LONG: '1' })
      const seconds = [...figure.matchAll(/with times in ([\d.]+) s/g)].map((match) => Number(match[1]))
      return { ok: ok && seconds.length === 2 && seconds.every((one) => one <= 5), figure }
    },
  },
  {
    name: 'logs-browser',
    line: 'the same in the app, in a worker of the browser: graph on screen in 5 s, at most 300 MB more than the empty page',
    measure: () => measureLogsInBrowser(),
  },
]
