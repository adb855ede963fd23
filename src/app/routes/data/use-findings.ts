/** What the Findings page shows: the list, the filter that its address names, and the run it is compared with. */
import { useMemo, useState } from 'react'
import { useSearch } from 'wouter'
import { navigate } from '../../frame/hash-location.ts'
import { wallNow } from '../../workspace/ledger.ts'
import { useWorkspace } from '../../workspace/state.ts'
import { earlierRuns, type FindingFilter, filterFindings, filterOf, listFindings, searchOf } from './findings.ts'

/** All findings of the last run, compared with the complete run before it. */
export function useAllFindings(number: number | null = null) {
  const run = useWorkspace((w) => w.run)
  const runs = useWorkspace((w) => w.project?.runs)
  const baseline = useWorkspace((w) => w.project?.baseline)
  return useMemo(() => {
    const earlier = earlierRuns(runs ?? [], run)
    const against = earlier.find((each) => each.number === number) ?? earlier[0] ?? null
    return { run, earlier, against, list: listFindings({ run, baseline: baseline ?? [], against, asOf: wallNow() }) }
  }, [run, runs, baseline, number])
}

/** @param finding fingerprint of the finding that is open, or null; it stays open when the filter changes */
export function useFindings(finding: string | null) {
  const search = useSearch()
  const [text, setText] = useState('')
  const chosen = Number(new URLSearchParams(search).get('against'))
  const number = Number.isInteger(chosen) && chosen > 0 ? chosen : null
  const { run, earlier, against, list } = useAllFindings(number)
  const filter = useMemo((): FindingFilter => ({ ...filterOf(search), text }), [search, text])
  const shown = useMemo(() => filterFindings(list, filter), [list, filter])
  const go = (fingerprint: string | null, next: FindingFilter, run: number | null): void =>
    navigate(`/data/findings${fingerprint === null ? '' : `/${fingerprint}`}${searchOf(next, run)}`)
  return {
    run,
    earlier,
    against,
    list,
    shown,
    filter,
    /** Address of a finding under this filter. */
    hrefOf: (fingerprint: string): string => `#/data/findings/${fingerprint}${searchOf(filter, number)}`,
    show: (fingerprint: string | null) => go(fingerprint, filter, number),
    setFilter: (next: FindingFilter) => {
      setText(next.text)
      if (searchOf(next, number) !== searchOf(filter, number)) go(finding, next, number)
    },
    compareWith: (run: number | null) => go(finding, filter, run),
  }
}
