/** A table whose delimiter is doubtful. */
import type { Check } from '../contract/check.ts'

export const dialectUncertain: Check = {
  code: 'data/dialect-uncertain',
  title: 'It is not certain how the columns are separated',
  why: 'A wrong delimiter turns all columns into one, or tears texts apart, without any other sign.',
  remedy: 'Choose the delimiter in Sources, or give --delimiter.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
