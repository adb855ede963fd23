/** A bundle written for one reader, opened elsewhere and read there, for tests. */

import type { Hand } from '../../../src/core/project/acts/hand.ts'
import {
  type BundleWish,
  issueBundle,
  type ReaderBundle,
  readBundle,
  readerProject,
} from '../../../src/core/project/exchange/reader-bundle.ts'
import type { Project, ProjectFiles } from '../../../src/core/project/format/project.ts'
import { addVerdicts } from '../../../src/core/project/review/review-steps.ts'
import { keyDevice } from '../../../src/core/project/signing/signed-heads.ts'
import { emptyChart } from '../../../src/core/review/chart/build-chart.ts'
import type { RecordPair } from '../../../src/core/review/model/pair-types.ts'
import { makeBundleKey } from '../../../src/io/keys/key-text.ts'
import { signerOfJwk } from './device-keys.ts'
import { hand, judged, ok } from './review-walk.ts'
export const tablet: Hand = { device: 't1', actor: 'm-ito', wall: '2016-01-01T08:00:00+01:00' }

const bundleKey = await makeBundleKey()

async function keyedByBundle(project: Project, by: Hand): Promise<Project> {
  return await keyDevice(project, await signerOfJwk(bundleKey.privateKey, by.device), by)
}

export const pairOf = (key: string): RecordPair => ({
  key,
  heading: { name: 'Example, Ada', birth: '1970-01-02', sex: 'female' },
  missing: null,
  allergyState: { legacy: 'known', target: 'known' },
  domains: [],
  differences: 0,
  chart: emptyChart(key),
})

export function wishOf(project: Project, id = 'b1'): BundleWish {
  return {
    id,
    reader: tablet.actor,
    name: 'Mika Ito',
    role: 'Physician',
    records: (project.review.draw?.records ?? []).map((record, n) => ({ id: record.id, pair: pairOf(`MRN-${n}`) })),
    prepared: [],
    key: bundleKey,
  }
}

export function issued(project: Project, id = 'b1'): { readonly project: Project; readonly files: ProjectFiles } {
  const written = issueBundle(project, wishOf(project, id), hand)
  if (!written.ok) throw new Error(written.problem)
  return written
}

export function opened(files: ProjectFiles): ReaderBundle {
  const read = readBundle(files)
  if (!read.ok) throw new Error(read.problem)
  return read.bundle
}

/** A tablet whose clock is ten years behind; its chain has the key of the bundle. */
export async function onTablet(files: ProjectFiles, device = tablet.device): Promise<Project> {
  const words = { device, wall: tablet.wall, tool: 'carryover 0.1.0' }
  return await keyedByBundle(readerProject(opened(files), new Uint8Array([1]), words), { ...tablet, device })
}

export function readThere(project: Project, records: readonly string[]): Project {
  return ok(
    addVerdicts(
      project,
      records.map((record) => judged(record)),
      { ...tablet, device: project.manifest.reader?.device ?? tablet.device },
    ),
  )
}
