/** The chain of one reader's bundle: how it opens, and what a reader may do in it. */
import type { Project } from '../format/project.ts'
import { deviceKeyed } from '../signing/signed-heads.ts'

export const bundleOpened = 'bundle-opened'

/** The sample of a reader's project stands in the project that the bundle came from; its own chain neither plans nor draws. */
export function isReaderChain({ manifest, ledger }: Pick<Project, 'manifest' | 'ledger'>): boolean {
  return (
    manifest.reader !== undefined && ledger[0]?.action === bundleOpened && ledger.every(({ action }) => readerActs.has(action))
  )
}

/** All that a reader may do, saving a sealed copy included; anything else in a chain that comes back is refused. */
const readerActs: ReadonlySet<string> = new Set([
  bundleOpened,
  deviceKeyed,
  'record-opened',
  'number-copied',
  'verdict',
  'calibration',
  'exported',
])
