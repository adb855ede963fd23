/** What stands behind the number of open findings in a text that is signed: which findings, how often, and where they are read. */

import type { Project } from '../../../../core/project/format/project.ts'
import type { RunFinding } from '../../../../core/project/format/run.ts'
import { wordingOf } from '../../../../core/project/reports/wording.ts'
import { isAccepted } from '../../../../core/project/runs/acceptance-in-force.ts'
import { currentRun } from '../../../../core/project/signing/signature.ts'
import { formatNumber } from '../../../components/format.ts'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import type { Address } from '../../../window/address.ts'
import styles from './certificate.module.css'

export function OpenFindings({ project, time }: { readonly project: Project; readonly time: string }) {
  const run = currentRun(project)
  const open = (run?.findings ?? []).filter(
    (finding) =>
      (finding.severity === 'critical' || finding.severity === 'error') && !isAccepted(finding, project.baseline, time),
  )
  if (open.length === 0) return null
  const places = open.reduce((sum, { count }) => sum + count, 0)
  return (
    <details>
      <summary>
        The {formatNumber(places)} open, each place counted: {formatNumber(open.length)} kinds, in data and workflows
      </summary>
      <table className={`above full ${styles.open}`}>
        <thead>
          <tr>
            <th scope="col">Finding</th>
            <th scope="col">Where</th>
            <th scope="col" className="number">
              Places
            </th>
          </tr>
        </thead>
        <tbody>
          {open.map((finding) => (
            <tr key={`${finding.fingerprint} ${finding.code} ${finding.place}`}>
              <th scope="row">
                <SeverityMark mark={finding.severity} />{' '}
                <a href={addressOf(finding)}>{wordingOf(finding.code)?.title ?? finding.code}</a>
              </th>
              <td>{finding.input === null ? finding.place : `${finding.input}: ${finding.place}`}</td>
              <td className="number">{formatNumber(finding.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function addressOf({ code, input, fingerprint }: RunFinding): Address {
  return code.startsWith('workflow/') ? `#/workflow/${input ?? ''}/compare` : `#/data/findings/${fingerprint}`
}
