/** Acceptance of a tab of the browser: a file of 2 GB in a worker beside PapaParse in one, clean and realistic. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build, root } from '../../setup.mjs'
import { mega, rendererMemory } from '../measure.mjs'
import { extractBytes, extractFile, median } from './processes.mjs'

/** Bytes of the file; it is made of copies of an extract. */
const largeBytes = Number(process.env.CHROMIUM_BYTES ?? 2.1e9)
const turns = 3
const bytesOfRecord = 169

async function largest(work) {
  let memory = 0
  const watch = setInterval(() => {
    memory = Math.max(memory, rendererMemory())
  }, 100)
  try {
    return { ...(await work()), memory: () => memory }
  } finally {
    clearInterval(watch)
  }
}

async function chromium() {
  build()
  const { inPage, runLarge, runWorker } = await import('../../../tests/bench/data/chromium.mjs')
  const { extract } = await import('../../../tests/bench/data/node.mjs')
  const clean = extract(Math.round(Math.min(extractBytes, largeBytes) / bytesOfRecord)).path
  const realistic = extractFile('realistic')
  let ok = true
  const said = []
  for (const [name, path, schemaPath] of [
    ['clean', clean, join(root, 'tests', 'bench', 'data', 'schema.json')],
    ['realistic', realistic, realistic.replace(/csv$/, 'schema.json')],
  ]) {
    const schema = JSON.parse(readFileSync(schemaPath, 'utf8'))
    const copies = Math.max(1, Math.ceil(largeBytes / statSync(path).size))
    const rows = []
    // Each in a tab of its own: what the other one left behind is not counted.
    for (let turn = 0; turn < turns; turn++)
      rows.push([
        await largest(() => inPage(path, (page) => page.evaluate(runLarge, [copies, schema]))),
        await inPage(path, (page) => page.evaluate(runWorker, ['papaparse', schema, copies])),
      ])
    const ours = rows.map(([one]) => one)
    const times = median(rows.map(([one, other]) => other.seconds / one.seconds))
    const [memory, longest, cancel] = [
      Math.max(...ours.map((one) => one.memory())),
      Math.max(...ours.map((one) => one.longest)),
      Math.max(...ours.map((one) => one.cancel)),
    ]
    ok &&= times >= 4 && memory <= 300e6 && longest <= 50 && cancel <= 200
    said.push(
      `${name}, ${mega(ours[0].bytes)}: ${times.toFixed(1)}× PapaParse; tab ${mega(memory)}, longest task of the page ${longest.toFixed(0)} ms, cancel ${cancel.toFixed(0)} ms`,
    )
  }
  return { ok, figure: said.join('\n       ') }
}

export const tabLines = [
  {
    name: 'chromium',
    line: '2 GB in a worker of Chromium: ≥ 4× PapaParse with header, tab ≤ 300 MB, no task of the page > 50 ms, cancel ≤ 200 ms',
    measure: chromium,
  },
]
