import { expect, test } from 'vitest'
import { viewOf } from '../../../src/app/routes/review/record-view.ts'
import type { PairField, PairItem, RecordPair } from '../../../src/core/review/pair-types.ts'

const field = (path: string, legacy: string | null, target: string | null): PairField => ({
  path,
  label: path,
  legacy,
  target,
  carried: null,
  cls: 'same-after-rule',
  rule: 'factor 10',
  code: null,
  words: null,
})

const item: PairItem = {
  id: 'medicines:3',
  domain: 'medicines',
  title: 'Metformin',
  cls: 'same-after-rule',
  critical: false,
  codes: [],
  legacy: null,
  target: null,
  fields: [field('dose', '500 mg', '5000 mg'), field('route', null, null)],
}

const pair: RecordPair = {
  key: 'k',
  heading: { name: null, birth: null, sex: null },
  missing: null,
  allergyState: { legacy: 'none', target: 'none' },
  domains: [{ domain: 'medicines', items: [item] }],
  differences: 0,
}

test('an entry that is called the same is folded away until somebody judges it, then both its values stand side by side', () => {
  expect(viewOf(pair).differences).toEqual([])
  expect(viewOf(pair).domains[0]?.same.map((entry) => entry.item)).toEqual(['medicines:3'])
  const judged = viewOf(pair, new Set(['medicines:3']))
  expect(judged.domains[0]?.same).toEqual([])
  expect(judged.differences.map(({ item: id, cls }) => [id, cls])).toEqual([['medicines:3', 'same-after-rule']])
  expect(judged.differences[0]?.differing.map(({ path }) => path)).toEqual(['dose'])
})
