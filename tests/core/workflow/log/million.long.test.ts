/** A million events, as XES and as a table: how long until the graph is there, and how much memory it takes. */
import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../../src/core/random.ts'
import { countFollows, directlyFollows } from '../../../../src/core/workflow/log/directly-follows.ts'
import { columnBytes } from '../../../../src/core/workflow/log/event-log.ts'
import { instancesOf } from '../../../../src/core/workflow/log/instances.ts'
import { pathSource } from '../../../../src/io/files/files-node.ts'
import { readLog } from '../../../../src/io/workflow/event-log.ts'

const cases = 50_000
const perCase = 20

function* events(): Generator<{ readonly first: boolean; readonly last: boolean; readonly cells: readonly string[] }> {
  const random = seededRandom('million')
  for (let c = 0; c < cases; c++) {
    let time = Date.UTC(2024, 0, 1) + c * 60_000
    for (let e = 0; e < perCase; e++) {
      time += random.below(3_600_000)
      const cells = [
        `case ${c}`,
        `Activity ${(e + random.below(3)) % 24}`,
        `person ${random.below(60)}`,
        new Date(time).toISOString(),
        `ward ${random.below(12)}`,
        String(random.below(200)),
      ]
      yield { first: e === 0, last: e === perCase - 1, cells }
    }
  }
}

const [header, forms] = [
  'case,activity,resource,timestamp,ward,cost\n',
  {
    'log.csv': (cells: readonly string[]): string => `${cells.join(',')}\n`,
    'log.xes': ([name, activity, resource, time, ward, cost]: readonly string[], first: boolean, last: boolean): string =>
      `${first ? `  <trace>\n    <string key="concept:name" value="${name}"/>\n` : ''}    <event>\n      <string key="concept:name" value="${activity}"/>\n      <string key="org:resource" value="${resource}"/>\n      <date key="time:timestamp" value="${time}"/>\n      <string key="lifecycle:transition" value="complete"/>\n      <string key="ward" value="${ward}"/>\n      <int key="cost" value="${cost}"/>\n    </event>\n${last ? '  </trace>\n' : ''}`,
  },
]

for (const [name, write] of Object.entries(forms))
  test(`${name}: a million events`, { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carryover-log-'))
    try {
      const path = join(folder, name)
      const file = openSync(path, 'w')
      let text = name === 'log.csv' ? header : '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n'
      for (const { cells, first, last } of events()) {
        text += write(cells, first, last)
        if (text.length > 1 << 20) {
          writeSync(file, text)
          text = ''
        }
      }
      writeSync(file, name === 'log.csv' ? text : `${text}</log>\n`)
      const source = await pathSource(path)
      let peak = 0
      const began = performance.now()
      const graph = { events: 0, arcs: 0, columns: 0 }
      for await (const update of readLog({ source }, new AbortController().signal)) {
        peak = Math.max(peak, memory())
        if (update.kind !== 'result' || update.value.kind !== 'log') continue
        const { log } = update.value
        const read = performance.now()
        const instances = instancesOf(log)
        const counted = performance.now()
        countFollows(instances)
        const follows = performance.now()
        graph.arcs = directlyFollows(instances).length
        graph.events = log.events
        graph.columns = columnBytes(log)
        const done = performance.now()
        peak = Math.max(peak, memory())
        console.log(
          `${name}: ${log.events} events of ${Math.round(source.size / 1e6)} MB read in ${((read - began) / 1000).toFixed(2)} s (${Math.round(source.size / 1e3 / (read - began))} MB/s), graph counted in ${(follows - counted).toFixed(0)} ms, with times in ${((done - began) / 1000).toFixed(2)} s; at most ${Math.round(peak / 1e6)} MB, columns ${Math.round(graph.columns / 1e6)} MB`,
        )
      }
      expect(graph.events).toBe(cases * perCase)
      expect(graph.arcs).toBeGreaterThan(24)
      expect(peak).toBeLessThan(300e6)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

/** Heap and columns; what was left behind by writing the file and is still to be collected counts, too. */
function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
