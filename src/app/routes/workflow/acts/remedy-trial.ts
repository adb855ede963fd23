/** A remedy tried on a copy of a workflow: simulated and judged at once, with progress and Cancel; the map that is open is not touched. */

import { useCallback, useEffect, useRef, useState } from 'react'
import { Cancelled } from '../../../../core/operation.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { withRemedy } from '../../../../core/workflow/remedies/remedies.ts'
import type { Remedy } from '../../../../core/workflow/remedies/remedy.ts'
import type { Judgement } from '../../../../core/workflow/simulation/judge.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { byPolicy } from './workflow-results.ts'

type Results = NonNullable<Judgement['results']>

export type Trial =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly label: string; readonly share: number; readonly cancel: () => void }
  | {
      readonly kind: 'tried'
      readonly remedy: Remedy
      readonly of: Workflow
      readonly before: Results | null
      readonly after: Judgement
    }
  | { readonly kind: 'failed'; readonly sentence: string }

/** One trial at a time per finding; leaving the finding stops it. */
export function useRemedyTrial() {
  const [trial, setTrial] = useState<Trial>({ kind: 'none' })
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])
  /** `before` is what is known of the map as it is; seed and cases of the copy are the same, so the two runs share their luck. */
  const tryOut = useCallback(async (of: Workflow, remedy: Remedy, before: Results | null) => {
    const job = begin('Simulating a copy')
    stop.current = job.cancel
    const { label } = remedy
    const copy = withRemedy(of, remedy)
    setTrial({ kind: 'running', label, share: 0, cancel: job.cancel })
    try {
      for await (const update of jobs.judge(copy, job.signal))
        if (update.kind === 'progress')
          setTrial({ kind: 'running', label, share: update.total > 0 ? update.done / update.total : 0, cancel: job.cancel })
        else if (update.kind === 'result')
          setTrial({ kind: 'tried', remedy, of, before, after: { ...update.value, comparison: byPolicy(copy, update.value) } })
    } catch (error) {
      const words = errorWords(error)
      setTrial(error instanceof Cancelled ? { kind: 'none' } : { kind: 'failed', sentence: `The simulation failed: ${words}` })
    } finally {
      job.end()
    }
  }, [])
  return { trial, tryOut }
}
