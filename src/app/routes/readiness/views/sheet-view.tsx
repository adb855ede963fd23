/** A report as a view: the same sheet that is printed and that the command line writes, with the files behind it. */
import { Fragment, useMemo } from 'react'
import type { Project } from '../../../../core/project/format/project.ts'
import { type InputKind, inputFiles } from '../../../../core/readiness/input-files/files.ts'
import { makeReport, type ReportKindName } from '../../../../core/readiness/reports/index.ts'
import { useVerification } from '../../../people/verified.ts'
import { wallNow } from '../../../session/ledger.ts'
import { ReportSheet } from '../reports/report-sheet.tsx'

export function SheetView(props: {
  readonly project: Project
  readonly kind: ReportKindName
  readonly files: readonly InputKind[]
}) {
  const { project, kind, files } = props
  const verification = useVerification()
  const today = wallNow().slice(0, 10)
  const { sheet } = useMemo(() => makeReport(kind, project, today, verification), [kind, project, today, verification])
  return (
    <>
      <p className="below prose no-print">
        <a href={`#/readiness/reports/${kind}`}>Open the report</a> to choose a day or to export it. From{' '}
        {files.map((file, index) => (
          <Fragment key={file}>
            {index > 0 && (index === files.length - 1 ? ' and ' : ', ')}
            <a href={`#/readiness/inputs?kind=${file}`}>{inputFiles[file].title.toLowerCase()}</a>
          </Fragment>
        ))}
        .
      </p>
      <ReportSheet sheet={sheet} />
    </>
  )
}
