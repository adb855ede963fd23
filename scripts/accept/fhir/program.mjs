/** Acceptance of FHIR around the verdicts: speed beside peers, memory, chunks, servers, screens, and that no value leaves. */
import { installPeers } from '../../bench-peers.mjs'
import { printed, tests } from '../measure.mjs'

/** One part of the benchmark: met where each of its ratios is. */
async function bench(name) {
  installPeers()
  const { parts } = await import('../../../tests/bench/fhir/index.mjs')
  const { table, ratios } = await parts[name].measure()
  const figures = ratios.map(({ what, value, goal }) => `${what} ${value} (${goal})`)
  return { ok: ratios.every(({ ok }) => ok), figure: [...figures, ...table.map((row) => row.replaceAll(/\s+/g, ' '))].join('; ') }
}

export const lines = [
  {
    name: 'search',
    line: 'search of a real server in a process of its own, and of servers that misbehave',
    measure: () => {
      installPeers()
      return printed(['tests/io/fhir-server.test.ts', 'tests/io/fhir-router.test.ts'], /^$/)
    },
  },
  {
    name: 'speed',
    line: 'same resources in one process, invariants on: ≥ 10× @medplum/core 4.5.2, ≥ 2.5× fhir 4.12, no clean resource rejected',
    measure: () => bench('node'),
  },
  {
    name: 'speed-ndjson',
    line: 'NDJSON from disk to findings: ≥ 0.35× of JSON.parse alone, ≥ 1.6× with two threads as the program deals them out',
    measure: () => bench('ndjson'),
  },
  {
    name: 'bundle-time',
    line: 'a Bundle of 10,000 entries takes ≤ 3× one of 5,000 and ≤ 2 s',
    measure: () => bench('bundle'),
  },
  {
    name: 'memory',
    line: 'peak memory of the command line ≤ 250 MB and flat (± 15 %) from 100 MB on',
    measure: () => bench('memory'),
  },
  {
    name: 'chunks',
    line: 'FHIR definitions in the app ≤ 150 kB gzipped',
    measure: () => bench('chunks'),
  },
  {
    name: 'chromium',
    line: 'Chromium: first verdict ≤ 1 s cold, heap of the worker ≤ 200 MB',
    measure: () => bench('chromium'),
  },
  {
    name: 'screens',
    line: 'resources beside their JSON, 90 hostile narratives, bulk export with pause and reload, packages and profiles, in a browser',
    measure: () => tests(['tests/journeys/fhir-viewer.test.ts', 'tests/journeys/fhir-sources.test.ts']),
  },
  {
    name: 'canary',
    line: 'no value of a resource in console, address, storage keys, reports or exports unless asked',
    measure: () => tests(['tests/journeys/canary.test.ts', 'tests/journeys/fhir-viewer.test.ts']),
  },
]
