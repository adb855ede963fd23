/** What the product says of clinic processes that it has never seen, held against the truth; the figures are printed. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { finish } from '../../../src/core/operation.ts'
import { blankLink, linkKey, type Workflow } from '../../../src/core/workflow/map/workflow.ts'
import { judge } from '../../../src/core/workflow/simulation/judge.ts'
import { suggestTrace } from '../../../src/core/workflow/trace/suggest-trace.ts'
import { type Held, hold } from './judge.ts'
import { type Pair, type PairSet, pairNames, pairSets, readPair, truthOf } from './pairs.ts'

/** As a person who draws the true links sees it. */
function traced({ workflow, links }: Pair): Workflow {
  const all = links.map((link) => ({ ...blankLink, ...link }))
  return { ...workflow, trace: new Map(all.map((link) => [linkKey(link), link])) }
}

/** Causes were looked for in the open half first, later in the closed one too; of the hold-out only totals are looked at. */
const halves = ['open', 'closed'] as const
type Half = (typeof halves)[number]

function halfOf(slug: string): Half {
  return (createHash('sha256').update(slug).digest()[0] ?? 0) % 2 === 0 ? 'open' : 'closed'
}

type HeldPair = Held & { readonly slug: string }

const outcomes = [
  'digitized',
  'kept',
  'reduced',
  'eliminated',
  'relocated',
  'worsened',
  'introduced',
  'unjudged',
  'gained',
] as const
const share = (part: number, whole: number): string => (whole === 0 ? 'none' : (part / whole).toFixed(3))

function report(name: string, held: readonly HeldPair[]): void {
  const said = held.flatMap((each) => each.said)
  const lines = held.flatMap((each) => each.lines)
  const credits = held.flatMap((each) => each.credits)
  const [right, met] = [said.filter((each) => each.right).length, lines.filter((each) => each.met).length]
  console.log(
    `drawing ${name}: ${held.length} pairs, precision ${share(right, said.length)} (${right} of ${said.length}), recall ${share(met, lines.length)} (${met} of ${lines.length})`,
  )
  console.log(`drawing ${name}: not judged ${held.reduce((sum, { open }) => sum + open, 0)}`)
  for (const outcome of outcomes) {
    const own = said.filter((each) => each.outcome === outcome)
    const asked = lines.filter(({ outcomes: [first] }) => first === outcome)
    console.log(
      `drawing ${name}: ${outcome.padEnd(10)} precision ${share(own.filter((each) => each.right).length, own.length)} of ${own.length}, recall ${share(asked.filter((each) => each.met).length, asked.length)} of ${asked.length}`,
    )
  }
  for (const gain of ['waiting', 'touches', 'errors', 'hand-offs']) {
    const own = credits.filter((each) => each.gain === gain)
    const given = held.flatMap((each) => each.credited).filter((each) => each.gain === gain)
    console.log(
      `drawing ${name}: ${gain.padEnd(10)} credits right ${share(given.filter((each) => each.right).length, given.length)} of ${given.length}, credited ${share(own.filter((each) => each.met).length, own.length)} of ${own.length}`,
    )
  }
}

function reportMisses({ slug, said, lines, credits, credited }: HeldPair): void {
  for (const each of said)
    console.log(
      `${each.right ? 'right' : 'wrong'}: ${slug} ${each.outcome} ${each.by} ${each.steps.join(' ')}: ${each.right ? '' : each.sentence}`,
    )
  for (const line of lines)
    if (!line.met) {
      const there = said.filter(({ steps }) => steps.includes(`${line.side}/${line.element}`))
      const told = there.map(({ outcome, by }) => `${outcome} ${by}`).join(', ')
      console.log(
        `missed: ${slug} ${line.side}/${line.element} ${line.planted} ${line.outcomes.join(' | ')}: ${line.why} [${told}]`,
      )
    }
  for (const { by, gain, right } of credited)
    if (!right) console.log(`credit wrong: ${slug} ${gain} ${by.steps.join(' ')}: ${by.sentence}`)
  for (const { line, gain, met } of credits)
    if (!met) console.log(`no credit: ${slug} ${line.side}/${line.element} ${line.planted} ${gain}: ${line.why}`)
}

async function heldIn(set: PairSet): Promise<HeldPair[]> {
  const held: HeldPair[] = []
  for (const slug of pairNames(set)) {
    const { comparison } = await finish(judge(traced(readPair(set, slug)), new AbortController().signal))
    expect(comparison.blocked, slug).toEqual([])
    held.push({ slug, ...hold(comparison, truthOf(set, slug)) })
  }
  return held
}

test('verdicts on strangers’ maps: precision and recall by outcome, and what is gained', { timeout: 3_000_000 }, async () => {
  const held = await heldIn('pairs')
  report('all', held)
  for (const half of halves)
    report(
      half,
      held.filter(({ slug }) => halfOf(slug) === half),
    )
  if (process.env.DRAWING_MISSES) for (const each of held) reportMisses(each)
  expect(held.length).toBeGreaterThanOrEqual(60)
  expect(held.flatMap(({ lines }) => lines).some(({ met }) => met)).toBe(true)
})

test('verdicts on maps that nobody looked into for a cause', { timeout: 3_000_000 }, async () => {
  const held = await heldIn('hold-out')
  report('hold-out', held)
  expect(held.length).toBeGreaterThanOrEqual(20)
  expect(held.flatMap(({ lines }) => lines).some(({ met }) => met)).toBe(true)
})

test('suggested links where the maps come without any', () => {
  const sums = { all: [0, 0, 0], open: [0, 0, 0], closed: [0, 0, 0], 'hold-out': [0, 0, 0] }
  for (const set of pairSets)
    for (const slug of pairNames(set)) {
      const pair = readPair(set, slug)
      if (!pair.hidden) continue
      const half = halfOf(slug)
      const truth = new Set(pair.links.flatMap(({ from, to }) => from.flatMap((a) => to.map((b) => `${a} > ${b}`))))
      const { links } = suggestTrace(pair.workflow.current, pair.workflow.future, [])
      const shown = new Set(links.flatMap(({ from, to }) => from.flatMap((a) => to.map((b) => `${a} > ${b}`))))
      const counts = [[...shown].filter((each) => truth.has(each)).length, shown.size, truth.size]
      for (const name of set === 'pairs' ? (['all', half] as const) : (['hold-out'] as const))
        sums[name] = sums[name].map((sum, at) => sum + (counts[at] ?? 0))
      if (process.env.DRAWING_MISSES && set === 'pairs' && half === 'open') {
        const label = (text: string): string => {
          const [a = '', b = ''] = text.split(' > ')
          return `${pair.workflow.current.nodes.get(a)?.label} > ${pair.workflow.future.nodes.get(b)?.label}`
        }
        for (const each of shown) if (!truth.has(each)) console.log(`link wrong: ${slug} ${label(each)}`)
        for (const each of truth) if (!shown.has(each)) console.log(`link missed: ${slug} ${label(each)}`)
      }
    }
  for (const [name, [hits = 0, told = 0, there = 0]] of Object.entries(sums)) {
    const [precision, recall] = [hits / told, hits / there]
    console.log(
      `drawing links ${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${((2 * precision * recall) / (precision + recall)).toFixed(3)} over ${there} true pairs of steps`,
    )
  }
  expect(sums.all[0]).toBeGreaterThan(0)
  expect(sums['hold-out'][0]).toBeGreaterThan(0)
})
