/** The ninety practices of readiness.md §3: what each is about, which article names it, and how the product covers it. */
import { criteria } from '../criteria/index.ts'

/** Five articles on why clinical software fails. */
export type ItemSource = 'IPRS' | 'Pitfalls' | 'Config' | 'Fails' | 'EHR'

export interface Item {
  readonly number: number
  readonly title: string
  readonly source: ItemSource
  /** What covers an item that no criterion computes: a screen, a file, or a report that prints. */
  readonly by: { readonly kind: 'view' | 'input' | 'report'; readonly where: string } | null
}

function item(number: number, title: string, source: ItemSource, by: Item['by'] = null): Item {
  return { number, title, source, by }
}

export const items: readonly Item[] = [
  item(1, 'Six phases, each with its risk and lever', 'IPRS', { kind: 'view', where: '/readiness' }),
  item(2, 'Register of failure points', 'IPRS'),
  item(3, 'Chain of failure, leading to lagging', 'IPRS'),
  item(4, 'A member from each department', 'IPRS'),
  item(5, 'Steering committee that decides', 'Pitfalls'),
  item(6, 'Senior clinical owner with time', 'Fails'),
  item(7, 'Governance: responsible and accountable', 'EHR'),
  item(8, 'Goals before functions', 'EHR'),
  item(9, 'Readiness survey', 'Pitfalls'),
  item(10, 'Needs and wants, approved by clinicians', 'IPRS'),
  item(11, 'Work watched over several shifts', 'IPRS'),
  item(12, 'Several ways of asking, every role', 'Pitfalls'),
  item(13, 'Lead users', 'Pitfalls'),
  item(14, 'Feedback that is answered', 'Pitfalls'),
  item(15, 'Communication in five parts', 'EHR'),
  item(16, 'Timed walkthroughs, old and new', 'Fails'),
  item(17, 'Budget of clicks', 'Fails'),
  item(18, 'Audit before configuration', 'IPRS'),
  item(19, 'Bottleneck moved to a screen', 'IPRS'),
  item(20, 'Paper approvals rebuilt', 'IPRS'),
  item(21, 'Native workflows', 'IPRS'),
  item(22, 'Register of customizations', 'Fails'),
  item(23, 'Balance of customizations', 'Pitfalls'),
  item(24, 'Order of steps', 'Pitfalls'),
  item(25, 'Entering the same twice', 'Pitfalls'),
  item(26, 'Device where the work is', 'Pitfalls'),
  item(27, 'Exceptions and downtime in every map', 'EHR'),
  item(28, 'Order sets by use', 'Pitfalls'),
  item(29, 'Configuration approved for a finding', 'IPRS'),
  item(30, 'Gap of training by role', 'IPRS'),
  item(31, 'Short sessions, one role', 'IPRS'),
  item(32, 'Spaced training, mixed forms', 'Pitfalls'),
  item(33, 'Simulated shift', 'Pitfalls'),
  item(34, 'Competency before access', 'Pitfalls'),
  item(35, 'Screening of computer skills', 'EHR'),
  item(36, 'Super-users on every shift', 'IPRS'),
  item(37, 'Small incentives', 'IPRS'),
  item(38, 'Shadow systems', 'IPRS'),
  item(39, 'Tickets that lead to training', 'Pitfalls'),
  item(40, 'Refresher after three months', 'Pitfalls'),
  item(41, 'Training that goes on', 'Fails'),
  item(42, 'What moves, is archived, is dropped', 'EHR'),
  item(43, 'State of the sources', 'Fails'),
  item(44, 'Trial loads and their forecast', 'Fails'),
  item(45, 'Clinicians validate samples', 'Fails'),
  item(46, 'Trust on first opening', 'Fails'),
  item(47, 'Measures of data quality', 'Pitfalls'),
  item(48, 'Alerts and mandatory fields', 'Pitfalls'),
  item(49, 'Lists instead of free text', 'Pitfalls'),
  item(50, 'Medicines and allergies reconciled', 'Pitfalls'),
  item(51, 'Monthly audit of charts', 'Pitfalls'),
  item(52, 'Data quality as a trend', 'Pitfalls'),
  item(53, 'Stewardship and clean-up', 'Pitfalls'),
  item(54, 'Duplicates', 'Pitfalls'),
  item(55, 'Integration map', 'Fails'),
  item(56, 'Interfaces tested', 'EHR'),
  item(57, 'Interfaces in the contract', 'Fails'),
  item(58, 'Levels of testing by area', 'EHR'),
  item(59, 'Dress rehearsal', 'IPRS'),
  item(60, 'Peak load', 'IPRS'),
  item(61, 'All departments together', 'IPRS'),
  item(62, 'Way back, rehearsed and signed', 'IPRS'),
  item(63, 'Downtime kit and drill', 'EHR'),
  item(64, 'Mock go-live', 'IPRS'),
  item(65, 'At once, in phases or side by side', 'Pitfalls'),
  item(66, 'Pilot with a rule set before', 'Pitfalls'),
  item(67, 'Cut of bookings in the first week', 'IPRS'),
  item(68, 'Support at the elbow', 'Pitfalls'),
  item(69, 'Solved in the same shift', 'IPRS'),
  item(70, 'Signs of collapse', 'IPRS'),
  item(71, 'Lines of escalation', 'EHR'),
  item(72, 'Efficiency against the baseline', 'Pitfalls'),
  item(73, 'Daily burden', 'EHR'),
  item(74, 'Owner of the configuration', 'Config'),
  item(75, 'Implementation ends, configuration does not', 'Config'),
  item(76, 'Drift', 'Config'),
  item(77, 'Checkpoints of the first year', 'Config'),
  item(78, 'Hand-over to operations', 'Pitfalls'),
  item(79, 'Budget of upkeep', 'Pitfalls'),
  item(80, 'Health checks and contracts', 'Pitfalls'),
  item(81, 'New codes', 'Pitfalls'),
  item(82, 'Rules for stopping', 'Pitfalls'),
  item(83, 'Privacy and integrity', 'Pitfalls'),
  item(84, 'Outcomes before and after', 'Fails'),
  item(85, 'Classes of complaints', 'Fails'),
  item(86, 'Evaluate and celebrate', 'Pitfalls'),
  item(87, 'Practices with their published source', 'IPRS', { kind: 'view', where: '/readiness/practices' }),
  item(88, 'How long it takes', 'Pitfalls'),
  item(89, 'Checklist before signing with a vendor', 'Fails'),
  item(90, 'Whole cost before signing', 'IPRS'),
]

/** Items that are looked at before a contract is signed: the vendor check, walkthroughs, samples, spaced training, interfaces, customizations, owner. */
export const vendorItems: readonly number[] = [89, 16, 45, 32, 55, 22, 6]

export type Coverage =
  | { readonly kind: 'computed' | 'claimed'; readonly criteria: readonly string[] }
  | { readonly kind: 'view' | 'input' | 'report'; readonly where: string }
  | { readonly kind: 'open' }

/** What stands behind an item: criteria that compute it, else what is declared for it, else a criterion that a person states. */
export function coverageOf({ number, by }: Item): Coverage {
  const own = criteria.filter((criterion) => criterion.items.includes(number))
  const computed = own.filter((criterion) => criterion.needs.length > 0)
  if (computed.length > 0) return { kind: 'computed', criteria: computed.map((criterion) => criterion.code) }
  if (by !== null) return by
  return own.length > 0 ? { kind: 'claimed', criteria: own.map((criterion) => criterion.code) } : { kind: 'open' }
}
