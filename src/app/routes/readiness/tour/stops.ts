/** The stops of the tour: a place of the app, and what it shows in this project as it is now. */
import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { criteria } from '../../../../core/readiness/criteria/index.ts'
import { evidenceRun } from '../../../../core/readiness/evidence/evidence.ts'
import { allergyFact, bottleneckFact, type MovedBottleneck, reviewFact } from '../../../../core/readiness/evidence/first-run.ts'
import { phases } from '../../../../core/readiness/model/phase.ts'
import { formatNumber } from '../../../components/format.ts'

export interface Stop {
  readonly title: string
  readonly text: string
  /** Hash route without `#`. */
  readonly route: string
  /** Selector of what it points at; the heading of the page where that is not there. */
  readonly anchor: string
}

/** A stop whose fact the project does not hold is left out. */
export function stopsOf(project: Project, moved: readonly MovedBottleneck[]): readonly Stop[] {
  const { legacy, target } = project.manifest
  const [bottleneck, allergy, review] = [bottleneckFact(moved), allergyFact(project), reviewFact(project)]
  const run = evidenceRun(project, ({ pairing }) => pairing !== null)
  const rows = project.sources.reduce((sum, { records }) => sum + (records ?? 0), 0)
  const step = /\?step=(.+)$/.exec(bottleneck?.route ?? '')?.[1]
  const stop = (title: string, text: string, route: string, anchor = '#page-title'): Stop => ({ title, text, route, anchor })
  return [
    stop(
      'May we go live?',
      `The heading answers it for the move from ${legacy} to ${target}. Behind it stand ${counted(phases.length, 'phase')} with ${counted(criteria.length, 'line')}; each names its evidence.`,
      '/readiness',
    ),
    ...(bottleneck
      ? [
          stop(
            'A bottleneck that only moved',
            `${bottleneck.sentence} The current map stands above the future one; the step is marked on both.`,
            bottleneck.route,
            `[data-step$="/${CSS.escape(step ?? '')}"]`,
          ),
        ]
      : []),
    stop(
      'Files of both systems',
      `${counted(project.sources.length, 'file')} with ${formatNumber(rows)} records in all. They are read here; nothing is uploaded.`,
      '/data/sources',
      'section[aria-label="Sources"]',
    ),
    ...(allergy ? [stop(allergy.title, allergy.sentence, allergy.route)] : []),
    ...(run?.pairing
      ? [
          stop(
            'Every record is accounted for',
            `Run ${run.number} held both sides of ${counted(run.pairing.patients, 'patient', 'patients', formatNumber(run.pairing.patients))} against each other. What is unaccounted has to become none.`,
            '/data/reconcile',
          ),
        ]
      : []),
    ...(review
      ? [
          stop(
            'Clinicians read records',
            `${review.sentence} Keys 1 to 4 judge a row, Enter records it.`,
            '/review/records',
            '[aria-label^="Record "], [aria-label="Prepared records"]',
          ),
        ]
      : []),
    stop(
      'The page for the committee',
      'One sheet: gates, blockers, claims, risks, and two lines to sign. Print makes a PDF of it.',
      '/readiness/go-no-go',
      'article',
    ),
    stop(
      'Everything is on record',
      `${counted(project.ledger.length, 'entry', 'entries', formatNumber(project.ledger.length))} say who did what and when. A change of any of them is found.`,
      '/ledger',
      'section[aria-label="Entries of the ledger"]',
    ),
  ]
}
