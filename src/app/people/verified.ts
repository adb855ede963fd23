/** Verifies the open project as `carryover verify` does: once when it was opened, away from what a person waits for, and before signing. */

import { useEffect, useMemo, useState } from 'react'
import { digestOf } from '../../core/canonical.ts'
import { finish } from '../../core/operation.ts'
import type { Project } from '../../core/project/format/project.ts'
import { jsonOf, saveProject } from '../../core/project/format/save.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import type { Looked } from '../../core/project/verify/standing.ts'
import { brokenIn } from '../../core/project/verify/verify.ts'
import type { Witness } from '../../core/readiness/kept-files/origin.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { withSignedHead } from '../session/device-key.ts'
import { handIn } from '../session/hand-in.ts'
import { jobs } from '../session/jobs.ts'
import { useWorkspace, workspace } from '../session/state.ts'

/** The first thing in the whole project that does not stand, in words, or why nobody could look; null when everything verifies. */
export async function whatIsBroken(project: Project): Promise<string | null> {
  return brokenOf(await lookAt(project))
}

function brokenOf(looked: Looked): string | null {
  return typeof looked === 'string' ? looked : brokenIn(looked)
}

async function lookAt(project: Project): Promise<Looked> {
  const start = performance.now()
  // Texts of the private part are held against their digests where they are shown.
  const files = new Map([...saveProject(await withSignedHead(project))].filter(([path]) => !path.startsWith('private/')))
  try {
    const report = await finish(jobs.verify(files, new AbortController().signal))
    performance.measure('verify', { start })
    return report ?? 'The project can not be read.'
  } catch (error) {
    return `The project could not be verified: ${errorWords(error)}`
  }
}

export interface Verification {
  readonly broken: string | null
  readonly looked: Looked
  readonly witness: Witness
}

/** By the first entry of the ledger, which is another object each time a project is opened and the same while it is worked on. */
const known = new WeakMap<LedgerEntry, Promise<Omit<Verification, 'witness'>>>()

/** The outcome of verifying the project as it was opened; null until it is there. */
export function useVerification(): Verification | null {
  const beginning = useWorkspace((w) => w.project?.ledger[0] ?? null)
  const device = useWorkspace((w) => (w.project ? handIn(w.project).device : null))
  const run = useWorkspace((w) => w.run?.summary ?? null)
  const [checked, setChecked] = useState<{ readonly of: LedgerEntry; readonly outcome: Omit<Verification, 'witness'> } | null>(
    null,
  )
  useEffect(() => {
    if (!beginning) return
    let shown = true
    void verificationOf(beginning).then((outcome) => shown && setChecked({ of: beginning, outcome }))
    return () => {
      shown = false
    }
  }, [beginning])
  return useMemo(() => {
    if (!checked || checked.of !== beginning) return null
    // A chain that this device did not sign to its end is never gone on with: what stands under its name is its own.
    const witness = { devices: device === null ? [] : [device], runs: run ? [digestOf(jsonOf(run))] : [] }
    return { ...checked.outcome, witness }
  }, [checked, beginning, device, run])
}

function verificationOf(beginning: LedgerEntry): Promise<Omit<Verification, 'witness'>> {
  const held = known.get(beginning)
  if (held) return held
  const outcome = idle().then(async () => {
    const { project } = workspace()
    const looked = project?.ledger[0] === beginning ? await lookAt(project) : { checks: [] }
    return { broken: brokenOf(looked), looked }
  })
  known.set(beginning, outcome)
  return outcome
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Not every browser has idle callbacks; there a pause after opening does.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 5000 })
    else setTimeout(resolve, 1000)
  })
}
