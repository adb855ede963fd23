/** A number in JSON that changes when a program reads it. */
import type { Check } from '../contract/check.ts'

export const jsonNumberPrecision: Check = {
  code: 'data/json-number-precision',
  title: 'Number that programs can not keep as it is written',
  why: 'Most programs hold about 16 digits and round the rest without a word: identifiers written as numbers turn into others. Beyond about 1.8e308 a number is read as infinite, and closer to zero than about 5e-324 as 0.',
  remedy: 'Write identifiers as text in quotes, and measurements with the digits that were measured.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'reading',
}
