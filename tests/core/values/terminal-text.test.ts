import fc from 'fast-check'
import { expect, test } from 'vitest'
import { terminalText } from '../../../src/core/values/terminal-text.ts'

test('controls are shown, line ends and tabs stay', () => {
  expect(terminalText('a\u001b[31mb\u0007\u009b2J\u202ec\td\r\ne\rf\n')).toBe(
    'a\\u001b[31mb\\u0007\\u009b2J\\u202ec\td\r\ne\\u000df\n',
  )
})

test('JSON written through it is the same JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
      const json = JSON.stringify({ value, text: `${text}\u009b\u007f\u202e` }, null, 2)
      const shown = terminalText(json)
      expect(JSON.parse(shown)).toEqual(JSON.parse(json))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    }),
  )
})
