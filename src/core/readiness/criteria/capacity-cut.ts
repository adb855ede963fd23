/** Item 67: "Decrease patient booking capacity by 25-50% for the first week". */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const capacityCut: Criterion = {
  code: 'readiness/capacity-cut',
  items: [67],
  phase: 'go-live',
  severity: 'error',
  title: 'Bookings of the first week are not cut',
  why: 'Staff at half speed before a full waiting room is how the first day is lost.',
  remedy: 'Cut bookings by clinic for the first week and state by how much.',
  ...onlyByStatement,
}
