/** Records can be shown only from the source files; this says which are not in this session and takes them in. */
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import { formatBytes } from '../../../components/format.ts'
import { EmptyState, PageHead } from '../../../components/panel.tsx'
import { OpenAgainButtons } from '../../data/sources/missing-sources.tsx'

export function MissingFiles({ missing }: { readonly missing: readonly SourceEntry[] }) {
  return (
    <>
      <PageHead title="Review records" />
      <EmptyState title={missing.length === 1 ? 'One source file is not open' : `${missing.length} source files are not open`}>
        <p>
          A project keeps no rows of its sources. Open the same files again to see the records. A file that differs from the one
          this project knows takes its place, and verdicts given on the earlier one no longer count.
        </p>
        <ul>
          {missing.map((source) => (
            <li key={source.id}>
              {source.name}{' '}
              <span className="muted">
                ({source.side}, {formatBytes(source.bytes)})
              </span>
            </li>
          ))}
        </ul>
        <OpenAgainButtons />
      </EmptyState>
    </>
  )
}
