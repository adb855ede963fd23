/** What becomes of a row whose parts have different states. */
import { expect, test } from 'vitest'
import { Ledger } from '../../../../../src/core/data/reconcile/account/ledger.ts'

test('a row of which one part is known to be lost is lost, whatever is not known of another', () => {
  const ledger = new Ledger()
  ledger.leaveOpen()
  ledger.settle('visits', 'row 1', 2, 'notCompared')
  ledger.settle('visits', 'row 1', 2, 'unaccounted')
  ledger.settle('visits', 'row 2', 2, 'equal')
  ledger.settle('visits', 'row 2', 2, 'notCompared')
  ledger.endPatient(true)
  expect(ledger.of('visits')).toMatchObject({ unaccounted: 1, notCompared: 1, patientsOff: 1 })
})
