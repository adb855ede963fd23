/** Input files come from programs that do not write UTF-8; no letter of a name may be lost unsaid. */
import { expect, test } from 'vitest'
import { inputText } from '../../../src/core/readiness/input-files/input-text.ts'

const roster =
  'person_id,role,department\n1,Ärztin,Pädiatrie\n2,Pflegefachfrau,Pädiatrie\n3,Ärztin,Geburtshilfe für Mütter\n4,Médecin,Médecine générale\n'
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

test('UTF-8 with and without its mark is read without a word', () => {
  expect(inputText(utf8(roster))).toEqual({ ok: true, text: roster, said: null })
  expect(inputText(utf8(`\ufeff${roster}`))).toEqual({ ok: true, text: roster, said: null })
})

test('other encodings keep every letter and are said', () => {
  const latin = Uint8Array.from(roster, (letter) => letter.charCodeAt(0))
  const wide = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Uint16Array.from(roster, (letter) => letter.charCodeAt(0)).buffer)])
  for (const bytes of [latin, wide]) {
    const read = inputText(bytes)
    expect(read).toMatchObject({ ok: true, text: roster })
    expect(read.ok && read.said).toMatch(/^Read as (?:windows-1252|iso-8859-1|utf-16le): .+ Check names with accents\.$/)
  }
})

test('what would lose a letter or holds nothing is refused with the place', () => {
  const torn = utf8(`${roster.repeat(40)}5,Arzt,P`)
  const broken = new Uint8Array([...torn, 0xc3, 0x28, ...utf8('diatrie\n')])
  expect(inputText(broken)).toEqual({
    ok: false,
    problem:
      'Line 201 holds bytes that are no UTF-8, though the rest of the file is. Save it as CSV in UTF-8 and try again. Nothing was taken.',
  })
  for (const [bytes, words] of [
    [new Uint8Array(0), 'no byte'],
    [utf8('\r\n \n'), 'blank lines only'],
    [new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 8, 0, 0, 1]), 'Nothing was taken.'],
  ] as const) {
    const read = inputText(bytes)
    expect(read.ok ? '' : read.problem).toContain(words)
  }
})
