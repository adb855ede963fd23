/** The board as its page prints it: headline, gate strip, legend and lines, read back as words and numbers. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { BoardHead } from '../../../src/app/routes/readiness/board/board-head.tsx'
import { GateLegend } from '../../../src/app/routes/readiness/board/gate-legend.tsx'
import { GateStrip } from '../../../src/app/routes/readiness/board/gate-strip.tsx'
import { GatesTable } from '../../../src/app/routes/readiness/board/gates-table.tsx'
import type { Project } from '../../../src/core/project/format/project.ts'
import type { ReadinessBoard } from '../../../src/core/readiness/board/board.ts'
import { decisionOf } from '../../../src/core/readiness/board/this-week.ts'

export interface PrintedBoard {
  /** "Go-live …: NO-GO …", and the line below it. */
  readonly head: string
  /** Of each gate in the strip: the number beside each word. */
  readonly strip: readonly Readonly<Record<string, number>>[]
  /** Words of the legend. */
  readonly legend: readonly string[]
  /** Word of every line by its name, phase by phase, as each is opened. */
  readonly lines: readonly (readonly { readonly name: string; readonly word: string }[])[]
  /** What stands beside the name of each phase in the table. */
  readonly counts: readonly string[]
}

export function printedBoard(project: Project, board: ReadinessBoard): PrintedBoard {
  const nothing = (): void => undefined
  const head = renderToStaticMarkup(createElement(BoardHead, { decision: decisionOf(project, board), first: null }))
  const strip = renderToStaticMarkup(createElement(GateStrip, { project, board, onPhase: nothing }))
  const legend = renderToStaticMarkup(createElement(GateLegend, { board }))
  // Phase by phase, as a person opens them.
  const tables = board.phases.map((judged) => {
    const one = { ...board, phases: [judged] }
    return renderToStaticMarkup(
      createElement(GatesTable, {
        board: one,
        criterion: null,
        phase: judged.phase.id,
        onClaim: nothing,
        onThresholds: nothing,
      }),
    )
  })
  return {
    head: textOf(head),
    strip: strip
      .split('<li')
      .slice(1)
      .map((gate) =>
        Object.fromEntries(
          [...gate.matchAll(/<title>([^<]+)<\/title>.*?<\/svg>\s*(\d+)/g)].map((hit) => [hit[1], Number(hit[2])]),
        ),
      ),
    legend: [...legend.matchAll(/<b[^>]*>(.*?)<\/b>/g)].map((hit) => textOf(hit[1] ?? '')),
    lines: tables.map((table, at) => linesOf(sectionOf(table, board.phases[at]?.phase.id ?? ''))),
    counts: tables.map((table, at) =>
      textOf(/<span class="muted">(.*?)<\/span>/.exec(sectionOf(table, board.phases[at]?.phase.id ?? ''))?.[1] ?? ''),
    ),
  }
}

function sectionOf(table: string, phase: string): string {
  const from = table.indexOf(`id="phase-${phase}"`)
  return table.slice(from, table.indexOf('</section>', from))
}

function linesOf(section: string): readonly { readonly name: string; readonly word: string }[] {
  return section
    .split('<li')
    .slice(1)
    .flatMap((line) => {
      const name = /<button[^>]*aria-expanded[^>]*>(.*?)<\/button>/.exec(line)?.[1]
      return name === undefined ? [] : [{ name: textOf(name), word: textOf(/<\/svg>([^<]*)/.exec(line)?.[1] ?? '') }]
    })
}

function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
