/** Quotation marks where RFC 4180 allows none. */
import type { Check } from '../contract/check.ts'

export const strayQuote: Check = {
  code: 'data/stray-quote',
  title: 'Quotation marks that are not closed or not doubled',
  why: 'A loader that follows the rules may join or drop records here; this reader loses at most the record with the quote.',
  remedy: 'Have the export double quotation marks inside quoted cells, and compare the record with the legacy system.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
