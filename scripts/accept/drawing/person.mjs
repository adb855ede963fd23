/** The same person draws the same map in Carryover and in bpmn.io: pointer moves, keys and time by the keystroke-level model. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { root } from '../../setup.mjs'
import { Hand, middle } from './hand.mjs'
import { faults, lanes } from './map.mjs'

const peer = { name: 'bpmn-js', version: '18.31.1' }
const size = { width: 1440, height: 900 }

export async function withBrowser(executablePath, work, options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'carryover-person-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: size,
    args: ['--no-sandbox', '--disable-gpu'],
    ...options,
  })
  try {
    return await work(context.pages()[0] ?? (await context.newPage()), context)
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** Creates a project with one empty workflow and stands on its canvas. */
export async function emptyCanvas(page, url) {
  await page.goto(url)
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name of the clinic or project').fill('North Street Practice')
  await page.getByLabel('System you leave').fill('PaperChart')
  await page.getByLabel('System you move to').fill('OpenChart')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('navigation', { name: 'Pages' }).waitFor()
  await page.evaluate(() => {
    location.hash = '#/workflow'
  })
  await page.getByLabel('Name of a new workflow').fill('Refill')
  await page.getByLabel('Name of a new workflow').press('Enter')
  await page.getByRole('application').waitFor()
  await page.getByRole('application').focus()
}

/** Draws with keys, and points where that is quicker: the way the help of the canvas names. */
export async function drawHere(page) {
  const hand = new Hand(page)
  const step = (name) =>
    page.locator('[data-step]').and(
      page.getByRole('group', {
        name: new RegExp(`^${name === 'parallel' ? 'Without a name, parallel ways' : name.replace('?', '\\?')},`),
      }),
    )
  const select = async (label) => {
    hand.think()
    const { x, y } = await middle(step(label))
    await hand.click(x, y)
  }
  for (const lane of lanes) {
    hand.think()
    await hand.press('l')
    await hand.type(lane)
    await hand.press('Enter')
  }
  const arrow = { above: 'Add a step above', right: 'Add the next step', below: 'Add a step below' }
  /** Types a name and presses the arrow at that side, which keeps the name and adds the next step. */
  const name = async (text, side) => {
    hand.think()
    await hand.type(text)
    await add(side)
  }
  const add = async (side) => {
    const { x, y } = await middle(page.getByRole('button', { name: arrow[side] }))
    await hand.click(x, y)
  }
  const make = async (key) => {
    hand.think()
    await hand.press('Enter', key)
  }
  hand.think()
  await hand.press('b')
  await name('', 'right')
  await name('Call for refill', 'below')
  await name('Take refill call', 'right')
  await name('Look up chart', 'below')
  await hand.type('Check last visit')
  await make('d')
  await name('Seen this year?', 'above')
  await hand.type('Book a visit')
  await select('Seen this year?')
  await add('right')
  await name('Prepare refill', 'below')
  await hand.type('Review refill')
  await make('d')
  await name('Approve?', 'above')
  await hand.type('Tell patient no')
  await select('Approve?')
  await hand.press('q')
  await name('', 'above')
  await hand.type('Update chart')
  await select('parallel')
  await add('right')
  await name('Send prescription', 'below')
  await hand.type('Fill prescription')
  await make('e')
  await hand.press('Enter')
  // The whole map in view, then the other three ways to its end: from the edge of each step.
  hand.think()
  const fit = await middle(page.getByRole('button', { name: 'Fit both maps' }))
  await hand.click(fit.x, fit.y)
  await page.waitForTimeout(300)
  for (const from of ['Book a visit', 'Tell patient no', 'Update chart']) {
    hand.think()
    const box = await step(from).boundingBox()
    await hand.drag({ x: box.x + box.width + 3, y: box.y + box.height / 2 }, await middle(step('end')))
  }
  // Words on the answers: each flow is pressed on its longest piece.
  for (const [from, to, words] of [
    ['Seen this year?', 'Book a visit', 'No'],
    ['Seen this year?', 'Prepare refill', 'Yes'],
    ['Approve?', 'Tell patient no', 'No'],
    ['Approve?', 'parallel ways', 'Yes'],
  ]) {
    hand.think()
    const { x, y } = await longestPiece(page.getByLabel(`Flow from ${from} to ${to}`, { exact: true }).locator('path').first())
    await hand.doubleClick(x, y)
    await hand.type(words)
    await hand.press('Enter')
  }
  await page.waitForTimeout(500)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Current map: BPMN 2.0' }).click()
    })(),
  ])
  return { ...hand.report(), faults: faults(drawnIn(readFileSync(await download.path(), 'utf8'))) }
}

/** The middle of the longest straight piece of a drawn way, on screen. */
function longestPiece(path) {
  return path.evaluate((drawn) => {
    const points = [...drawn.getAttribute('d').matchAll(/([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) =>
      new DOMPoint(Number(x), Number(y)).matrixTransform(drawn.getScreenCTM()),
    )
    const pieces = points.slice(1).map((end, at) => {
      const start = points[at]
      return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2, length: Math.hypot(end.x - start.x, end.y - start.y) }
    })
    const { x, y } = pieces.sort((a, b) => b.length - a.length)[0]
    return { x, y }
  })
}

/** Lanes from the top, steps with their lane, and flows of a BPMN file. */
function drawnIn(xml) {
  const of = (tag) => [...xml.matchAll(new RegExp(`<(?:\\w+:)?${tag}\\b([^>]*?)(/?)>`, 'g'))].map(([, own]) => own)
  const attribute = (own, name) =>
    (new RegExp(`\\b${name}="([^"]*)"`).exec(own)?.[1] ?? '').replaceAll(/\s+|&#10;|&#xA;/g, ' ').trim()
  const laneOf = new Map()
  const top = new Map(
    [...xml.matchAll(/<(?:\w+:)?BPMNShape\b[^>]*bpmnElement="([^"]+)"[^>]*>\s*<(?:\w+:)?Bounds\b([^>]*)/g)].map(([, id, own]) => [
      id,
      Number(attribute(own, 'y')),
    ]),
  )
  const drawnLanes = []
  for (const [, own, inside] of xml.matchAll(/<(?:\w+:)?lane\b([^>]*)>([\s\S]*?)<\/(?:\w+:)?lane>/g)) {
    drawnLanes.push({ name: attribute(own, 'name'), y: top.get(attribute(own, 'id')) ?? 0 })
    for (const [, ref] of inside.matchAll(/flowNodeRef>([^<]+)</g)) laneOf.set(ref.trim(), attribute(own, 'name'))
  }
  const kinds = {
    startEvent: 'start',
    endEvent: 'end',
    parallelGateway: 'split',
  }
  const names = new Map()
  const drawn = []
  for (const tag of [
    'startEvent',
    'endEvent',
    'task',
    'userTask',
    'manualTask',
    'serviceTask',
    'exclusiveGateway',
    'parallelGateway',
  ])
    for (const own of of(tag)) {
      const id = attribute(own, 'id')
      const name = kinds[tag] ?? attribute(own, 'name')
      names.set(id, name)
      drawn.push({ name, lane: laneOf.get(id) ?? '' })
    }
  return {
    lanes: drawnLanes.sort((a, b) => a.y - b.y).map(({ name }) => name),
    steps: drawn,
    flows: of('sequenceFlow').map((own) => ({
      from: names.get(attribute(own, 'sourceRef')),
      to: names.get(attribute(own, 'targetRef')),
      words: attribute(own, 'name'),
    })),
  }
}

/** The peer, in a folder of its own that is no part of the project. */
export function peerFolder() {
  const folder = join(root, '.cache', 'peers', `${peer.name}-${peer.version}`)
  if (!existsSync(join(folder, 'node_modules', peer.name))) {
    mkdirSync(folder, { recursive: true })
    const args = [
      'install',
      '--prefix',
      folder,
      `${peer.name}@${peer.version}`,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
    ]
    const done = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' })
    if (done.status !== 0) throw new Error(`${peer.name} could not be installed: ${done.stderr}`)
  }
  return join(folder, 'node_modules', peer.name, 'dist')
}

/** The modeler of bpmn.io as its own site shows it, on an empty diagram with a start. */
export async function openPeer(page) {
  const folder = peerFolder()
  const css = ['diagram-js.css', 'bpmn-js.css', 'bpmn-font/css/bpmn-embedded.css']
  const style = css.map((file) => readFileSync(join(folder, 'assets', file), 'utf8')).join('\n')
  await page.setContent(`<style>html,body,#canvas{margin:0;height:100%}${style}</style><div id="canvas"></div>`)
  await page.addScriptTag({ path: join(folder, 'bpmn-modeler.development.js') })
  await page.evaluate(async () => {
    window.modeler = new window.BpmnJS({ container: '#canvas' })
    await window.modeler.createDiagram()
  })
}

/** Draws with the palette, the context pad and direct editing, which are its quickest ways. */
export async function drawThere(page) {
  const hand = new Hand(page)
  const entry = (action) =>
    page.locator(`.djs-context-pad [data-action="${action}"], .djs-palette [data-action="${action}"]`).first()
  const at = (label) =>
    page.evaluate((wanted) => {
      const registry = window.modeler.get('elementRegistry')
      const canvas = window.modeler.get('canvas')
      const found = registry.find(
        (each) => !each.waypoints && each.type !== 'label' && (each.id === wanted || each.businessObject?.name === wanted),
      )
      const { x, y, scale } = { ...canvas.viewbox(), scale: canvas.zoom() }
      return {
        x: (found.x + found.width / 2 - x) * scale,
        y: (found.y + found.height / 2 - y) * scale,
        left: (found.x - x) * scale,
        right: (found.x + found.width - x) * scale,
        top: (found.y - y) * scale,
        bottom: (found.y + found.height - y) * scale,
        id: found.id,
      }
    }, label)
  const idOf = (kind, nth = -1) =>
    page.evaluate(
      ([wanted, n]) =>
        window.modeler
          .get('elementRegistry')
          .filter((each) => each.type === wanted && !each.labelTarget)
          .at(n)?.id,
      [kind, nth],
    )
  const press = async (action) => {
    const { x, y } = await middle(entry(action))
    await hand.click(x, y)
  }
  const select = async (label) => {
    hand.think()
    // Flows run over the middle of steps; the gateway and the events have their middle free.
    const { x, y, left, right, top } = await at(label)
    // A click right after a drag is swallowed here; no person is charged for that.
    await page.mouse.click(1410, 700)
    await page.waitForTimeout(100)
    await (right - left > 60 ? hand.click(left + 14, top + 12) : hand.click(x, y))
    await page.waitForTimeout(150)
  }
  const name = async (text) => {
    hand.think()
    await hand.type(text)
    await hand.press('Enter')
  }
  /** Drags what the context pad appends to its place, where it is named. */
  const append = async (action, x, lane, text) => {
    await hand.drag(await middle(entry(action)), { x, y: (await at(lane)).y })
    if (text) await name(text)
  }
  const gateway = async (x, lane, text) => {
    await append('append.gateway', x, lane, null)
    const id = await idOf('bpmn:ExclusiveGateway')
    const place = await at(id)
    await hand.doubleClick(place.x, place.y)
    await name(text)
    // Naming closed its context pad.
    await select(id)
  }
  // A pool around the start, wide enough, in five lanes.
  hand.think()
  await press('create.participant-expanded')
  await hand.click(500, 180)
  await name('Refill')
  const edge = await middle(page.locator('.djs-resizer-e').first())
  await hand.drag(edge, { x: 1320, y: edge.y })
  await press('lane-divide-three')
  for (let n = 0; n < 2; n++) {
    hand.think()
    const lane = await at(await idOf('bpmn:Lane'))
    await hand.click(lane.left + 12, lane.y)
    await press('lane-insert-below')
  }
  // The start lies on the name of the first lane, where the new pool put it.
  hand.think()
  const start = await at(await idOf('bpmn:StartEvent'))
  await hand.drag(start, { x: 290, y: start.y })
  const places = await page.evaluate(() => {
    const canvas = window.modeler.get('canvas').viewbox()
    return window.modeler
      .get('elementRegistry')
      .filter((each) => each.type === 'bpmn:Lane')
      .sort((a, b) => a.y - b.y)
      .map(({ x, y: top, height }) => ({ x: x - canvas.x + 14, y: top - canvas.y + height / 2 }))
  })
  for (const [i, lane] of lanes.entries()) {
    const place = places[i]
    hand.think()
    await hand.doubleClick(place.x, place.y)
    await hand.type(lane)
    await hand.press('Enter')
  }
  await select(start.id)
  await append('append.append-task', 400, 'Patient', 'Call for refill')
  await append('append.append-task', 400, 'Front desk', 'Take refill call')
  await append('append.append-task', 540, 'Front desk', 'Look up chart')
  await append('append.append-task', 540, 'Nurse', 'Check last visit')
  await gateway(650, 'Nurse', 'Seen this year?')
  await append('append.append-task', 690, 'Front desk', 'Book a visit')
  await select('Seen this year?')
  await append('append.append-task', 770, 'Nurse', 'Prepare refill')
  await append('append.append-task', 770, 'Physician', 'Review refill')
  await gateway(880, 'Physician', 'Approve?')
  await append('append.append-task', 910, 'Nurse', 'Tell patient no')
  await select('Approve?')
  await append('append.gateway', 980, 'Physician', null)
  await press('replace')
  const parallel = await middle(page.locator('[data-id="replace-with-parallel-gateway"]').first())
  await hand.click(parallel.x, parallel.y)
  const split = await idOf('bpmn:ParallelGateway')
  await append('append.append-task', 1050, 'Nurse', 'Update chart')
  await select(split)
  await append('append.append-task', 1100, 'Physician', 'Send prescription')
  await append('append.append-task', 1100, 'Pharmacy', 'Fill prescription')
  await append('append.end-event', 1240, 'Pharmacy', null)
  const end = await idOf('bpmn:EndEvent')
  for (const from of ['Book a visit', 'Tell patient no', 'Update chart']) {
    await select(from)
    await press('connect')
    const { x, y: down } = await at(end)
    await hand.click(x, down)
  }
  const wayFrom = (from, to) =>
    page.evaluate(
      ([a, b]) => {
        const canvas = window.modeler.get('canvas').viewbox()
        const way = window.modeler
          .get('elementRegistry')
          .find(
            (each) =>
              each.waypoints &&
              [each.source.id, each.source.businessObject.name].includes(a) &&
              [each.target.id, each.target.businessObject.name].includes(b),
          )
        const points = way.waypoints
        let best = points[0]
        let longest = -1
        for (let i = 1; i < points.length; i++) {
          const length = Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y)
          if (length > longest) {
            longest = length
            best = { x: (points[i].x + points[i - 1].x) / 2, y: (points[i].y + points[i - 1].y) / 2 }
          }
        }
        return { x: best.x - canvas.x, y: best.y - canvas.y }
      },
      [from, to],
    )
  for (const [from, to, words] of [
    ['Seen this year?', 'Book a visit', 'No'],
    ['Seen this year?', 'Prepare refill', 'Yes'],
    ['Approve?', 'Tell patient no', 'No'],
    ['Approve?', split, 'Yes'],
  ]) {
    hand.think()
    const { x, y: down } = await wayFrom(from, to)
    await hand.doubleClick(x, down)
    await hand.type(words)
    await hand.press('Enter')
  }
  const { xml } = await page.evaluate(() => window.modeler.saveXML({ format: false }))
  return { ...hand.report(), faults: faults(drawnIn(xml)), version: peer.version }
}
