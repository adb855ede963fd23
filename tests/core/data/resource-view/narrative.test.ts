import { expect, test } from 'vitest'
import { type Narrative, type NarrativeNode, readNarrative } from '../../../../src/core/data/resource-view/narrative.ts'
import { timesOf } from '../../../threat-counts.ts'
import { hasReference, referenceJson } from '../../reference-table.ts'

const div = (inside: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`

/** What a reader would see, with tags. */
function shown(narrative: Narrative): string {
  const write = (node: NarrativeNode): string =>
    node.kind === 'text'
      ? node.text
      : `<${[node.tag, ...Object.entries(node.attributes).map(([name, value]) => `${name}=${value}`)].join(' ')}>${node.children.map(write).join('')}</${node.tag}>`
  return narrative.kind === 'text' ? narrative.text : narrative.nodes.map(write).join('')
}

function* elementsOf(nodes: readonly NarrativeNode[]): Generator<Extract<NarrativeNode, { kind: 'element' }>> {
  for (const node of nodes)
    if (node.kind === 'element') {
      yield node
      yield* elementsOf(node.children)
    }
}

test('tables, lists and emphasis of a narrative stay', () => {
  const table = '<table><tr><th scope=col>Dose</th><td colspan=2>5 <b>mg</b></td></tr></table>'
  expect(
    shown(readNarrative(div('<table><tr><th scope="col">Dose</th><td colspan="2">5 <b>mg</b></td></tr></table>'))),
  ).toContain(table)
})

test('links, images and styles go, their text stays, and what went is counted', () => {
  const read = readNarrative(
    div(
      '<p style="position:fixed" class="x" id="y" onclick="z()">No <a href="http://a.example/?q=1">known</a> allergies<img src="b"/></p>',
    ),
  )
  expect(shown(read)).toBe('<div><p>No known allergies</p></div>')
  expect(read.kind === 'tree' && [...read.left]).toEqual([
    ['a', 1],
    ['img', 1],
  ])
})

test('scripts, frames and drawings go with what is in them', () => {
  const read = readNarrative(
    div('before<script>alert(1)</script><svg xmlns="http://www.w3.org/2000/svg"><text>drawn</text></svg>after'),
  )
  expect(shown(read)).toBe('<div>beforeafter</div>')
  expect(read.kind === 'tree' && [...read.left.keys()]).toEqual(['script', 'foreign'])
})

test.each([
  ['a tag that is not closed', div('<p>open')],
  ['an attribute without quotes', '<div onclick=x>y</div>'],
  ['a document type with entities of its own', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${div('&a;')}`],
  ['an entity nobody knows', div('&a;')],
  ['plain words', 'no tags at all'],
])('%s is shown as the text it is', (_, text) => {
  expect(readNarrative(text)).toEqual({ kind: 'text', text })
})

test('entities of HTML that narratives carry are read', () => {
  expect(shown(readNarrative(div('5&nbsp;&deg;C')))).toBe('<div>5\u00a0\u00b0C</div>')
})

test('a narrative that nests without end is not followed', () => {
  const text = div(`${'<b>'.repeat(100_000)}deep${'</b>'.repeat(100_000)}`)
  expect(readNarrative(text)).toEqual({ kind: 'text', text })
  expect(shown(readNarrative(div(`${'<b>'.repeat(200)}deep${'</b>'.repeat(200)}`)))).toContain('deep')
})

test.skipIf(!hasReference('narrative_xss.json'))('hostile markup leaves no tag and no attribute that could act', () => {
  const cases = referenceJson('narrative_xss.json') as readonly { readonly payload: string }[]
  expect(cases).toHaveLength(timesOf('T12'))
  const harmless = /^(colspan|rowspan|span|scope|lang|dir)$/
  let trees = 0
  for (const { payload } of cases)
    for (const text of [payload, div(payload)]) {
      const read = readNarrative(text)
      if (read.kind === 'text') continue
      trees++
      for (const { tag, attributes } of elementsOf(read.nodes)) {
        expect(tag).not.toMatch(/^(script|style|iframe|object|embed|form|input|img|a|svg|math|link|meta|base|video|audio)$/)
        expect(Object.keys(attributes).filter((name) => !harmless.test(name))).toEqual([])
      }
    }
  expect(trees).toBeGreaterThan(10)
})
