/** What a project's maps hold that can not be read is said with its place, and what can be read is opened all the same. */
import { expect, test } from 'vitest'
import { openWorkflows } from '../../../src/app/session/workflow-files.ts'
import { documentsOf } from '../../../src/core/workflow/map/files.ts'
import { refill } from '../refill.ts'

test('maps open as they were written', () => {
  const { workflows, trouble } = openWorkflows({ workflows: [documentsOf(refill)] })
  expect(trouble).toEqual([])
  expect(workflows.get(refill.id)?.current.nodes.size).toBe(refill.current.nodes.size)
})

test('a place that can not be read is named with its file, and long lists are cut', () => {
  const written = documentsOf(refill)
  const current = { ...(written.current as Record<string, never>), nodes: Array.from({ length: 40 }, () => 7) }
  const { workflows, trouble } = openWorkflows({ workflows: [{ ...written, current }] })
  expect(trouble[0]).toMatch(/^workflows\/refill\/current\.json, \$\.nodes\[0\]: \S/)
  expect(trouble).toHaveLength(6)
  expect(trouble.at(-1)).toMatch(/^\d+ more places could not be read\.$/)
  expect(workflows.get(refill.id)?.future.nodes.size).toBe(refill.future.nodes.size)
})

test('documents that are missing are empty maps, without trouble', () => {
  const none = { id: 'new', current: null, future: null, trace: null, scenario: null }
  const { workflows, trouble } = openWorkflows({ workflows: [none] })
  expect(trouble).toEqual([])
  expect(workflows.get('new')?.current.nodes.size).toBe(0)
})
