/** Verifies the open project as `carryover verify` does: once when it was opened, away from what a person waits for, and before signing. */
import { useEffect, useState } from 'react'
import { finish } from '../../core/operation.ts'
import type { LedgerEntry } from '../../core/project/ledger.ts'
import type { Project } from '../../core/project/project.ts'
import { saveProject } from '../../core/project/save.ts'
import { brokenIn } from '../../core/project/verify.ts'
import { jobs } from '../jobs.ts'
import { withSignedHead } from './device-key.ts'
import { useWorkspace, workspace } from './state.ts'

/** The first thing in the whole project that does not stand, in words, or why nobody could look; null when everything verifies. */
export async function whatIsBroken(project: Project): Promise<string | null> {
  const start = performance.now()
  // Nothing that is verified lies in the private part.
  const files = new Map([...saveProject(await withSignedHead(project))].filter(([path]) => !path.startsWith('private/')))
  try {
    const report = await finish(jobs.verify(files, new AbortController().signal))
    performance.measure('verify', { start })
    return report ? brokenIn(report) : 'The project can not be read.'
  } catch (error) {
    return `The project could not be verified: ${error instanceof Error ? error.message : String(error)}`
  }
}

interface Verification {
  readonly broken: string | null
}

/** By the first entry of the ledger, which is another object each time a project is opened and the same while it is worked on. */
const known = new WeakMap<LedgerEntry, Promise<Verification>>()

/** The outcome of verifying the project as it was opened; null until it is there. */
export function useVerification(): Verification | null {
  const beginning = useWorkspace((w) => w.project?.ledger[0] ?? null)
  const [checked, setChecked] = useState<{ readonly of: LedgerEntry; readonly outcome: Verification } | null>(null)
  useEffect(() => {
    if (!beginning) return
    let shown = true
    void verificationOf(beginning).then((outcome) => shown && setChecked({ of: beginning, outcome }))
    return () => {
      shown = false
    }
  }, [beginning])
  return checked && checked.of === beginning ? checked.outcome : null
}

function verificationOf(beginning: LedgerEntry): Promise<Verification> {
  const held = known.get(beginning)
  if (held) return held
  const outcome = idle().then(async () => {
    const { project } = workspace()
    return { broken: project?.ledger[0] === beginning ? await whatIsBroken(project) : null }
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
