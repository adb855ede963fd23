/** Templates of projects: sound maps, files that can be read, and nothing in them that proves anything. */
import { expect, test } from 'vitest'
import { projectTemplateNames } from '../../samples/templates/names.ts'
import { templateContent, templateProblems, templateWorkflow } from '../../samples/templates/project-template.ts'
import { projectTemplates } from '../../samples/templates/projects/index.ts'
import { newProject } from '../../src/core/project/format/open.ts'
import type { Project } from '../../src/core/project/format/project.ts'
import { assess } from '../../src/core/readiness/board/board.ts'
import { firstSteps } from '../../src/core/readiness/evidence/first-steps.ts'
import { inputFiles } from '../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../src/core/readiness/input-files/input-file.ts'
import { readInput } from '../../src/core/readiness/input-files/read-input.ts'
import { draftKinds, templateMaps, withTemplate } from '../../src/core/readiness/kept-files/template-maps.ts'
import { documentsOf } from '../../src/core/workflow/map/files.ts'
import { isStep } from '../../src/core/workflow/map/workflow.ts'
import { checkStructure } from '../../src/core/workflow/structure/index.ts'
import { traceOf } from '../../src/core/workflow/trace/trace.ts'

const today = '2026-11-24'
const hand = { device: 'd-1', actor: 'mara', wall: '2026-11-24T09:00:00+01:00' }
const templates = Object.values(projectTemplates)
const pairs = templates.flatMap(({ id, pairs }) => pairs.map((pair) => [`${id}: ${pair.title}`, pair] as const))

function begun(id: keyof typeof projectTemplates): Project {
  const empty = newProject({ id: 'p-1', name: 'North', legacy: 'A', target: 'B', created: hand.wall, tool: 'test', servers: [] })
  return withTemplate(empty, templateContent(projectTemplates[id], today), hand)
}

test('every name has its template, each with two maps and six risks', () => {
  expect(projectTemplateNames.map(({ id }) => id)).toEqual(templates.map(({ id }) => id))
  for (const { pairs, risks } of templates) expect([pairs.length, risks.length]).toEqual([2, 6])
})

test.each(pairs)('%s opens without a finding about its shape', (_, pair) => {
  expect(templateProblems(pair)).toEqual([])
  const { current, future } = templateWorkflow(pair)
  for (const graph of [current, future]) {
    expect(checkStructure(graph).map(({ sentence }) => sentence)).toEqual([])
    const steps = [...graph.nodes.values()].filter(isStep)
    expect(steps.length).toBeGreaterThanOrEqual(5)
    for (const step of steps) expect(step.evidence).toMatchObject({ level: 'assumed' })
  }
})

test.each(pairs)('%s: what its trace names is there, and most steps go somewhere', (_, pair) => {
  const workflow = templateWorkflow(pair)
  const steps = [...workflow.current.nodes.values()].filter(isStep)
  expect(traceOf(workflow).untraced.current.length).toBeLessThan(steps.length / 2)
})

test.each(templates.map(({ id }) => id))('%s: its files are read without a problem', (id) => {
  const { files } = templateContent(projectTemplates[id], today)
  expect([...files.keys()]).toEqual(['milestones', 'risks', 'training-plan', 'communication'])
  for (const [kind, text] of files) {
    const file: InputFile = inputFiles[kind]
    const { rows, problems, missing, refused, unknown } = readInput(file, text)
    expect({ kind, problems, missing, refused, unknown }).toEqual({ kind, problems: [], missing: [], refused: null, unknown: [] })
    expect(rows.length).toBeGreaterThan(2)
  }
})

test.each(templates.map(({ id }) => id))('%s: no line of the board turns green or claimed, and no first step is ticked', (id) => {
  const project = begun(id)
  expect(draftKinds(project)).toHaveLength(4)
  expect(templateMaps(project).size).toBe(2)
  const empty = newProject({ id: 'p-1', name: 'North', legacy: 'A', target: 'B', created: hand.wall, tool: 'test', servers: [] })
  const states = (of: Project) =>
    assess(of, today)
      .phases.flatMap(({ criteria }) => criteria)
      .filter(({ state }) => state === 'proven' || state === 'claimed')
      .map(({ criterion }) => criterion.code)
  expect(states(project)).toEqual(states(empty))
  expect(firstSteps(project).filter(({ done }) => done)).toEqual([])
})

test('a map counts as drawn once what it says changes, not once it is moved', () => {
  const project = begun('gp-practice')
  const [pair] = projectTemplates['gp-practice'].pairs
  if (!pair) throw new Error('no pair')
  const drawn = templateWorkflow(pair)
  const changed = (edit: (node: { readonly x: number; readonly label: string }) => object): Project => {
    const [first] = [...drawn.current.nodes.values()].filter(isStep)
    if (!first) throw new Error('no step')
    const nodes = new Map(drawn.current.nodes).set(first.id, { ...first, ...edit(first) })
    const documents = documentsOf({ ...drawn, current: { ...drawn.current, nodes } })
    return { ...project, workflows: project.workflows.map((each) => (each.id === pair.id ? documents : each)) }
  }
  expect(templateMaps(changed(({ x }) => ({ x: x + 40 }))).size).toBe(2)
  const own = changed(() => ({ label: 'Take the slip from the box' }))
  expect([...templateMaps(own)]).toEqual(['test-results'])
  expect(
    firstSteps(own)
      .filter(({ done }) => done)
      .map(({ id }) => id),
  ).toEqual(['current-map', 'future-map'])
})

test('what the templates hold, in numbers', () => {
  const workflows = templates.flatMap(({ pairs }) => pairs.map(templateWorkflow))
  const steps = workflows
    .flatMap(({ current, future }) => [current, future])
    .map(({ nodes }) => [...nodes.values()].filter(isStep).length)
  const total = steps.reduce((sum, n) => sum + n, 0)
  expect(total).toBeGreaterThan(80)
  console.log(
    `templates: ${templates.length} with ${steps.length} maps of ${total} steps, 0 findings about their shape, 0 lines of the board proven or claimed`,
  )
})
