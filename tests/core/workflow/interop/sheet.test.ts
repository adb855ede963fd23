/** A map on one sheet: the whole of it, as large as the paper allows, with title, date, version and legend. */
import { expect, test } from 'vitest'
import { riversideWorkflows } from '../../../../samples/riverside/workflows/index.ts'
import { drawingOf } from '../../../../src/core/workflow/drawing/drawing.ts'
import { placed } from '../../../../src/core/workflow/drawing/layout.ts'
import { type Paper, papers, writeSheet } from '../../../../src/core/workflow/interop/sheet.ts'
import type { Graph } from '../../../../src/core/workflow/map/workflow.ts'
import { readXmlTree, walk } from '../../../../src/core/workflow/xml/xml-tree.ts'
import { mapOf } from '../gallery/maps.ts'

const words = { title: 'Refill: current <map>', date: '23-Nov-2026', version: 'ab12cd34' }

interface View {
  readonly place: readonly [number, number, number, number]
  readonly shown: readonly [number, number, number, number]
}

function viewsOf(graph: Graph, paper: Paper): { readonly views: readonly View[]; readonly texts: string } {
  const sheet = writeSheet(graph, paper, words)
  const root = readXmlTree(new TextEncoder().encode(sheet))
  const numbers = (text: string): [number, number, number, number] =>
    text.split(' ').map(Number) as [number, number, number, number]
  const views = [...walk(root)].flatMap((each): readonly View[] => {
    if (each === root || each.local !== 'svg') return []
    const at = (name: string): string => each.attributes.get(name) ?? ''
    return [{ place: numbers(`${at('x')} ${at('y')} ${at('width')} ${at('height')}`), shown: numbers(at('viewBox')) }]
  })
  return { views, texts: sheet }
}

const maps: readonly (readonly [string, Graph])[] = [
  ...[...riversideWorkflows].map(([id, { current }]) => [id, current] as const),
  ...[0, 4].map((lanes) => [`60 steps, ${lanes} lanes`, placed(mapOf(60, lanes))] as const),
]

test.each(maps)('%s: the rows show every step once and whole, inside the paper', (_, graph) => {
  for (const paper of ['a4', 'a3'] as const) {
    const { views } = viewsOf(graph, paper)
    const { width, height } = papers[paper]
    for (const { place } of views) {
      expect(place[0]).toBeGreaterThanOrEqual(9.99)
      expect(place[1]).toBeGreaterThanOrEqual(9.99)
      expect(place[0] + place[2]).toBeLessThanOrEqual(width - 9.9)
      expect(place[1] + place[3]).toBeLessThanOrEqual(height - 9.9)
    }
    for (const [id, box] of drawingOf(graph).boxes) {
      const seen = views.filter(({ shown }) => box.x >= shown[0] && box.x + box.width <= shown[0] + shown[2])
      expect(seen.length, id).toBe(1)
    }
  }
})

test('the larger paper shows a larger map; a wide one fills the height in rows', () => {
  const wide = placed(mapOf(60, 0))
  const filled = (paper: Paper): number => viewsOf(wide, paper).views.reduce((sum, { place }) => sum + place[2] * place[3], 0)
  expect(filled('a3')).toBeGreaterThan(filled('a4') * 1.8)
  expect(viewsOf(wide, 'a4').views.length).toBeGreaterThan(1)
})

test('title, date, version and legend stand on the sheet, as text', () => {
  const [, graph] = maps[0] ?? expect.fail()
  const { texts } = viewsOf(graph, 'a4')
  for (const said of ['Refill: current &lt;map&gt;', '23-Nov-2026', 'version ab12cd34', 'to another role', 'on paper'])
    expect(texts).toContain(said)
  expect(texts).toContain('width="297mm" height="210mm"')
})
