/** What a finding says is what its numbers say: on all examples, on what analysts drew, and on generated maps. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../../samples/riverside/workflows/index.ts'
import { clinicProcesses, templateMap } from '../../../samples/templates/clinic-processes.ts'
import { workflowExamples } from '../../../samples/workflow/examples.ts'
import { finish } from '../../../src/core/operation.ts'
import { futureDraft } from '../../../src/core/workflow/edit/future-draft.ts'
import { readWorkflow } from '../../../src/core/workflow/map/files.ts'
import { blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import {
  blankLink,
  emptyWorkflow,
  type Graph,
  isStep,
  linkKey,
  type Node,
  type Workflow,
} from '../../../src/core/workflow/map/workflow.ts'
import { survivalExamples } from '../../../src/core/workflow/rules/every-example.ts'
import { judge } from '../../../src/core/workflow/simulation/judge.ts'
import { type CompareFinding, type Comparison, compare, mainFindings } from '../../../src/core/workflow/survival/compare.ts'
import type { Effect } from '../../../src/core/workflow/survival/effects.ts'
import { valueText } from '../../../src/core/workflow/survival/sentence.ts'
import { identity, steps } from './generated.ts'
import { workflowOf } from './pair.ts'

/** Every way in which the words of a finding can say something else than its facts. */
function contradictions({ outcome, metric, sentence, code, facts, mediumChanged }: CompareFinding): readonly string[] {
  const wrong: string[] = []
  const say = (broken: boolean, what: string): void => void (broken && wrong.push(`${code}: ${what}: ${sentence}`))
  const { current: before, future: after } = metric
  say(/^(.+) became \1:/.test(sentence), 'became itself')
  say(/Nothing changes/.test(sentence) && mediumChanged, 'nothing changes, yet the medium did')
  say(
    /Nothing changes/.test(sentence) && valueText(before, metric.unit) !== valueText(after, metric.unit),
    'nothing changes, yet the number did',
  )
  say(outcome === 'reduced' && before !== null && after !== null && !(after < before), 'reduced, yet not less')
  say(outcome === 'worsened' && before !== null && after !== null && !(after > before), 'worse, yet not more')
  const rest = / under the limit of this rule\.$/.test(sentence)
  say(outcome === 'eliminated' && after !== 0 && after !== null && !rest, 'eliminated, yet something is left')
  say(rest && !(outcome === 'eliminated' && (after === null || before === null || after < before)), 'a rest that is no rest')
  say(/still there/.test(sentence) && outcome === 'reduced' && after === 0, 'still there, yet zero')
  say(/\(100 % less\)/.test(sentence) && after !== 0, 'all is gone, yet something is left')
  say(/None of it is left/.test(sentence) && after !== 0, 'none is left, yet something is')
  say(/ less\)/.test(sentence) && before !== null && after !== null && after >= before, 'less, yet not less')
  say(/ more\)/.test(sentence) && before !== null && after !== null && after <= before, 'more, yet not more')
  say(/queue (still )?never ends/.test(sentence) && !/[\d.]{3,} % of the hours|nobody has/.test(sentence), 'endless, yet no load')
  if (code === 'workflow/overloaded-role' && outcome !== 'unjudged') {
    const asked = facts.filter(({ unit, name }) => unit === 'share of hours' && name.includes('is asked for'))
    say(!asked.some(({ value }) => Number(value) > 0.85), 'overloaded, yet below the threshold')
  }
  return wrong
}

function effectContradictions({ outcome, burdens: [main], sentence }: Effect): readonly string[] {
  if (!main || main.before === null || main.after === null) return []
  const { before, after } = main
  const wrong: string[] = []
  if (outcome === 'reduced' && !(after < before)) wrong.push(`reduced, yet not less: ${sentence}`)
  if (outcome === 'eliminated' && after !== 0) wrong.push(`eliminated, yet something is left: ${sentence}`)
  if (outcome === 'worsened' && !(after > before)) wrong.push(`worse, yet not more: ${sentence}`)
  if (outcome === 'digitized' || outcome === 'kept')
    for (const [, share] of sentence.matchAll(/\((\d+) % (?:less|more)\)/g))
      if (Number(share) > 0) wrong.push(`as much as before, yet ${share} % other: ${sentence}`)
  if (/too small a difference/.test(sentence) && Math.abs(after - before) > 1 + 1e-9)
    wrong.push(`too small a difference, yet more than a minute: ${sentence}`)
  const counted = /\(([\d.]+|less than 1) % (less|more): (under|not over) the /.exec(sentence)
  if (counted) {
    const [, share = '', way, under] = counted
    if ((way === 'less') !== after < before) wrong.push(`${way}, yet it is not: ${sentence}`)
    if (Number(share) >= (way === 'less' ? (under === 'under' ? 20 : 20.1) : 10.1))
      wrong.push(`under the share that counts, yet ${share} %: ${sentence}`)
  }
  if (/\(100 % less\)/.test(sentence) && after !== 0) wrong.push(`all is gone, yet something is left: ${sentence}`)
  return wrong
}

/** Signs lead to one finding, and no minute of a step is at stake twice. */
function countedTwice({ findings }: Comparison): readonly string[] {
  const byPrint = new Map(findings.map((finding) => [finding.fingerprint, finding]))
  const wrong = findings.flatMap(({ partOf, code }) =>
    partOf !== null && byPrint.get(partOf)?.partOf !== null ? [`${code} is a sign of a sign, or of nothing`] : [],
  )
  const claims = new Map<string, string>()
  for (const { code, minutesPerWeek, current, future, countedWith, lanes } of findings) {
    if (countedWith !== null || !waits.has(code) || (minutesPerWeek.current ?? minutesPerWeek.future) === null) continue
    if (lanes.current !== null || lanes.future !== null) continue
    for (const step of [...current.map((id) => `now ${id}`), ...future.map((id) => `next ${id}`)]) {
      const other = claims.get(step)
      if (other !== undefined) wrong.push(`${code} and ${other} both count the wait of ${step}`)
      claims.set(step, code)
    }
  }
  return wrong
}

const waits = new Set(
  ['approval-chain', 'digitized-approval', 'batch-and-wait', 'unmeasured-wait', 'needless-serial'].map(
    (name) => `workflow/${name}`,
  ),
)

function faultsOf(comparison: Comparison): readonly string[] {
  return [
    ...comparison.findings.flatMap(contradictions),
    ...comparison.effects.flatMap(effectContradictions),
    ...countedTwice(comparison),
  ]
}

const examples: readonly (readonly [string, Workflow])[] = [
  ...[...riversideWorkflows].map(([id, workflow]) => [id, workflow] as const),
  ...workflowExamples.map(({ id, files }) => [id, readWorkflow(id, files).value] as const),
]

for (const [id, workflow] of examples)
  test(`${id}: the words follow from the facts, and the other way round`, async () => {
    const { comparison } = await finish(judge(workflow, new AbortController().signal))
    expect(comparison.findings.length).toBeGreaterThan(0)
    expect(faultsOf(comparison)).toEqual([])
    const { trace, current, future } = workflow
    const turned = [...trace.values()].map((link) => ({ ...link, from: link.to, to: link.from }))
    const back: Workflow = {
      ...workflow,
      current: { ...future, side: 'current' },
      future: { ...current, side: 'future' },
      trace: new Map(turned.filter(({ from, to }) => from.length > 0 && to.length > 0).map((link) => [linkKey(link), link])),
    }
    expect(faultsOf(compare(back))).toEqual([])
  })

test('every example of every rule: the words follow from the facts', () => {
  const wrong: string[] = []
  for (const { flags, passes } of survivalExamples)
    for (const { subject } of [...flags, ...passes]) {
      const workflow = workflowOf({
        current: subject.before ?? subject.map,
        future: subject.map,
        ...(subject.perHour === undefined ? {} : { perHour: subject.perHour }),
      })
      wrong.push(...faultsOf(compare(workflow)))
    }
  expect(wrong).toEqual([])
})

test('the templates, drafted as their own future: the words follow from the facts', () => {
  for (const process of clinicProcesses) {
    const current = templateMap(process)
    const bare: Workflow = { ...emptyWorkflow(process.id), current: { ...current, side: 'current' } }
    const future: Graph = { ...futureDraft(bare), side: 'future' }
    const links = [...current.nodes.values()].filter(isStep).map(({ id }) => ({ ...blankLink, from: [id], to: [id] }))
    const workflow = { ...bare, future, trace: new Map(links.map((link) => [linkKey(link), link])) }
    expect(faultsOf(compare(workflow)), process.id).toEqual([])
  }
})

const changes: readonly ((node: Node) => Partial<Node>)[] = [
  () => ({ medium: 'inbox' }),
  () => ({ medium: 'spreadsheet' }),
  () => ({ medium: 'interface', kind: 'do' }),
  ({ wait }) => ({ wait: wait?.dist === 'constant' ? { dist: 'constant', value: wait.value / 3 } : wait }),
  ({ wait }) => ({ wait: wait?.dist === 'constant' ? { dist: 'constant', value: wait.value * 3 + 60 } : wait }),
  () => ({ wait: { dist: 'constant', value: 0 }, service: { dist: 'constant', value: 0 } }),
  () => ({ service: null }),
]

/** Both steps scan what the other one writes on paper. */
const sheetsInALoop = [
  { spice: 3, back: false },
  { spice: 3, back: true },
  { spice: 0, back: false },
].map((step) => ({ kind: 0, lane: 0, minutes: 1, wait: 0, clicks: 0, element: 0, ...step }))

test('generated maps, edited at random: the words follow from the facts, and no minute is counted twice', () => {
  fc.assert(
    fc.property(
      steps,
      fc.array(fc.tuple(fc.nat(7), fc.nat(changes.length - 1)), { maxLength: 6 }),
      fc.constantFrom(0, 0.05, 1, 12),
      (list, edits, perHour) => {
        const workflow = identity(list, (graph) => {
          const nodes = new Map(graph.nodes)
          for (const [at, change] of edits) {
            const node = nodes.get(`s${at}`)
            if (node) nodes.set(node.id, { ...node, ...changes[change]?.(node) })
          }
          return { ...graph, nodes }
        })
        const scenario = perHour === 0 ? null : { ...blankScenario, arrivals: [{ node: 'start', perHour }] }
        const comparison = compare({ ...workflow, scenario })
        expect(faultsOf(comparison)).toEqual([])
        expect(mainFindings(comparison.findings).length).toBeLessThanOrEqual(comparison.findings.length)
      },
    ),
    { numRuns: process.env.LONG ? 1000 : 100, examples: [[sheetsInALoop, [], 0]] },
  )
})
