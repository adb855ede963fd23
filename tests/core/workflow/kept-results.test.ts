/** Numbers kept with a project give the same findings as the run they came from, and only for the same maps. */
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../../samples/riverside/workflows/index.ts'
import { finish } from '../../../src/core/operation.ts'
import { scenarioText } from '../../../src/core/workflow/map/write.ts'
import { judge } from '../../../src/core/workflow/simulation/judge.ts'
import { isOf, keptResultsText, readKeptResults } from '../../../src/core/workflow/simulation/kept-results.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'

const at = '2026-11-23T12:00:00Z'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

for (const [id, workflow] of riversideWorkflows)
  test(`${id}: findings of kept numbers are those of the simulation`, async () => {
    const { comparison, results } = await finish(judge(workflow, new AbortController().signal))
    if (!results) throw new Error('The example can not be simulated')
    const text = keptResultsText(workflow, results, at)
    expect(text.length).toBeLessThan(400_000)
    const kept = readKeptResults(bytes(text))
    if (!kept) throw new Error('What was kept can not be read')
    expect(kept.at).toBe(at)
    expect(isOf(kept, workflow)).toBe(true)
    const again = compare({ ...workflow }, { results: kept.results })
    const said = ({ code, outcome, severity, sentence, partOf }: (typeof comparison.findings)[number]) => ({
      code,
      outcome,
      severity,
      sentence,
      partOf,
    })
    expect(again.findings.map(said)).toEqual(comparison.findings.map(said))
    expect(again.effects.map(({ sentence }) => sentence)).toEqual(comparison.effects.map(({ sentence }) => sentence))
    expect(again.level).toBe('simulated')
    const { scenario } = workflow
    if (!scenario) throw new Error('The example has no assumptions')
    const other = { ...workflow, scenario: { ...scenario, seed: scenario.seed + 1 } }
    expect(scenarioText(other.scenario)).not.toBe(scenarioText(scenario))
    expect(isOf(kept, other)).toBe(false)
  })

test('a file that is broken, of another kind or changed by hand keeps nothing', async () => {
  const [workflow] = riversideWorkflows.values()
  if (!workflow) throw new Error('There is no example')
  const { results } = await finish(judge(workflow, new AbortController().signal))
  if (!results) throw new Error('The example can not be simulated')
  const text = keptResultsText(workflow, results, at)
  const broken = [
    '',
    '{',
    '[]',
    'null',
    '{"format":"carryover-simulated/1"}',
    text.slice(0, -9),
    text.replace(/"roles":\[\{/, '"roles":[7,{'),
  ]
  for (const each of [...broken, text.replace('carryover-simulated/1', 'carryover-simulated/9')])
    expect(readKeptResults(bytes(each)), each.slice(0, 60)).toBeNull()
  const never = {
    ...results,
    current: { ...results.current, roles: results.current.roles.map((role) => ({ ...role, load: Number.POSITIVE_INFINITY })) },
  }
  expect(readKeptResults(bytes(keptResultsText(workflow, never, at)))?.results.current.roles[0]?.load).toBe(
    Number.POSITIVE_INFINITY,
  )
})
