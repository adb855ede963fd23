/** The history of a shared map leads to any moment of it, named or not. */
import { expect, test } from 'vitest'
import { beginning, chaptersOf, momentOf, stateAt } from '../../../../src/app/routes/workflow/together/shared-history.ts'
import { beginLog, nextEdit, updatesOf, withEdit, withVersion } from '../../../../src/core/workflow/together/edit-log.ts'
import { SharedMap } from '../../../../src/core/workflow/together/shared-map.ts'
import { refill } from '../../refill.ts'

/** Three names one after the other, the second of them a named version. */
function drawn() {
  let log = beginLog(refill)
  let minute = 10
  const map = new SharedMap({ id: refill.id, client: 3, device: 'd1' }, updatesOf(log))
  map.onOwnChange((update) => {
    log = withEdit(log, nextEdit(log, { device: 'd1', by: 'amara', at: `2026-03-02T09:${minute++}:00Z` }, update))
  })
  for (const label of ['One', 'Two', 'Three']) map.edit({ kind: 'rename', side: 'current', label })
  map.close()
  return withVersion(log, { kind: 'version', id: 'v', name: 'Second', by: 'amara', at: '2026-03-02T09:11:30Z', upto: { d1: 2 } })
}

test('every change leads to the maps as they were right after it, and the beginning to those that were shared', () => {
  const log = drawn()
  const chapters = chaptersOf(refill.id, log, 200)
  const shown = chapters.map(({ version, changes }) => [
    version?.name ?? 'now',
    ...changes.map(({ edit }) => stateAt(refill.id, log, momentOf(log, edit)).current.label),
  ])
  expect(shown).toEqual([
    ['now', 'Three'],
    ['Second', 'Two', 'One'],
  ])
  expect(stateAt(refill.id, log, beginning).current.label).toBe(refill.current.label)
})

test('of a long history the last changes are read first, and earlier ones where they are asked for', () => {
  const log = drawn()
  const labels = (most: number): number => chaptersOf(refill.id, log, most).flatMap(({ changes }) => changes).length
  expect([labels(1), labels(2), labels(200)]).toEqual([1, 2, 3])
})
