/** Others at the same map are drawn from values: chosen steps with a name, a pointer, a drag under way, and nobody of another map. */
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PresenceLayer } from '../../../../src/app/routes/workflow/together/presence-layer.tsx'
import type { Presence, Present } from '../../../../src/core/workflow/together/presence.ts'

const ines: Presence = {
  name: 'Ines Varga',
  colour: 'violet',
  map: 'refill',
  pointer: { side: 'future', x: 10, y: 20 },
  selection: ['future/approve', 'future/gone'],
  drag: { side: 'future', ids: ['approve'], dx: 8, dy: 4 },
  types: 'future/approve',
}
const places = {
  room: { width: 900, height: 600 },
  zoom: 2,
  box: (ref: string) => (ref === 'future/approve' ? { x: 100, y: 50, width: 304, height: 128 } : null),
  lane: () => null,
  point: (_side: string, x: number, y: number) => ({ x: x * 2, y: y * 2 }),
  at: (x: number, y: number) => ({ side: 'current' as const, x: x / 2, y: y / 2 }),
  dragged: [],
}

const present = (from: string, presence: Presence): Present => ({ from, presence, heard: 0 })

test('what somebody has chosen, types, moves and points at stands at its place with their name', () => {
  const html = renderToStaticMarkup(<PresenceLayer here={[present('a', ines)]} map="refill" places={places} />)
  expect(html).toContain('data-colour="violet"')
  expect(html).toContain('left:97px;top:47px;width:310px;height:134px')
  expect(html).toContain('Ines types')
  expect(html).toContain('left:116px;top:58px;width:304px;height:128px')
  expect(html).toContain('left:20px;top:40px')
  expect(html.match(/Ines Varga/g)).toHaveLength(1)
  expect(html).toContain('aria-hidden="true"')
})

test('nobody of another map is drawn', () => {
  const other = present('b', { ...ines, map: 'vitals' })
  expect(renderToStaticMarkup(<PresenceLayer here={[other]} map="refill" places={places} />)).not.toContain('Ines')
})
