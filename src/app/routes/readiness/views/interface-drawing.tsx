/** The integration map as a drawing: a box for each system, an arrow for each interface, with how it was tested and what is done while it is down. */
import { type KeyboardEvent, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { type DrawnInterface, drawInterfaces } from '../../../../core/readiness/views/interface-layout.ts'
import type { Exchange, InterfaceMap, Proof, SystemOfMap } from '../../../../core/readiness/views/interface-map.ts'
import type { Box } from '../../../../core/workflow/drawing/layout.ts'
import { arrowOf, pathOf } from '../../../../core/workflow/drawing/routing.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { type Mark, SeverityMark } from '../../../components/severity-mark.tsx'
import styles from './views.module.css'

export const proofMarks: Readonly<Record<Proof, Mark>> = { tested: 'ok', failed: 'error', named: 'unknown', none: 'warning' }
export const proofShort: Readonly<Record<Proof, string>> = {
  tested: 'tested',
  failed: 'test failed',
  named: 'no result',
  none: 'not tested',
}

/** Letters of a caption that fit into the room beside a system, and of a name into a line of its box. */
const captionLetters = 32
const nameLetters = 18

interface DrawingProps {
  readonly map: InterfaceMap
  /** The interface or system that is opened. */
  readonly chosen: { readonly edge: string | null; readonly system: string | null }
}

export function InterfaceDrawingView({ map, chosen }: DrawingProps) {
  const drawing = drawInterfaces(map)
  const exchanges = new Map(map.exchanges.map((each) => [each.row.edge_id, each]))
  const systems = new Map(map.systems.map((each) => [each.name, each]))
  const order = [...drawing.boxes.map(({ id }) => `system ${id}`), ...drawing.interfaces.map(({ id }) => `edge ${id}`)]
  const [active, setActive] = useState<string | null>(null)
  const current = active !== null && order.includes(active) ? active : order[0]
  /** The drawing is one stop of Tab; arrows go through what is in it. */
  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>): void => {
    const links = [...event.currentTarget.querySelectorAll<SVGAElement>('a[data-id]')]
    const at = links.findIndex((link) => link.dataset.id === current)
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[
      event.key
    ]
    const next = to === undefined ? undefined : links[Math.max(0, Math.min(links.length - 1, to))]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  const link = (id: string) => ({ 'data-id': id, tabIndex: id === current ? 0 : -1, onFocus: () => setActive(id) })
  return (
    <ScrollRegion label="Drawing of the integration map" className={`box scroll ${styles.scroll}`}>
      {/* biome-ignore lint/a11y/useSemanticElements: no fieldset can stand inside a drawing */}
      <svg
        className={styles.drawing}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        width={drawing.width}
        height={drawing.height}
        role="group"
        aria-label={`${counted(map.systems.length, 'system')} and ${counted(map.exchanges.length, 'interface')}`}
        onKeyDown={onKeyDown}
      >
        {drawing.boxes.map((box) => (
          <a
            key={box.id}
            {...link(`system ${box.id}`)}
            href={`#/readiness/views/integration?system=${encodeURIComponent(box.id)}`}
            aria-label={systemWords(systems.get(box.id))}
            className={chosen.system === box.id ? styles.chosen : undefined}
          >
            <SystemBox box={box} system={systems.get(box.id)} />
          </a>
        ))}
        {drawing.interfaces.map((drawn) => {
          const exchange = exchanges.get(drawn.id)
          return exchange ? (
            <a
              key={drawn.id}
              {...link(`edge ${drawn.id}`)}
              href={`#/readiness/views/integration?edge=${encodeURIComponent(drawn.id)}`}
              aria-label={exchangeWords(exchange)}
              className={[
                chosen.edge === drawn.id && styles.chosen,
                exchange.proof !== 'tested' && styles.untested,
                exchange.row.critical === true && styles.depended,
              ]
                .filter(Boolean)
                .join(' ')}
            >
              <Way drawn={drawn} exchange={exchange} />
            </a>
          ) : null
        })}
      </svg>
    </ScrollRegion>
  )
}

function systemWords(system: SystemOfMap | undefined): string {
  if (!system) return ''
  return `${system.name}: ${counted(system.exchanges, 'interface')}, ${system.open} with something open`
}

/** Everything the drawing shows of an interface, in one sentence. */
export function exchangeWords({ row, proof, downtime, gaps }: Exchange): string {
  const way = row.direction === 'two-way' ? 'to and from' : 'to'
  const needed = row.critical === true ? ', patients depend on it' : ''
  return `${row.edge_id}: ${row.from} ${way} ${row.to}, ${row.standard ?? 'no standard'}${needed}; ${proofShort[proof]}; ${downtime === null ? 'nothing said for downtime' : `while down: ${downtime}`}${gaps.length === 0 ? '' : `; open: ${gaps.join('; ')}`}`
}

function SystemBox({ box, system }: { readonly box: Box; readonly system: SystemOfMap | undefined }) {
  const lines = nameLines(box.id)
  const room = box.height > 56 && system !== undefined
  const top = box.y + box.height / 2 - (lines.length * 16 + (room ? 16 : 0)) / 2 + 12
  return (
    <>
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={6} className={`drawn-box ${styles.box}`} />
      <rect x={box.x - 3} y={box.y - 3} width={box.width + 6} height={box.height + 6} rx={8} className={styles.ring} />
      {lines.map((line, index) => (
        <text key={line} x={box.x + box.width / 2} y={top + index * 16} textAnchor="middle" className={styles.name}>
          {line}
        </text>
      ))}
      {room && (
        <text x={box.x + box.width / 2} y={top + lines.length * 16} textAnchor="middle" className={styles.quiet}>
          {counted(system.exchanges, 'interface')}
        </text>
      )}
    </>
  )
}

function nameLines(name: string): readonly string[] {
  if (name.length <= nameLetters) return [name]
  const cut = name.lastIndexOf(' ', nameLetters)
  const at = cut > 0 ? cut : nameLetters
  return [name.slice(0, at), shortened(name.slice(at).trim(), nameLetters)]
}

function shortened(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`
}

function Way({ drawn, exchange }: { readonly drawn: DrawnInterface; readonly exchange: Exchange }) {
  const { way, at, toRight, toLeft } = drawn
  const { row, proof, downtime, gaps } = exchange
  const back = [...way].reverse()
  const left = at.x - 96
  const proofText = proofShort[proof]
  const second = left + 18 + proofText.length * 6.4 + 10
  return (
    <>
      <path d={pathOf(way)} className={styles.reach} />
      <rect x={left - 4} y={at.y - 20} width={200} height={42} rx={4} className={styles.ring} />
      <path d={pathOf(way)} className={`drawn-line ${styles.line}`} />
      {toRight && <path d={arrowOf(way)} className={`drawn-head ${styles.head}`} />}
      {toLeft && <path d={arrowOf(back)} className={`drawn-head ${styles.head}`} />}
      <text x={left} y={at.y - 6}>
        <tspan fontWeight={600}>{shortened(row.edge_id, 18)}</tspan>{' '}
        <tspan className={styles.quiet}>
          {shortened(row.standard ?? 'no standard', captionLetters - Math.min(18, row.edge_id.length))}
        </tspan>
      </text>
      <g transform={`translate(${left} ${at.y + 6}) scale(0.75)`}>
        <SeverityMark mark={proofMarks[proof]} />
      </g>
      <text x={left + 16} y={at.y + 17}>
        {proofText}
      </text>
      <g transform={`translate(${second} ${at.y + 6}) scale(0.75)`}>
        <SeverityMark mark={gaps.length > 0 ? 'error' : 'ok'} />
      </g>
      <text x={second + 16} y={at.y + 17}>
        {shortened(gaps.length > 0 ? gaps.join('; ') : (downtime ?? ''), captionLetters - proofText.length - 8)}
      </text>
    </>
  )
}
