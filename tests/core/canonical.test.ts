import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json, sha256Hex } from '../../src/core/canonical.ts'
import { timesOf } from '../threat-counts.ts'
import { hasReference, referenceJson } from './reference-table.ts'

test.skipIf(!hasReference('jcs_rfc8785.json'))('canonical texts and digests of RFC 8785 are met byte for byte', () => {
  const rows = referenceJson('jcs_rfc8785.json') as readonly { name: string; input: string; output: string; sha256: string }[]
  expect(rows).toHaveLength(12)
  for (const row of rows) {
    const text = canonicalJson(JSON.parse(row.input))
    expect(text, row.name).toBe(row.output)
    expect(sha256Hex(text), row.name).toBe(row.sha256)
  }
})

/** A second canonicaliser on other means: escapes by hand, members ordered by big-endian UTF-16 bytes. */
function second(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value)
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(second).join(',')}]`
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .map(([name, member]) => ({ key: utf16(name), text: `${quoted(name)}:${second(member)}` }))
      .sort((a, b) => Buffer.compare(a.key, b.key))
      .map((member) => member.text)
      .join(',')}}`
  return `${value}`
}

function utf16(text: string): Buffer {
  const bytes = Buffer.alloc(text.length * 2)
  for (let i = 0; i < text.length; i++) bytes.writeUInt16BE(text.charCodeAt(i), i * 2)
  return bytes
}

function quoted(text: string): string {
  const short = new Map([
    [8, '\\b'],
    [9, '\\t'],
    [10, '\\n'],
    [12, '\\f'],
    [13, '\\r'],
    [34, '\\"'],
    [92, '\\\\'],
  ])
  let out = '"'
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    out += short.get(code) ?? (code < 32 ? `\\u${code.toString(16).padStart(4, '0')}` : text.charAt(i))
  }
  return `${out}"`
}

test('10,000 random documents read the same through a second implementation', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4, stringUnit: 'binary' }), (text) => {
      const value: Json = JSON.parse(text)
      const once = canonicalJson(value)
      expect(once).toBe(second(value))
      expect(canonicalJson(JSON.parse(once))).toBe(once)
    }),
    { numRuns: timesOf('T7') },
  )
})

test('numbers of every size are written as ECMAScript writes them', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(canonicalJson(number)).toBe(Object.is(number, -0) ? '0' : String(number))
    }),
    { numRuns: 5_000 },
  )
})

test('what canonical JSON can not hold is refused with its place', () => {
  expect(() => canonicalJson({ dose: [1, Number.NaN] })).toThrow('$.dose[1]')
  expect(() => canonicalJson({ a: Number.POSITIVE_INFINITY })).toThrow('$.a')
  expect(() => canonicalJson({ note: 'cut \ud83d' })).toThrow('$.note')
  expect(() => canonicalJson({ '\ude00': 1 })).toThrow('surrogate')
})

test('a member called __proto__ is an ordinary member', () => {
  expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}')
})
