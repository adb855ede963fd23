/** How far the reading is, and how much of it was too quick to count: one text for every page that says it. */

import type { Project } from '../../../../core/project/format/project.ts'
import { eventsOfDraw } from '../../../../core/project/sample/draw-events.ts'
import type { DrawnRecord } from '../../../../core/review/draw/draw.ts'
import type { RecordDecision } from '../../../../core/review/model/review-event.ts'
import { attentionOf, attentionSentence } from '../../../../core/review/result/attention.ts'
import { progressSentence, reviewProgress } from '../../../../core/review/result/result.ts'

/** @param records those that the result rests on */
export function progressWords(
  project: Project,
  records: readonly DrawnRecord[],
  decisions: ReadonlyMap<string, RecordDecision>,
): string {
  const attention = attentionSentence(attentionOf(eventsOfDraw(project), new Set(records.map(({ id }) => id))))
  return [progressSentence(reviewProgress(records, decisions)), ...(attention === null ? [] : [attention])].join(' ')
}
