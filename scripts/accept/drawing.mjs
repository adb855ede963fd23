/** Acceptance of drawn maps: verdicts on clinic processes that strangers drew, words that follow from facts, roles that every export keeps. */
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { installPeers } from '../bench-peers.mjs'
import { build, root } from '../setup.mjs'
import { drawHere, drawThere, emptyCanvas, openPeer, withBrowser } from './drawing/person.mjs'
import { serve } from './drawing/serve.mjs'
import { fitOfSamples, framesOf } from './drawing/sight.mjs'
import { needBrowser, printed, tests } from './measure.mjs'

const figure = /^drawing /
const folder = 'tests/core/workflow'
/** Rows of the table of stops. */
const stopsMended = () => readFileSync(join(root, 'docs', 'explanation', 'drawing.md'), 'utf8').match(/^\| \d+ \|/gm)?.length ?? 0

export const lines = [
  {
    name: 'pairs',
    line: '≥ 60 pairs of strangers’ maps, and ≥ 20 that nobody looks into: outcome precision ≥ 0.95 and recall ≥ 0.92, gains included; suggested traces F1 ≥ 0.85',
    measure() {
      const found = printed(['tests/foreign/maps/judge.test.ts'], figure)
      const holds = (set, least) => {
        const verdicts = new RegExp(`drawing ${set}: (\\d+) pairs, precision ([\\d.]+) .*?recall ([\\d.]+)`).exec(found.figure)
        const links = new RegExp(`drawing links ${set}: .*?F1 ([\\d.]+)`).exec(found.figure)
        const [, pairs = 0, precision = 0, recall = 0] = verdicts?.map(Number) ?? []
        return pairs >= least && precision >= 0.95 && recall >= 0.92 && Number(links?.[1] ?? 0) >= 0.85
      }
      return { ok: found.ok && holds('all', 60) && holds('hold-out', 20), figure: found.figure }
    },
  },
  {
    name: 'verdicts',
    line: 'the maps of trials W2 to W4 and W9 are judged right, and no advice is unsafe unasked',
    measure: () =>
      printed([`${folder}/verdicts.test.ts`, `${folder}/advice.test.ts`, `${folder}/mining/lead-words.test.ts`], figure),
  },
  {
    name: 'words',
    line: 'the words of every finding of every example and generated map follow from its facts; no minute is counted twice',
    measure: () => printed([`${folder}/words.test.ts`], figure, { LONG: '1' }),
  },
  {
    name: 'lanes',
    line: 'after 200 random edits the lane of every step is the same in model, canvas, table, BPMN, its shapes, drawing and playback',
    measure: () => printed([`${folder}/lane-of-exports.test.ts`, 'tests/app/canvas/picture.test.ts'], figure, { LONG: '1' }),
  },
  {
    name: 'gallery',
    line: '≥ 200 maps laid out: 0 overlaps, 0 lines through steps or words; crossings and bends ≤ 1.2× elkjs with its steps in the same rows, ≤ 1.0× without lanes',
    measure() {
      installPeers('bench')
      const files = [`${folder}/gallery/gallery.test.ts`, 'tests/bench/drawing/gallery.long.test.ts']
      const found = printed(files, figure, { LONG: '1' })
      return { ...found, ok: found.ok && !/skipped/.test(found.figure) }
    },
  },
  {
    name: 'stable',
    line: 'laid out again after one step was renamed, removed or added: the others keep lane and order, most keep their place',
    measure: () => printed([`${folder}/layout-stability.test.ts`], figure),
  },
  {
    name: 'inside',
    line: 'sub-workflows are edited inside, facts are given to many steps, versions are compared and joined from, findings are presented',
    measure: () => tests(['inside', 'facts-table', 'versions'].map((name) => `tests/journeys/${name}.test.ts`)),
  },
  {
    name: 'sheets',
    line: 'a map on one sheet, A4 or A3: every step once and whole, as large as the paper allows, with title, date, version and legend',
    measure: () => printed([`${folder}/interop/sheet.test.ts`], figure),
  },
  {
    name: 'list',
    line: 'workflows are renamed, duplicated and deleted, each with undo; a deleted one comes back with its files and history; order, tags and archive change no map',
    measure: () =>
      printed(
        ['workflow-list', 'workflow-listing'].map((name) => `tests/app/routes/workflow/${name}.test.ts`),
        figure,
      ),
  },
  {
    name: 'foreign',
    line: 'drawings of Visio, Lucidchart, XPDL, draw.io and BPMN are read, what is lost is named; hostile archives and XML get a sentence',
    measure: () =>
      printed(
        ['foreign-drawings', 'formats', 'bpmn', 'well-formed'].map((name) => `${folder}/interop/${name}.test.ts`),
        figure,
      ),
  },
  {
    name: 'paste',
    line: 'pasted lists keep every line and word in their order: ranges, about, clock times, tabs, bullets',
    measure: () => printed([`${folder}/pasted-list.test.ts`], figure),
  },
  {
    name: 'person',
    line: 'one person draws the same 14-step map in five lanes here and in bpmn.io: fewer pointer moves and keys, in ≤ 4 minutes of simulated time',
    async measure() {
      build()
      const browser = needBrowser()
      const serving = await serve()
      try {
        const here = await withBrowser(browser, async (page) => {
          await emptyCanvas(page, serving.url)
          return drawHere(page)
        })
        const there = await withBrowser(browser, async (page) => {
          await openPeer(page)
          return drawThere(page)
        })
        const said = ({ keys, moves, clicks, drags, travel, seconds: time }) =>
          `${moves} pointer moves (${travel} px), ${clicks} clicks, ${drags} drags, ${keys} keys, ${time} s`
        const wrong = [...here.faults, ...there.faults.map((each) => `bpmn.io: ${each}`)]
        return {
          ok: wrong.length === 0 && here.moves < there.moves && here.keys < there.keys && here.seconds <= 240,
          figure: `Carryover ${said(here)}\n       bpmn-js ${there.version} ${said(there)}${wrong.length > 0 ? `\n       ${wrong.join('; ')}` : ''}`,
        }
      } finally {
        serving.close()
      }
    },
  },
  {
    name: 'walk',
    line: 'a newcomer draws a described process from an empty project to printed findings: by mouse, by keys alone, and at 200 % zoom; every stop that was found is mended',
    measure() {
      build()
      const found = printed(['tests/journeys/newcomer.long.test.ts'], figure, { CHROMIUM: needBrowser() })
      return {
        ...found,
        figure: `${found.figure}\n       ${stopsMended()} stops found on the way and mended: docs/explanation/drawing.md`,
      }
    },
  },
  {
    name: 'hands',
    line: 'each habit of drawing by mouse, keys and touch, in one browser',
    measure: () => tests(['tests/journeys/hands.test.ts']),
  },
  {
    name: 'fit',
    line: 'every sample, fitted at 1280 × 800 with the panel closed: type ≥ 11 px, or blocks with the names of the lanes',
    async measure() {
      build()
      const serving = await serve(['--sample'])
      try {
        return await withBrowser(needBrowser(), (page) => fitOfSamples(page, serving.url), {
          viewport: { width: 1280, height: 800 },
        })
      } finally {
        serving.close()
      }
    },
  },
  {
    name: 'frames',
    line: '1,000 steps: first picture ≤ 300 ms; CPU per frame of drag, pan and zoom p95 ≤ 16.7 ms and ≤ 1.5× that of 100 steps; selection ≤ 50 ms to paint',
    async measure() {
      build()
      const serving = await serve()
      try {
        const of = (steps) => withBrowser(needBrowser(), (page) => framesOf(page, serving.url, steps))
        const small = await of(100)
        const large = await of(1000)
        const said = ({ first, drag, pan, zoom, select }) =>
          `first picture ${first} ms; p95 drag ${drag}, pan ${pan}, zoom ${zoom} ms; selection ${select} ms`
        const worst = Math.max(large.drag, large.pan, large.zoom)
        const ratio = Math.max(large.drag / small.drag, large.pan / small.pan, large.zoom / small.zoom)
        return {
          ok: large.first <= 300 && worst <= 16.7 && ratio <= 1.5 && large.select <= 50,
          figure: `100 steps: ${said(small)}\n       1,000 steps: ${said(large)}\n       worst ratio ${ratio.toFixed(2)}; load ${loadavg()[0].toFixed(1)} on ${cpus().length} processors`,
        }
      } finally {
        serving.close()
      }
    },
  },
]
