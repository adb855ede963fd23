/** Which view shows what a criterion counts: its last part of the address. */
import type { Address } from '../../../window/address.ts'

const viewOf: Readonly<Record<string, string>> = {
  'readiness/integration-map': 'integration',
  'readiness/interface-messages': 'integration',
  'readiness/departments-represented': 'people',
  'readiness/governance': 'governance',
  'readiness/steering-decisions': 'governance',
  'readiness/vendor-check': 'vendor-check',
  'readiness/staff-asked': 'asking',
  'readiness/first-openings': 'validation',
  'readiness/sample-reviewed': 'validation',
  'readiness/claims-signed': 'validation',
  'readiness/mock-go-live': 'mock-go-live',
  'readiness/mock-attendance': 'mock-go-live',
  'readiness/mock-incidents': 'mock-go-live',
  'readiness/role-practice': 'training',
  'readiness/super-users': 'support',
  'readiness/floor-support': 'support',
  'readiness/same-shift-triage': 'triage',
  'readiness/capacity-cut': 'bookings',
  'readiness/downtime-kit': 'downtime',
}

/** Hash address of the view, or null where a criterion has none. */
export function viewHref(code: string): Address | null {
  const view = Object.hasOwn(viewOf, code) ? viewOf[code] : undefined
  return view === undefined ? null : `#/readiness/views/${view}`
}
