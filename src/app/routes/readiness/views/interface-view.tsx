/** The integration map: drawing, what is behind each arrow and box, and the same as a table. */

import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { interfaceMessages, trafficLimits } from '../../../../core/readiness/criteria/pre-launch/interface-messages.ts'
import { limitsOf } from '../../../../core/readiness/evidence/limits.ts'
import { rowsOf } from '../../../../core/readiness/kept-files/counted-rows.ts'
import { type Exchange, type InterfaceMap, interfaceMap, isOpen } from '../../../../core/readiness/views/interface-map.ts'
import { ButtonLink } from '../../../components/button.tsx'
import { Facts } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { exchangeWords, InterfaceDrawingView, proofMarks, proofShort } from './interface-drawing.tsx'
import { NoFile } from './no-file.tsx'
import styles from './views.module.css'

export function InterfaceView({ project }: { readonly project: Project }) {
  const [search] = useSearchParams()
  const map = useMemo(() => {
    const rows = rowsOf(project, 'interfaces')
    const limits = trafficLimits(limitsOf(interfaceMessages, project, []).thresholds)
    return rows && interfaceMap(rows, rowsOf(project, 'tests'), rowsOf(project, 'messages'), limits)
  }, [project])
  if (!map || map.exchanges.length === 0) return <NoFile kind="interfaces" />
  const edge = map.exchanges.find(({ row }) => row.edge_id === search.get('edge'))
  const system = map.systems.find(({ name }) => name === search.get('system'))
  const open = map.exchanges.filter(isOpen).length
  return (
    <>
      <p className="below prose">
        {counted(map.systems.length, 'system')} exchange data over {counted(map.exchanges.length, 'interface')};{' '}
        {open === 0 ? 'each was tested and says all that is asked of it.' : `${open} of them have something open.`} A thick line
        means that patients depend on it, a dashed one that its test is missing or failed.
      </p>
      <InterfaceDrawingView map={map} chosen={{ edge: edge?.row.edge_id ?? null, system: system?.name ?? null }} />
      <ul className={`caption around spread ${styles.legend}`} aria-label="Marks of the drawing">
        {(['tested', 'failed', 'named', 'none'] as const).map((proof) => (
          <li key={proof}>
            <SeverityMark mark={proofMarks[proof]} />
            {proof === 'named' ? 'a test is named, of which there is no result' : proofShort[proof]}
          </li>
        ))}
        <li>
          <SeverityMark mark="ok" /> all eight facts are said, downtime among them
        </li>
        <li>
          <SeverityMark mark="error" /> something is not said, or waits for a later phase
        </li>
      </ul>
      {edge && <ExchangeDetail exchange={edge} />}
      {system && <SystemDetail name={system.name} map={map} />}
      <Twin map={map} />
    </>
  )
}

function ExchangeDetail({ exchange }: { readonly exchange: Exchange }) {
  const { row, test, traffic, downtime, proofWords } = exchange
  const said = (text: string | number | null): string => (text === null ? 'not said' : String(text))
  return (
    <section className={`above-wide ${styles.detail}`} aria-label={`Interface ${row.edge_id}`}>
      <h2>
        {row.edge_id}: {row.from} {row.direction === 'two-way' ? 'to and from' : 'to'} {row.to}
      </h2>
      <Facts
        items={[
          { name: 'Standard and version', value: said(row.standard) },
          { name: 'Starts when', value: said(row.trigger) },
          { name: 'Messages in the peak hour', value: said(row.peak_per_hour) },
          { name: 'Agreed service', value: said(row.service) },
          { name: 'When it fails', value: said(row.retry) },
          { name: 'While it is down', value: said(downtime) },
          { name: 'Answers for it', value: said(row.owner) },
          { name: 'Clause of the contract', value: said(row.clause) },
          { name: 'Patients depend on it', value: row.critical === null ? 'not said' : row.critical ? 'yes' : 'no' },
          { name: 'Tested', value: proofWords },
        ]}
      />
      <div className="row-start above no-print">
        <ButtonLink href={`#/readiness/inputs?kind=interfaces&line=${row.line}`}>Open its row</ButtonLink>
        {test && <ButtonLink href={`#/readiness/inputs?kind=tests&line=${test.line}`}>Open the test result</ButtonLink>}
        {traffic && <ButtonLink href="#/readiness/inputs?kind=messages">Open the messages</ButtonLink>}
        <ButtonLink href="#/readiness?criterion=interface-messages">Open the criterion</ButtonLink>
      </div>
    </section>
  )
}

function SystemDetail({ name, map }: { readonly name: string; readonly map: InterfaceMap }) {
  const own = map.exchanges.filter(({ row }) => row.from === name || row.to === name)
  return (
    <section className={`above-wide ${styles.detail}`} aria-label={`System ${name}`}>
      <h2>
        {name}: {counted(own.length, 'interface')}
      </h2>
      <ul className={`bullets ${styles.rows}`}>
        {own.map((exchange) => (
          <li key={exchange.row.edge_id}>
            <a href={`#/readiness/views/integration?edge=${encodeURIComponent(exchange.row.edge_id)}`}>
              {exchangeWords(exchange)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Twin({ map }: { readonly map: InterfaceMap }) {
  return (
    <section className={`above-wide ${styles.section}`}>
      <h2>The same as a table</h2>
      <ScrollRegion label="Interfaces as a table" className={`box scroll ${styles.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Interface</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Direction</th>
              <th scope="col">Standard</th>
              <th scope="col">Test</th>
              <th scope="col">While it is down</th>
              <th scope="col">Owner</th>
            </tr>
          </thead>
          <tbody>
            {map.exchanges.map(({ row, proof, proofWords, downtime }) => (
              <tr key={`${row.edge_id} ${row.line}`}>
                <th scope="row">
                  <a href={`#/readiness/inputs?kind=interfaces&line=${row.line}`}>{row.edge_id}</a>
                </th>
                <td>{row.from}</td>
                <td>{row.to}</td>
                <td>{row.direction ?? 'not said'}</td>
                <td>{row.standard ?? 'not said'}</td>
                <td>
                  <SeverityMark mark={proofMarks[proof]} label={proofShort[proof]} /> {proofWords}
                </td>
                <td>{downtime ?? 'nobody said'}</td>
                <td>{row.owner ?? 'nobody'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}
