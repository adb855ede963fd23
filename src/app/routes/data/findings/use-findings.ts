/** What the Findings page shows: the lines, the filter and the view that its address names, and the run it is compared with. */
import { useMemo, useState } from 'react'
import { useSearch } from 'wouter'
import { wallNow } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { type Address, linkTo } from '../../../window/address.ts'
import { navigate } from '../../../window/hash-location.ts'
import { type FindingLine, findingLines } from './finding-causes.ts'
import {
  earlierRuns,
  type FindingFilter,
  type FindingView,
  filterFindings,
  filterOf,
  listFindings,
  searchOf,
  viewOf,
} from './findings.ts'

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
  const view = useMemo(() => viewOf(search), [search])
  const { run, earlier, against, list } = useAllFindings(view.against)
  const filter = useMemo((): FindingFilter => ({ ...filterOf(search), text }), [search, text])
  const shown = useMemo(() => filterFindings(list, filter), [list, filter])
  const causes = useMemo(() => findingLines(shown, true), [shown])
  const lines = useMemo(() => (view.byFile ? findingLines(shown, false) : causes), [shown, causes, view.byFile])
  const open = list.find((each) => each.finding.fingerprint === finding) ?? null
  /** The line whose files are listed, or the one that the open finding belongs to. */
  const line = lines.find(({ parts }) => parts.some((part) => part.finding.fingerprint === finding)) ?? null
  const addressOf = (fingerprint: string | null, next: FindingFilter, to: FindingView): string =>
    `/data/findings${fingerprint === null ? '' : `/${fingerprint}`}${searchOf(next, to)}`
  const hrefOf = ({ key, parts }: FindingLine): Address => linkTo(addressOf(key, filter, { ...view, cause: parts.length > 1 }))
  return {
    run,
    earlier,
    against,
    list,
    shown,
    lines,
    /** Whether some files share a cause, so that there are two ways to list them. */
    canGroup: causes.length < shown.length,
    view,
    filter,
    open,
    line,
    /** The cause that is open as a whole; null where one finding is, or none. */
    cause: view.cause && line && line.parts.length > 1 ? line : null,
    hrefOf,
    /** Address of one finding by itself. */
    hrefOfPart: (fingerprint: string): Address => linkTo(addressOf(fingerprint, filter, { ...view, cause: false })),
    showLine: (to: FindingLine | null) => navigate(to ? hrefOf(to).slice(1) : addressOf(null, filter, { ...view, cause: false })),
    setFilter: (next: FindingFilter) => {
      setText(next.text)
      if (searchOf(next, view) !== searchOf(filter, view)) navigate(addressOf(finding, next, view))
    },
    compareWith: (run: number | null) => navigate(addressOf(finding, filter, { ...view, against: run })),
    showByFile: (byFile: boolean) => navigate(addressOf(finding, filter, { ...view, byFile, cause: false })),
  }
}
