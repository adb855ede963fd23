/** The bundle for the owner's committee: digests, counts, certificates; the ledger says that it was handed out. */

import { record } from '../../../../core/project/acts/hand.ts'
import { packProject } from '../../../../core/project/format/bundle.ts'
import { redactedAct, redactedFiles, redactedName } from '../../../../core/project/verify/redacted.ts'
import { act, type Refusal } from '../../../session/act.ts'
import { withSignedHead } from '../../../session/device-key.ts'
import { openProject, setWorkspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
export async function saveRedacted(): Promise<Refusal> {
  const refusal = await act((project, hand) => ({
    ok: true,
    project: record(project, [redactedAct(project)], hand),
  }))
  if (refusal !== null) return refusal
  download(redactedName, packProject(redactedFiles(await withSignedHead(openProject()))), 'application/zip')
  setWorkspace({
    done: 'Saved without data, verdicts on records and private part. “carryover verify redacted.carryover” checks ledger, signatures, draw, runs and pages, and says what such a file can not prove.',
  })
  return null
}
