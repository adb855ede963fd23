import { expect, test } from 'vitest'
import { readExcerpt } from '../../../../src/core/data/read/excerpt.ts'
import { bytesSource } from '../../../../src/core/operation.ts'

const text = 'id;name\n1;Ada\n2;Grace\r\n3;Zoë\r4;Edith\n'

test('the line of a byte is shown with its neighbours and their numbers', async () => {
  const bytes = new TextEncoder().encode(text)
  const at = text.indexOf('Grace')
  const lines = await readExcerpt(bytesSource('t.csv', bytes), at, 3, 'utf-8', 1)
  expect(lines.map(({ line, text, marked }) => [line, text, marked])).toEqual([
    [2, '1;Ada', false],
    [3, '2;Grace', true],
    [4, '3;Zoë', false],
  ])
  expect(lines[1]?.column).toBe(2)
})

test('a lone carriage return ends a line, too', async () => {
  const bytes = new TextEncoder().encode(text)
  const [line] = await readExcerpt(bytesSource('t.csv', bytes), bytes.length - 6, 5, 'utf-8', 0)
  expect(line?.text).toBe('4;Edith')
})

test('UTF-16 is cut between its units', async () => {
  const bytes = new Uint8Array([...'a\nbé\nc'].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]))
  const [line] = await readExcerpt(bytesSource('t.csv', bytes), 6, 2, 'utf-16le', 0)
  expect(line).toMatchObject({ text: 'bé', column: 1 })
})

test('a line longer than the window says that it was cut', async () => {
  const bytes = new TextEncoder().encode('x'.repeat(200_000))
  const [line] = await readExcerpt(bytesSource('t.csv', bytes), 100_000, 1, 'utf-8', 0)
  expect(line?.cut).toBe(true)
  expect(line?.text.length).toBeLessThan(70_000)
})

test('big-endian UTF-16 has its lines, too', async () => {
  const bytes = new Uint8Array([...'a\nbé\nc'].flatMap((char) => [char.charCodeAt(0) >> 8, char.charCodeAt(0) & 255]))
  const [line] = await readExcerpt(bytesSource('t.csv', bytes), 6, 2, 'utf-16be', 0)
  expect(line).toMatchObject({ text: 'bé', column: 1 })
})

test('Windows-1252 shows its quotes and dashes, and not the controls that Latin-1 has there', async () => {
  const bytes = Uint8Array.of(0x31, 0x3b, 0x4f, 0x92, 0x42, 0x20, 0x96, 0x20, 0x80, 0xe9, 0x0a)
  const [line] = await readExcerpt(bytesSource('t.csv', bytes), 4, 1, 'windows-1252', 0)
  expect(line).toMatchObject({ text: '1;O’B – €é', column: 4 })
})
