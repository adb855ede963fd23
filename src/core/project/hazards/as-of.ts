/** A project as somebody knew it who had seen the chains up to these ends: what could be read then, and nothing that came after. */
import { paths } from '../format/documents.ts'
import type { ChainEnd, Project } from '../format/project.ts'
import { nameOfSample } from '../sample/draw-events.ts'
import { keptWorklist, withKeptWorklist } from '../sample/worklist-file.ts'

/**
 * Runs, verdicts, words on prepared records and looks that the entries up to these ends name. Of samples that were drawn over since then, findings are what was kept of
 * them, whenever it was.
 */
export function projectAsOf(project: Project, ends: readonly Pick<ChainEnd, 'device' | 'seq'>[]): Project {
  const last = new Map(ends.map(({ device, seq }) => [device, seq]))
  const ledger = project.ledger.filter(({ device, seq }) => seq <= (last.get(device) ?? 0))
  const named = new Set(ledger.map(({ object }) => object))
  const wasSaid = (id: string): boolean => named.has(`${paths.verdicts}#${id}`)
  const drawn = ledger.findLast(({ action }) => action === 'sample-drawn')?.digest ?? null
  const now = nameOfSample(project)
  const kept = keptWorklist(project)
  const findings = (kept?.findings ?? []).filter(
    ({ id, draw, verdicts }) => named.has(`${paths.worklist}#${id}`) || (draw !== now && verdicts.every(wasSaid)),
  )
  const looks = (kept?.looks ?? []).filter(({ finding, run, by }) => named.has(`${paths.worklist}#${finding}@${run}-${by}`))
  const { review } = project
  return {
    ...project,
    ledger,
    runs: project.runs.filter(({ id }) => named.has(`runs/${id}/summary.json`)),
    review: {
      ...review,
      draw: drawn === now ? review.draw : null,
      events: review.events.filter(({ id }) => wasSaid(id)),
      ...(review.calibration && {
        calibration: review.calibration.filter(({ id }) => named.has(`${paths.calibration}#${id}`)),
      }),
    },
    other: kept ? withKeptWorklist(project.other, { findings, looks }) : project.other,
  }
}
