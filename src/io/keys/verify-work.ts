/** Verifying a whole project as one operation of a worker: a ledger of years takes seconds, and the page goes on meanwhile. */
import type { Update } from '../../core/operation.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { type VerifyReport, verifyProject } from '../../core/project/verify/verify.ts'
import { webVerifier } from './signature-web.ts'

/** Null where `carryover.json` can not be read. */
export async function* verifyWork(files: ProjectFiles): AsyncGenerator<Update<never, VerifyReport | null>> {
  yield { kind: 'result', value: await verifyProject(files, webVerifier, { now: new Date().toISOString() }) }
}
