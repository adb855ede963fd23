/** Templates of clinic processes: read without a problem, sound, and honest about what they know. */
import { expect, test } from 'vitest'
import { clinicProcesses, templateMap } from '../../samples/templates/clinic-processes.ts'
import { type Box, sizeOf } from '../../src/core/workflow/drawing/layout.ts'
import { readSketch } from '../../src/core/workflow/interop/sketch.ts'
import { checkStructure } from '../../src/core/workflow/structure/index.ts'

test.each(clinicProcesses.map((template) => [template.id, template] as const))('%s can be judged as it is', (_, template) => {
  expect(readSketch(template.sketch.trim()).problems).toEqual([])
  const map = templateMap(template)
  const errors = checkStructure(map).filter(({ rule }) => rule.severity === 'error')
  expect(errors.map(({ sentence }) => sentence)).toEqual([])
  const steps = [...map.nodes.values()].filter((node) => node.type === 'step')
  expect(steps.length).toBeGreaterThanOrEqual(5)
  for (const step of steps) expect(step).toMatchObject({ evidence: { level: 'assumed' } })
  const boxes = [...map.nodes.values()].map((node): Box => ({ id: node.id, x: node.x, y: node.y, ...sizeOf(node) }))
  for (const a of boxes)
    for (const b of boxes)
      if (a.id < b.id)
        expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
})
