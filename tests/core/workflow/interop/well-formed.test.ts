/** Documents are accepted where XML 1.0 (fifth edition) calls them well-formed: its productions one by one, and two other readers over damaged files. */

import { readdirSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { XmlScanner } from '../../../../src/core/workflow/xml/xml.ts'
import { XmlDecoding } from '../../../../src/core/workflow/xml/xml-bytes.ts'
import { XmlFault } from '../../../../src/core/workflow/xml/xml-fault.ts'
import { readXmlTree } from '../../../../src/core/workflow/xml/xml-tree.ts'
import { dataFolder } from '../../../beside.ts'
import { fileBytes, hasLog } from '../logs-at-hand.ts'

const encoder = new TextEncoder()

/** Null where the scanner of event logs accepts the document; `size` bytes come at a time. */
function scanned(bytes: Uint8Array, size = bytes.length): XmlFault | null {
  const decoding = new XmlDecoding()
  const scanner = new XmlScanner({ open() {}, close() {} })
  try {
    for (let at = 0; at < bytes.length; at += size) scanner.push(decoding.next(bytes.subarray(at, at + size)))
    scanner.push(decoding.end())
    scanner.end()
    return null
  } catch (error) {
    if (error instanceof XmlFault) return error
    throw error
  }
}

/** The same of the reader of drawings. */
function treed(bytes: Uint8Array): XmlFault | null {
  try {
    readXmlTree(bytes)
    return null
  } catch (error) {
    if (error instanceof XmlFault) return error
    throw error
  }
}

/** Production or section of the recommendation, document. */
const wellFormed: readonly (readonly [string, string])[] = [
  ['1 an element alone', '<a/>'],
  ['1 white space and comments around it', '\n<!-- x -->\t<a></a>\r\n<!----><?p?> '],
  ['2 the highest characters', '<a b="\u{10FFFD}\uD7FF\uE000\uFFFD\t">\u0085\u2028</a>'],
  ['4 names of other scripts', '<Größe 電話="1" _x-.·="2"/>'],
  ['10 either quote, line breaks and > in a value', '<a b=\'"\' c="\'" d="1\n2>"/>'],
  ['14 a lone ] and ]] and > in text', '<a>]] > ]]&gt; ></a>'],
  ['15 a comment with one - and tags', '<a><!-- a - b <c> & --></a>'],
  ['16 instructions', '<?xml-stylesheet href="x"?><a><?p <&?><?q ??></a>'],
  ['18 CDATA with everything', '<a><![CDATA[ <b> & ]] > ]]]]></a>'],
  ['23 a declaration with single quotes', "<?xml version='1.0' encoding='utf-8' standalone='no' ?><a/>"],
  ['25 white space around =', '<?xml version = "1.0"?><a b = "c"\n d\t=\n"e"/>'],
  ['26 a later 1.x is read as 1.0', '<?xml version="1.7"?><a/>'],
  ['42 white space in an end tag', '<a></a \n>'],
  ['66 references to characters', '<a b="&#65;&#x1F600;&#x0009;">&#xD7FF;</a>'],
  ['68 the five entities', '<a b="&lt;&quot;">&amp;&apos;&gt;</a>'],
]

const notWellFormed: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['1 two elements', '<a/><b/>', /second element <b>/],
  ['1 nothing', ' \n', /no XML element/],
  ['1 text before', 'x<a/>', /outside/],
  ['1 text after', '<a/>x', /outside/],
  ['1 CDATA after', '<a/><![CDATA[x]]>', /outside/],
  ['1 a reference after', '<a/>&#32;', /outside/],
  ['2 a control character in text', '<a>\u0001</a>', /U\+0001/],
  ['2 a control character in a value', '<a b="\u000b"/>', /U\+000B/],
  ['2 NUL', '<a>\u0000</a>', /U\+0000/],
  ['2 U+FFFE', '<a>\ufffe</a>', /0xBE/],
  ['2 a byte of no sequence', Uint8Array.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), /0xFF/],
  ['2 a sequence that is too long', Uint8Array.from([0x3c, 0x61, 0x3e, 0xc0, 0xaf, 0x3c, 0x2f, 0x61, 0x3e]), /0xC0/],
  ['2 half a pair as UTF-8', Uint8Array.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e]), /0x80/],
  ['2 a sequence cut off', Uint8Array.from([0x3c, 0x61, 0x3e, 0xe2, 0x82, 0x3c, 0x2f, 0x61, 0x3e]), /0x3C/],
  ['3.1 an attribute twice', '<a b="1" b="2"/>', /twice/],
  ['4 a name that begins with a digit', '<1a/>', /no name/],
  ['4 a name that begins with -', '<a -b="1"/>', /no name/],
  ['4 × in a name', '<a×b/>', /no name/],
  ['10 < in a value', '<a b="<"/>', /"<"/],
  ['10 a value without quotes', '<a b=c/>', /quotes/],
  ['14 ]]> in text', '<a>]]></a>', /\]\]>/],
  ['14 & alone', '<a>a & b</a>', /reference/],
  ['15 -- in a comment', '<a><!-- a -- b --></a>', /--/],
  ['15 --- at its end', '<a><!-- a ---></a>', /--/],
  ['16 an instruction called XmL', '<a><?XmL x?></a>', /declaration/],
  ['16 an instruction without a name', '<a><? x?></a>', /name/],
  ['18 CDATA that does not end', '<a><![CDATA[x</a>', /ends/],
  ['18 CDATA in small letters', '<a><![cdata[x]]></a>', /CDATA/],
  ['22 a declaration after white space', ' <?xml version="1.0"?><a/>', /declaration/],
  ['23 a declaration without a version', '<?xml encoding="utf-8"?><a/>', /declaration/],
  ['23 members in another order', '<?xml version="1.0" standalone="yes" encoding="utf-8"?><a/>', /declaration/],
  ['23 version 2', '<?xml version="2.0"?><a/>', /declaration/],
  ['28 a document type inside', '<a><!DOCTYPE a></a>', /DOCTYPE/],
  ['28 entities that grow', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /DOCTYPE/],
  ['32 standalone maybe', '<?xml version="1.0" standalone="maybe"?><a/>', /declaration/],
  ['39 the wrong end', '<a><b></a></b>', /<\/b> is due|unexpected close tag|unclosed tag/],
  ['39 an end without a beginning', '</a>', /nothing is open/],
  ['39 no end', '<a><b/>', /ends before <\/a>/],
  ['40 cut off in a tag', '<a><b c="1', /ends/],
  ['40 no white space between attributes', '<a b="1"c="2"/>', /white space/],
  ['40 white space before the name', '< a/>', /no name/],
  ['41 an attribute without a value', '<a b/>', /no value/],
  ['42 white space before the name of an end', '<a></ a>', /is due/],
  ['44 white space after /', '<a/ >', /after "\/"/],
  ['66 a reference to NUL', '<a>&#0;</a>', /not allow/],
  ['66 a reference to half a pair', '<a>&#xD800;</a>', /not allow/],
  ['66 a capital X', '<a>&#X41;</a>', /reference/],
  ['66 no semicolon', '<a b="&#65"/>', /reference/],
  ['68 an entity that nobody declared', '<a>&nbsp;</a>', /not declared/],
  ['68 an entity in capitals', '<a b="&LT;"/>', /not declared/],
  ['4.3.3 a mark of UTF-8 and another declaration', '\ufeff<?xml version="1.0" encoding="iso-8859-1"?><a/>', /bytes are UTF-8/],
  ['4.3.3 bytes that are not what is declared', '<?xml version="1.0" encoding="UTF-16"?><a/>', /UTF-16/],
]

const bytesOf = (document: string | Uint8Array): Uint8Array =>
  typeof document === 'string' ? encoder.encode(document) : document

test.each(wellFormed)('%s is well-formed', (_, document) => {
  const bytes = bytesOf(document)
  expect(treed(bytes)?.message ?? null).toBe(null)
  for (const size of [bytes.length, 7, 3, 2, 1]) expect(scanned(bytes, size)?.message ?? null).toBe(null)
})

test.each(notWellFormed)('%s is refused in words', (_, document, words) => {
  const bytes = bytesOf(document)
  expect(treed(bytes)?.message).toMatch(words)
  for (const size of [bytes.length, 3, 1]) expect(scanned(bytes, size)?.message).toMatch(words)
})

test('line and column are those of the fault, whatever the chunks are', () => {
  const bytes = encoder.encode('<?xml version="1.0"?>\n<log>\n  <é a="1"/>\n  é <b c="&x;"/></log>')
  for (const size of [bytes.length, 16, 5, 1]) expect(scanned(bytes, size)?.place).toEqual({ line: 4, column: 11 })
  const invalid = Uint8Array.from([...encoder.encode('<log>\n  é é'), 0xff, 0x3c])
  for (const size of [invalid.length, 4, 1]) expect(scanned(invalid, size)?.place).toEqual({ line: 2, column: 6 })
  expect(treed(invalid)?.place).toEqual({ line: 2, column: 6 })
})

test('bytes that are not what a declaration says are refused in words', () => {
  const declared = (label: string, ...bytes: number[]): Uint8Array =>
    Uint8Array.from([...encoder.encode(`<?xml version="1.0" encoding="${label}"?><a>`), ...bytes, ...encoder.encode('</a>')])
  for (const read of [scanned, treed]) {
    expect(read(declared('ISO-8859-1', 0xe9))).toBe(null)
    expect(read(declared('windows-1252', 0xe9))).toBe(null)
    expect(read(declared('shift_jis', 0x83, 0x41))).toBe(null)
    expect(read(declared('shift_jis', 0x83, 0x3c))?.message).toMatch(/no characters of shift_jis/)
    expect(read(declared('us-ascii', 0xe9))?.message).toMatch(/0x/)
    expect(read(declared('klingon'))?.message).toMatch(/klingon/)
  }
})

test('UTF-16 is read by its mark or by its zero bytes, and refused where the declaration or half a pair contradicts it', () => {
  const wide = (text: string, ...before: number[]): Uint8Array =>
    Uint8Array.from([...before, ...[...text].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8])])
  for (const read of [scanned, treed]) {
    expect(read(wide('<?xml version="1.0" encoding="UTF-16"?><a b="é"/>', 0xff, 0xfe))).toBe(null)
    expect(read(wide('<a b="é"/>', 0xff, 0xfe))).toBe(null)
    expect(read(wide('<a/>'))).toBe(null)
    expect(read(wide('<?xml version="1.0" encoding="utf-8"?><a/>', 0xff, 0xfe))?.message).toMatch(/bytes are UTF-16/)
    expect(read(wide('<a>\ud800</a>', 0xff, 0xfe))?.message).toMatch(/no characters of utf-16le/)
  }
})

test('a value of many megabytes is refused before it is held', () => {
  const chunk = new Uint8Array(1 << 20).fill(0x61)
  const bytes = new Uint8Array(20 << 20).fill(0x61)
  bytes.set(encoder.encode('<log><a b="'))
  expect(treed(bytes)?.message).toMatch(/longer than 8 MB/)
  const scanner = new XmlScanner({ open() {}, close() {} })
  scanner.push(encoder.encode('<log><a b="'))
  let taken = 0
  expect(() => {
    for (; taken < 64; taken++) scanner.push(chunk)
  }).toThrow(/longer than 8 MB/)
  expect(taken).toBeLessThan(10)
})

/** Damages that a transfer, an editor or a careless program does. */
function* damaged(original: Uint8Array, count: number, seed: number): Generator<Uint8Array> {
  let state = seed
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * below)
  }
  const marks = [
    '<',
    '>',
    '&',
    '"',
    "'",
    '/',
    '=',
    '!',
    '?',
    '-',
    '--',
    ']]>',
    ';',
    ' ',
    '\n',
    '&#0;',
    '&x;',
    '<!--',
    '<?xml?>',
    'é',
    '\u0002',
    '\ufffe',
    '1',
    ':',
    '<a/>',
  ]
  const places = [...original.keys()].filter((at) => [0x3c, 0x3e, 0x22, 0x26, 0x2f, 0x3d, 0x3f].includes(original[at] ?? 0))
  for (let n = 0; n < count; n++) {
    const at = random(2) === 0 ? random(original.length) : (places[random(places.length)] ?? 0) + random(2)
    const left = original.subarray(0, at)
    const length = 1 + random(random(4) === 0 ? 200 : 3)
    const right = original.subarray(at)
    const kind = random(6)
    const parts: readonly (readonly Uint8Array[])[] = [
      [left, right.subarray(length)],
      [left, encoder.encode(marks[random(marks.length)]), right],
      [left, encoder.encode(marks[random(marks.length)]), right.subarray(1)],
      [left, right.subarray(0, length), right],
      [left, Uint8Array.of(random(256)), right.subarray(1)],
      random(3) === 0 ? [left] : [left, right.subarray(1, 2), right.subarray(0, 1), right.subarray(2)],
    ]
    yield Buffer.concat(parts[kind] ?? [])
  }
}

/** What an ordinary parser says; null where it is not asked: document types are always refused here. */
function bySaxes(bytes: Uint8Array, xmlns: boolean): boolean | null {
  const label = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(String.fromCharCode(...bytes.subarray(0, 200)))?.[1]
  if (label !== undefined && !/^utf-?8$/i.test(label)) return null
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return false
  }
  const parser = xmlns ? new SaxesParser({ xmlns: true }) : new SaxesParser()
  let fine = true
  let typed = false
  parser.on('error', () => {
    fine = false
  })
  parser.on('doctype', () => {
    typed = true
  })
  parser.write(text).close()
  return typed ? null : fine
}

/** A short document of the same kind: the beginning, whole traces, the end. */
function shortened(bytes: Uint8Array, traces: number): Uint8Array {
  const text = new TextDecoder().decode(bytes)
  const parts = text.split('</trace>')
  return parts.length <= traces ? bytes : encoder.encode(`${parts.slice(0, traces).join('</trace>')}</trace></log>`)
}

const logs = ['bpmn-pm4js/running-example.xes', 'bpmn-pm4js/roadtraffic100traces.xes', 'bpmn-pm4js/11_tickets.xes']
const folder = dataFolder('workflow/bpmn-miwg/')
const drawings = hasLog('bpmn-miwg')
  ? readdirSync(folder).flatMap((name) => (name.endsWith('.bpmn') ? [`bpmn-miwg/${name}`] : []))
  : []

test.skipIf(!hasLog(logs[0] ?? ''))('damaged logs and drawings: accepted where other readers of XML accept them', () => {
  const rounds = Number(process.env.DAMAGED ?? 600)
  let asked = 0
  let accepted = 0
  const differ: string[] = []
  const compare = (path: string, bytes: Uint8Array, ours: XmlFault | null, xmlns: boolean): void => {
    const theirs = bySaxes(bytes, xmlns)
    if (theirs === null || ours?.message.includes('DOCTYPE')) return
    asked++
    if (theirs) accepted++
    if (theirs !== (ours === null)) differ.push(`${path}: ${ours?.message ?? 'accepted'}`)
  }
  for (const [index, path] of logs.entries())
    for (const bytes of damaged(shortened(fileBytes(path), 2), Math.ceil(rounds / 2 / logs.length), index + 1))
      compare(path, bytes, scanned(bytes), false)
  const small = drawings.filter((path) => fileBytes(path).length < 40_000)
  for (const [index, path] of small.entries())
    for (const bytes of damaged(fileBytes(path), Math.ceil(rounds / 2 / small.length), index + 100)) {
      compare(path, bytes, scanned(bytes, 4096), false)
      compare(path, bytes, treed(bytes), true)
    }
  if (process.env.DAMAGED)
    console.log(
      `${asked} verdicts on damaged logs and drawings, ${accepted} of them well-formed, ${differ.length} differ from saxes`,
    )
  expect(differ.slice(0, 5)).toEqual([])
  expect(asked).toBeGreaterThan(rounds * 0.9)
})
