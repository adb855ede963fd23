/** Entries that are laid aside come back with all that they held. */
import { expect, test } from 'vitest'
import { readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { planPairing } from '../../../../src/core/data/crosswalk/plan/plan.ts'
import { legacyText, listedText, showEntries, targetText } from '../../../../src/core/data/reconcile/entries/entry-text.ts'
import { Groups } from '../../../../src/core/data/reconcile/entries/item-log.ts'
import type { LegacyItem, TargetItem } from '../../../../src/core/data/reconcile/entries/items.ts'

const fields = `legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,MRN,copy,role=key,person.mrn,yes,confirmed,,
patients,NAME,trim,,person.name,,confirmed,,
`
const { mapping } = readMapping(new Map([['mapping/fields.csv', new TextEncoder().encode(fields)]]))
const { tables } = planPairing(mapping)
const [table] = tables
if (!table) throw new Error('no table')

const place = { input: 1, record: 7, line: 9, byte: 120, length: 30, id: null }
const legacy: LegacyItem = {
  ...{ table, place, raw: ['P1', 'two\nlines'], carried: [{ kind: 'text', text: 'P1' }, null] },
  ...{ joins: { name: 'P1\nR1', said: ['', 'x'] }, links: ['K1'], leftBehind: [1], untaken: true },
}
const target: TargetItem = {
  ...{ table, place: { ...place, id: 'person/1' }, values: [['P1'], [{ coding: [{ code: '1' }] }]] },
  ...{ links: [['a', 'b']], names: ['person/1'], row: { mrn: 'P1' } },
}

test('each member of an entry, however few it has', () => {
  const { leftBehind: _left, joins: _joins, links: _links, untaken: _untaken, ...bare } = legacy
  const text = [
    legacyText('P1', legacy),
    legacyText('P1', bare),
    targetText('P1', target),
    listedText('P1', 'none'),
    targetText('P2', target),
  ]
  const groups = new Groups()
  showEntries(text.join('\n'), tables, groups)
  expect(groups.all.get('P1')).toEqual({ key: 'P1', legacy: [legacy, bare], target: [target], listed: ['none'] })
  expect([...groups.all.keys()]).toEqual(['P1', 'P2'])
})

test('records of lines are counted on from those before them', () => {
  const groups = new Groups()
  showEntries(legacyText('P1', legacy), tables, groups, (input) => (input === 1 ? 100 : 0))
  expect(groups.all.get('P1')?.legacy[0]?.place.record).toBe(107)
})
