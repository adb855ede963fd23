/** The vendor check on paper: area by area what was seen, what only the vendor says, and what is open. */
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { areaName, isMet, pointWords, vendorStanding } from '../measures/vendor-standing.ts'
import { type Report, tableOr } from '../sheets/sheet.ts'
import { topicReport } from './topic-report.ts'

export function vendorReport(project: Project, board: ReadinessBoard): Report {
  const rows = rowsOf(project, 'vendor-checks', board.asOf) ?? []
  const areas = vendorStanding(rows)
  return topicReport(project, board, {
    kind: 'vendor-check',
    title: 'Vendor check',
    says: ['vendor-check', 'interface-contracts', 'total-cost'],
    sections: [
      {
        title: 'Areas',
        blocks: [
          tableOr(
            'No area.',
            ['Area', 'Points', 'Seen', 'Only said', 'Open', 'Met'],
            areas.map((each) => [
              areaName(each.area),
              String(each.points.length),
              String(each.seen),
              String(each.claimed),
              String(each.open),
              isMet(each) ? 'yes' : each.points.length === 0 ? 'not asked' : 'no',
            ]),
            [1, 2, 3, 4],
          ),
        ],
      },
      {
        title: 'Points',
        blocks: [
          tableOr(
            'Nothing was asked yet.',
            ['Area', 'Kind', 'Point', 'What was seen', 'File and its day', 'By whom', 'Counts'],
            areas.flatMap(({ points }) =>
              points.map((row) => [
                areaName(row.area),
                row.kind,
                row.point,
                row.rests_on === 'evidence' ? (row.evidence ?? '–') : 'nothing: a claim',
                row.file === null ? '–' : `${row.file}, ${row.file_date === null ? 'no day' : dayText(row.file_date)}`,
                row.checked_by === null
                  ? '–'
                  : `${row.checked_by}${row.checked_on === null ? '' : `, ${dayText(row.checked_on)}`}`,
                pointWords(row) ?? 'yes',
              ]),
            ),
          ),
        ],
      },
    ],
    foot: [
      'Areas: the assessed sections of the Digital Technology Assessment Criteria (NHS), and performance and exit of “EHR Contracts Untangled” (ONC, 2016). That each needs a point which somebody of the clinic has seen is our rule.',
    ],
    data: {
      areas: areas.map((each) => ({
        area: each.area,
        seen: each.seen,
        claimed: each.claimed,
        open: each.open,
        met: isMet(each),
      })),
      points: rows.map((row) => ({ id: row.id, area: row.area, kind: row.kind, restsOn: row.rests_on, open: pointWords(row) })),
    },
  })
}
