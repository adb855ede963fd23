/** The code of a difference, by its kind and by what the record is about. */

import type { Difference } from '../../crosswalk/compare/compare-field.ts'
import type { Domain } from '../../crosswalk/plan/sides.ts'
import type { PairCode } from './difference-codes.ts'

export function codeOf(kind: Difference, domain: Domain): PairCode {
  switch (kind) {
    case 'date-swapped':
      return 'data/date-swapped'
    case 'system-lost':
      return 'data/code-system-lost'
    case 'damaged':
      return 'data/text-damaged'
    case 'unit-lost':
      return 'data/unit-lost'
    case 'unit-changed':
      return 'data/unit-changed'
    case 'comparator-lost':
      return 'data/comparator-lost'
    case 'unmapped':
      return 'data/value-unmapped'
    case 'zeros-lost':
      return 'data/zeros-lost'
    case 'null-reason':
      return 'data/null-reason-changed'
    case 'serial-date':
      return 'data/date-became-number'
    case 'time-shifted':
      return 'data/time-shifted'
    case 'date-shifted':
      return domain === 'demographics' ? 'data/field-changed' : 'data/date-shifted'
    case 'less-precise':
      return 'data/precision-lost'
    case 'system-changed':
      return 'data/code-system-changed'
    default:
      break
  }
  if (domain === 'allergies') return 'data/allergy-altered'
  if (kind === 'amount') return domain === 'medicines' ? 'data/dose-changed' : 'data/value-changed'
  if (kind === 'cut') return domain === 'notes' ? 'data/note-truncated' : 'data/text-truncated'
  return kind === 'lost' ? 'data/field-lost' : kind === 'appeared' ? 'data/field-appeared' : 'data/field-changed'
}
