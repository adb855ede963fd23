/** A map with one wrong member opens: the member is named with what it takes, has no effect, and stands in the file that is written. */
import { expect, test } from 'vitest'
import { readGraph } from '../../../src/core/workflow/map/read.ts'
import { graphText } from '../../../src/core/workflow/map/write.ts'

const node = { id: 'a', type: 'step', label: 'Sign' }

test.each([
  ['medium', 'pigeon', 'one of paper, phone, fax'],
  ['clicks', -1, 'a number from 0 up'],
  ['minLicence', 'two', 'a number'],
  ['external', 'yes', 'true or false'],
  ['owner', 7, 'a text'],
  ['pains', 'slow', 'a list of texts'],
  ['writes', [{ element: 'note', mode: 'by hand' }], 'a list of {"element", "mode"}'],
  ['batch', { offset: 4 }, '{"size"} or {"every", "offset"}'],
  ['service', { dist: 'constant' }, 'a distribution (constant, exponential'],
  ['workaround', {}, '{"cause": id of a step}'],
])('%s', (name, wrong, takes) => {
  const { value, problems } = readGraph(
    {
      format: 'carryover-workflow/1',
      nodes: [
        { id: 'b', type: 'step' },
        { ...node, later: 1, [name]: wrong },
      ],
    },
    'current',
  )
  expect(problems.map(({ place }) => place)).toEqual([`$.nodes[1].${name}`])
  expect(problems[0]?.sentence).toContain(`is ${JSON.stringify(wrong).slice(0, 40)}`)
  expect(problems[0]?.sentence).toContain(`; it takes ${takes}`)
  expect(value.nodes.get('a')).toMatchObject({ ...node, extra: { later: 1, [name]: wrong } })
  const written = JSON.parse(graphText(value)).nodes.find(({ id }: { id: string }) => id === 'a')
  expect(written).toEqual({ ...node, x: 0, y: 0, later: 1, [name]: wrong })
  expect(readGraph(JSON.parse(graphText(value)), 'current').problems).toHaveLength(1)
})
