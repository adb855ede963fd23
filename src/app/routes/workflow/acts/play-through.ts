/** Following one case through both maps, in a worker; an answer for a map that has changed since is dropped. */

import { useEffect, useState } from 'react'
import { Cancelled, finish } from '../../../../core/operation.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { PlayThrough, WantedCase } from '../../../../core/workflow/simulation/play-through.ts'
import { jobs } from '../../../session/jobs.ts'

export interface Followed {
  readonly workflow: Workflow
  readonly wanted: WantedCase
  readonly value: PlayThrough | null
  /** Why there is nothing, in a sentence; null where there is. */
  readonly said: string | null
}

/** Null while nothing was asked for, or the answer is still being worked out. */
export function useFollowedCase(workflow: Workflow, wanted: WantedCase | null): Followed | null {
  const [followed, setFollowed] = useState<Followed | null>(null)
  useEffect(() => {
    if (wanted === null) return
    const stop = new AbortController()
    finish(jobs.followCase({ workflow, wanted }, stop.signal)).then(
      (value) => setFollowed({ workflow, wanted, value, said: value === null ? nothingWords(wanted) : null }),
      (error) => {
        if (error instanceof Cancelled || stop.signal.aborted) return
        const why = errorWords(error)
        setFollowed({ workflow, wanted, value: null, said: `The case could not be followed: ${why}` })
      },
    )
    return () => stop.abort()
  }, [workflow, wanted])
  return followed !== null && followed.workflow === workflow && followed.wanted === wanted ? followed : null
}

function nothingWords(wanted: WantedCase): string {
  return typeof wanted === 'number'
    ? `There is no case ${wanted} in this run; take a smaller number.`
    : 'No case ended in this run, so there is none to follow.'
}
