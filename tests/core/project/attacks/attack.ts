/** One line of the table: what is manipulated, how, and which check names it. */
import type { ProjectFiles } from '../../../../src/core/project/format/project.ts'
import type { Signer } from '../../../../src/core/project/signing/signature.ts'
import type { VerifyCheck } from '../../../../src/core/project/verify/verify.ts'
import type { Clinic } from './clinic.ts'

export interface Target extends Clinic {
  /** A key that nobody knows. */
  readonly forger: Signer
  /** Another project of the same people, with the same keys. */
  readonly other: Clinic
  /** The committee's file, handed out by the owner. */
  readonly committee: ProjectFiles
}

export interface Attack {
  readonly what: string
  readonly how: string
  /** One of the checks that fail. */
  readonly named: VerifyCheck['id']
  readonly does: (target: Target) => ProjectFiles | Promise<ProjectFiles>
  /** Why no check of the files alone can tell; then V4 tells with a known head. */
  readonly onlyByHead?: string
  /** Whether the committee's file is attacked: another head is known of it. */
  readonly committee?: true
}
