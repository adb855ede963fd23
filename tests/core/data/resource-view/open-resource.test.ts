import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJsonTree } from '../../../../src/core/data/read/json/json-tree.ts'
import { isInside, jsonLines } from '../../../../src/core/data/resource-view/json-lines.ts'
import { openResource, stepsOf } from '../../../../src/core/data/resource-view/open-resource.ts'
import { bytesSource } from '../../../../src/core/operation.ts'

const { signal } = new AbortController()
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

function printed(text: string): string {
  const node = readJsonTree(text)
  if (!node) throw new Error('not JSON')
  return [...jsonLines(node)]
    .map(
      ({ depth, name, token, comma }) =>
        `${' '.repeat(depth)}${name === null ? '' : `${JSON.stringify(name)}: `}${token}${comma ? ',' : ''}`,
    )
    .join('\n')
}

test('any JSON is printed as JSON.stringify would', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value: unknown = JSON.parse(text)
      // -0 is written as 0 by JSON.stringify only; here it stays as it was.
      if (text.includes('-0') || /\d[eE.]/.test(text) || /\d{16}/.test(text)) return
      expect(JSON.parse(printed(text))).toEqual(value)
      expect(printed(text)).toBe(JSON.stringify(value, null, 1))
    }),
  )
})

test('numbers stay as they were written, and a name that stands twice is there twice', () => {
  const text = printed('{"dose":1.00,"big":12345678901234567890.5,"a":1,"a":2,"e":1E+2}')
  expect(text).toContain('"dose": 1.00,')
  expect(text).toContain('"big": 12345678901234567890.5,')
  expect(text).toContain('"a": 1,\n "a": 2,')
  expect(text).toContain('"e": 1E+2')
})

test.each(['{"a":}', '{"a" 1}', '[1,]', '{"a":1', '"open', '01', '', '{"a":1}'.replace('}', ']'), '['.repeat(600)])(
  'what is no JSON gives nothing: %s',
  (text) => {
    expect(readJsonTree(text)).toBeNull()
  },
)

test.each([
  ['plain', 'A'.repeat(6_000_000)],
  ['escaped', '\\"'.repeat(3_000_000)],
])('a text of megabytes is read: %s', (_, text) => {
  const node = readJsonTree(JSON.stringify({ data: text, after: 1 }), ['data'])
  expect(node?.kind === 'string' && node.text === text).toBe(true)
})

test('the resource of a line is opened at its byte, with the element marked', async () => {
  const before = '{"resourceType":"Patient","id":"a"}\n'
  const line = '{"resourceType":"Patient","id":"b","name":[{"family":"One"},{"family":"Two"}],"_birthDate":{"id":"x"}}'
  const source = bytesSource('p.ndjson', encode(`${before}${line}\n${before}`))
  const at = { byte: encode(before).length, path: 'Patient.name[1].family' }
  const opened = await openResource(source, {}, 'ndjson', at, signal)
  if (opened === null || typeof opened === 'string' || opened.node === null) throw new Error('not opened')
  const { node, element } = opened
  expect(element).toEqual(['name', 1, 'family'])
  const marked = [...jsonLines(node)].filter((each) => isInside(each, element))
  expect(marked.map(({ token }) => token)).toEqual(['"Two"'])
  const missing = await openResource(source, {}, 'ndjson', { ...at, path: 'Patient.name[0].given' }, signal)
  expect(missing).toMatchObject({ element: ['name', 0], missing: ['given'] })
  const twin = await openResource(source, {}, 'ndjson', { ...at, path: 'Patient.birthDate' }, signal)
  if (twin === null || typeof twin === 'string') throw new Error('not opened')
  expect([...jsonLines(node)].filter((each) => isInside(each, twin.element)).length).toBe(3)
})

test('an entry of a Bundle is opened by its path, alone', async () => {
  const entry = (id: string) => ({ fullUrl: `urn:x:${id}`, resource: { resourceType: 'Patient', id, gender: 'x' } })
  const text = JSON.stringify({ resourceType: 'Bundle', entry: [entry('a'), entry('b')] })
  const source = bytesSource('b.json', encode(text))
  const opened = await openResource(source, {}, 'bundle', { byte: 0, path: 'Bundle.entry[1].resource.gender' }, signal)
  if (opened === null || typeof opened === 'string' || opened.node === null) throw new Error('not opened')
  expect([...jsonLines(opened.node)].map(({ token }) => token)).toEqual(['{', '"Patient"', '"b"', '"x"', '}'])
  expect(opened.element).toEqual(['gender'])
  const frame = await openResource(source, {}, 'bundle', { byte: 0, path: 'Bundle.entry[0].fullUrl' }, signal)
  expect(frame).toMatchObject({ element: ['fullUrl'] })
})

test('a line that is no JSON is shown as the text it is', async () => {
  const source = bytesSource('p.ndjson', encode('{"resourceType":"Patient",}\n'))
  expect(await openResource(source, {}, 'ndjson', { byte: 0, path: null }, signal)).toMatchObject({
    node: null,
    text: '{"resourceType":"Patient",}',
  })
})

test('paths become steps', () => {
  expect(stepsOf('Patient.name[0].given[1]')).toEqual(['name', 0, 'given', 1])
  expect(stepsOf('Bundle.entry[3].resource.id')).toEqual(['entry', 3, 'resource', 'id'])
  expect(stepsOf('Patient')).toEqual([])
})
