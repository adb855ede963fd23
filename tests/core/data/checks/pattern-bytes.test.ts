/** Automata against the engines they stand for: JavaScript's own and the linear one, on generated patterns and texts. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patternBytes } from '../../../../src/core/data/checks/bytes/pattern-bytes.ts'
import { safePattern } from '../../../../src/core/data/checks/bytes/safe-pattern.ts'
import type { BytesTest } from '../../../../src/core/data/checks/contract/check.ts'

const runs = process.env.LONG ? 20_000 : 240
/** Texts per pattern: making an automaton costs more than running it. */
const subjects = 12
const encoder = new TextEncoder()

function matches(automaton: BytesTest, text: string): boolean {
  const bytes = encoder.encode(`<${text}>`)
  return automaton(bytes, 1, bytes.length - 1, 0)
}

const letter = fc.constantFrom('a', 'b', 'c', 'A', '0', '1', '-', ' ', '.', '_', '/')
const escaped = fc.constantFrom('\\d', '\\w', '\\s', '\\D', '\\W', '\\S', '\\.', '\\-', '\\x61', '.')
const range = fc.constantFrom('a-c', 'A-Z', '0-9', '0-1', 'b', '_', '\\d', '\\w', ' ', '\\-', '.')
const charClass = fc
  .tuple(fc.boolean(), fc.array(range, { minLength: 1, maxLength: 3 }))
  .map(([not, parts]) => `[${not ? '^' : ''}${parts.join('')}]`)
const count = fc.constantFrom('', '', '?', '*', '+', '{2}', '{0,2}', '{1,}', '*?', '{2,3}?')
const pattern: fc.Arbitrary<string> = fc.letrec<{ alternation: string; sequence: string; piece: string }>((tie) => ({
  alternation: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|')),
  sequence: fc.array(tie('piece'), { maxLength: 4 }).map((parts) => parts.join('')),
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(
        fc.oneof(
          letter.map((char) => (char === '.' ? '\\.' : char)),
          escaped,
          charClass,
        ),
        count,
      )
      .map((parts) => parts.join('')),
    fc.constantFrom('^', '$'),
    fc.tuple(fc.constantFrom('(', '(?:'), tie('alternation'), count).map(([open, inner, times]) => `${open}${inner})${times}`),
  ),
})).alternation
const text = fc.string({ unit: fc.oneof(letter, fc.constantFrom('\t', '\n', 'z', '9', '@')), maxLength: 9 })
const texts = fc.array(text, { minLength: subjects, maxLength: subjects })

/** Repeats inside repeats: a backtracking engine may need longer than any test has; the linear one is asked about those. */
function nestsRepeats(source: string): boolean {
  const open: boolean[] = [false]
  for (let i = 0; i < source.length; i++) {
    const char = source[i]
    if (char === '\\') i++
    else if (char === '[') while (i < source.length && source[i] !== ']') i += source[i] === '\\' ? 2 : 1
    else if (char === '(') open.push(false)
    else if (char === ')') {
      const inner = open.pop() ?? false
      const repeated = /[*+{]/.test(source[i + 1] ?? '')
      if (inner && repeated) return true
      if (inner || repeated) open[open.length - 1] = true
    } else if (char === '*' || char === '+' || char === '{') open[open.length - 1] = true
  }
  return false
}

test('an automaton matches what RegExp matches', () => {
  let lowered = 0
  let positive = 0
  fc.assert(
    fc.property(pattern, texts, fc.boolean(), (source, given, whole) => {
      const automaton = patternBytes(source, whole, 'ecma')
      if (typeof automaton === 'string') return
      lowered++
      if (nestsRepeats(source)) return
      const expression = new RegExp(whole ? `^(?:${source})$` : source)
      for (const subject of given) {
        const expected = expression.test(subject)
        if (expected) positive++
        expect(matches(automaton, subject), `${source} on ${JSON.stringify(subject)}`).toBe(expected)
      }
    }),
    { numRuns: runs },
  )
  expect(lowered).toBeGreaterThan(runs * 0.8)
  expect(positive).toBeGreaterThan(runs * subjects * 0.1)
})

test('an automaton matches what the linear engine matches', () => {
  fc.assert(
    fc.property(pattern, texts, fc.boolean(), (source, given, whole) => {
      const automaton = patternBytes(source, whole, 're2')
      const linear = safePattern(source, whole)
      if (typeof automaton === 'string' || typeof linear === 'string') return
      for (const subject of given)
        expect(matches(automaton, subject), `${source} on ${JSON.stringify(subject)}`).toBe(linear.test(subject))
    }),
    { numRuns: runs / 4 },
  )
})

test('cells beyond ASCII and cells with escapes are left to their text', () => {
  const test = patternBytes('.*', true, 're2')
  if (typeof test === 'string') throw new Error(test)
  const bytes = encoder.encode('é')
  expect(test(bytes, 0, bytes.length, 4)).toBe(false)
  expect(test(encoder.encode('a""b'), 0, 4, 2)).toBe(false)
  expect(test(encoder.encode('ab'), 0, 2, 0)).toBe(true)
})

test('what has no automaton says why', () => {
  for (const source of [
    '(?=a)b',
    '(a)\\1',
    '\\bword',
    '\\p{L}+',
    '(?i)a',
    '[[:alpha:]]',
    'a**',
    'a{2',
    '(a|aa){300}[ab]{300}b{900}',
  ])
    expect(typeof patternBytes(source, true, 're2'), source).toBe('string')
  expect(patternBytes('[ab]*a[ab]{12}', true, 're2')).toContain('more than 512 states')
})
