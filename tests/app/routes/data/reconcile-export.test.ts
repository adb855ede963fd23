/** What leaves a reconciliation: keys of records only where somebody revealed values. */
import { expect, test, vi } from 'vitest'
import { exportReconciliation } from '../../../../src/app/routes/data/reconcile/reconcile-export.tsx'
import type { ReconcileResult } from '../../../../src/core/data/reconcile/account/result.ts'

const { written } = vi.hoisted(() => ({ written: new Map<string, unknown>() }))
vi.mock('../../../../src/app/window/download.ts', () => ({
  download: (name: string, content: unknown) => written.set(name, content),
}))
vi.mock('../../../../src/app/session/state.ts', async (load) => ({
  ...(await load<object>()),
  openProject: () => ({ mapping: new Map() }),
}))

const open = [{ table: 'patients', input: 0, record: 3, line: 4, key: 'MRN-4711', why: 'none-fits' }]
const result = { open, totals: [], findings: [] } as unknown as ReconcileResult

test.each([
  [false, 'AAA-9999'],
  [true, 'MRN-4711'],
])('the list of unaccounted records, values revealed: %s', (revealed, key) => {
  exportReconciliation('unaccounted', result, [{ name: 'patients.csv' } as never], revealed)
  const [, row] = String(written.get('unaccounted.csv')).split('\n')
  expect(row?.split(',').slice(0, 5)).toEqual(['patients', 'patients.csv', '3', '4', key])
})
