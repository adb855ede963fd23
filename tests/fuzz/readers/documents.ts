/** JSON and XML: resources by line and in one document, and trees. */
import type { ResourceEvent } from '../../../src/core/data/model/events.ts'
import { withoutComments } from '../../../src/core/data/read/json/json-comments.ts'
import { readJsonTree } from '../../../src/core/data/read/json/json-tree.ts'
import { readResources } from '../../../src/core/data/read/json/read-resources.ts'
import { bytesSource } from '../../../src/core/operation.ts'
import { parseJson } from '../../../src/core/values/json.ts'
import { XmlFault } from '../../../src/core/workflow/xml/xml-fault.ts'
import { type XmlNode, xmlText } from '../../../src/core/workflow/xml/xml-text.ts'
import { readXmlTree, type XmlElement } from '../../../src/core/workflow/xml/xml-tree.ts'
import { chunkedSource } from '../../core/data/reading.ts'
import { demand, demandSentence, type FuzzReader, same, signal, textBytes } from '../reader.ts'

type Format = Parameters<typeof readResources>[1]

interface Heard {
  readonly values: readonly unknown[]
  readonly places: readonly unknown[]
  readonly told: readonly unknown[]
}

async function heard(source: ReturnType<typeof bytesSource>, format: Format, comments = false): Promise<Heard> {
  const events: ResourceEvent[] = []
  for await (const event of readResources(source, format, signal, 0, undefined, undefined, comments)) events.push(event)
  const values: unknown[] = []
  const places: unknown[] = []
  const told: unknown[] = []
  for (const event of events) {
    if (event.kind === 'resources')
      for (const { value, byte, line } of event.resources) {
        values.push(value)
        places.push([byte, line])
        demand(byte >= 0 && byte <= source.size && line >= 1, `a resource at byte ${byte}, line ${line}`)
      }
    else told.push(event.kind === 'problem' ? [event.problem.sighting.code, event.problem.sighting.at] : event)
  }
  return { values, places, told }
}

const patient = '{"resourceType":"Patient","id":"p1","name":[{"family":"Müller","given":["A\\u00e9"]}],"birthDate":"1980-01-02"}'
const weight =
  '{"resourceType":"Observation","id":"o1","valueQuantity":{"value":81.50,"unit":"kg"},"subject":{"reference":"Patient/p1"}}'
const words = [
  '{"resourceType":"',
  '"id":"',
  ':',
  ',',
  '{',
  '}',
  '[',
  ']',
  '\\u',
  '\\ud800',
  '\\"',
  'null',
  'true',
  '1e400',
  '0.10',
  '-0',
  '1.0e+2',
  '/*',
  '*/',
  '//',
  '\n',
  '\r\n',
  '\ufeff',
  '"__proto__":',
  '"entry":[{"resource":',
  '"fullUrl":"',
]

const ndjson: FuzzReader = {
  name: 'ndjson',
  seeds: [
    `${patient}\n${weight}\n`,
    `\ufeff${patient}\r\n\r\n${weight}`,
    '{"a":1,"a":2}\n[1]\n"x"\n{"resourceType":"X","n":12345678901234567890}\n',
  ],
  words,
  async run(bytes) {
    const read = await heard(bytesSource('t.ndjson', bytes), 'ndjson')
    same(
      read,
      await heard(chunkedSource('t.ndjson', bytes, [(bytes.length % 11) + 1, 50]), 'ndjson'),
      'reading in pieces tells something else',
    )
    const written = read.values.map((value) => `${JSON.stringify(value)}\n`).join('')
    same(read.values, (await heard(bytesSource('t.ndjson', textBytes(written)), 'ndjson')).values, 'written and read again')
  },
}

const bundle = `{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:1","resource":${patient}},{"resource":${weight}}]}`

const json: FuzzReader = {
  name: 'json',
  seeds: [
    bundle,
    `\ufeff ${patient}\n`,
    `[${patient},\n${weight}]`,
    `/* note */ ${patient} // end`,
    '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Bundle","entry":[]}}]}',
  ],
  words,
  async run(bytes) {
    for (const format of ['bundle', 'json'] as const) {
      const read = await heard(bytesSource('t.json', bytes), format)
      same(
        read,
        await heard(chunkedSource('t.json', bytes, [(bytes.length % 11) + 1, 50]), format),
        'reading in pieces tells something else',
      )
    }
    await heard(bytesSource('t.json', bytes), 'bundle', true)
    withoutComments(bytes)
    const text = new TextDecoder().decode(bytes)
    const parsed = parseJson(text)
    const tree = readJsonTree(text)
    demand((tree !== null) === parsed.ok, `one parser takes it, the other does not: ${parsed.ok ? 'values' : 'tree'}`)
  },
}

const xml: FuzzReader = {
  name: 'xml',
  seeds: [
    '<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns="urn:x" xmlns:p="urn:p"><!-- c --><p:b k="v &amp; w">text<![CDATA[ <raw> ]]></p:b><?pi data?><c/></a>\n',
    Uint8Array.from(Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a b="ä">&#228;&#xE4;</a>', 'utf16le')),
    Uint8Array.from(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>M\xfcller</a>', 'latin1')),
  ],
  words: [
    '<!DOCTYPE a [',
    '<!ENTITY x "y">',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '</',
    '/>',
    '&lt;',
    '&#',
    '&#x10FFFF;',
    '&#0;',
    'xmlns:p="',
    'xmlns=""',
    'p:',
    ' encoding="',
    'xml:space="',
    '\u0085',
    '\ufffe',
    '\ud7ff',
  ],
  async run(bytes) {
    let tree: XmlElement
    try {
      tree = readXmlTree(bytes)
    } catch (error) {
      if (!(error instanceof XmlFault)) throw error
      demandSentence(error.message)
      return
    }
    same(plain(tree), plain(readXmlTree(textBytes(xmlText(node(tree))))), 'written and read again')
  },
}

const node = ({ name, attributes, children }: XmlElement): XmlNode => ({
  name,
  attributes: Object.fromEntries(attributes),
  children: children.map((child) => (typeof child === 'string' ? child : node(child))),
})

/** Without the line, and without the white space that indentation brings beside elements. */
function plain({ name, uri, attributes, children }: XmlElement): unknown {
  const hasText = children.some((child) => typeof child === 'string' && child.trim() !== '')
  const kept = children.filter((child) => typeof child !== 'string' || hasText)
  return [name, uri, [...attributes], kept.map((child) => (typeof child === 'string' ? child : plain(child)))]
}

export const documentReaders = [ndjson, json, xml]
