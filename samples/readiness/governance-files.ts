/** Example files about who decides and who was asked: governance, vendor check, ways of asking. */

import { askingWays, matters, vendorAreas } from '../../src/core/readiness/input-files/governance-files.ts'
import { addDays } from '../../src/core/values/day.ts'
import { type Clinic, departments, type InputName, peoplePerDepartment, table } from './clinic.ts'

export function governanceFiles(clinic: Clinic): Partial<Record<InputName, string>> {
  const before = (days: number): string => addDays(clinic.goLive, -days)
  const clinical = new Set<string>(['workflow', 'clinical-safety', 'training', 'go-live', 'configuration', 'data'])
  return {
    governance: table(
      'matter decides clinical deputy escalates_to within_days sponsor agreed_on agreed_by',
      matters.map((matter) => [
        matter,
        clinical.has(matter) ? 'Medical director' : 'Manager',
        clinical.has(matter) ? 'yes' : 'no',
        'Nurse lead',
        'Head of the clinic',
        matter === 'go-live' ? 5 : 7,
        matter === 'clinical-safety' ? 'yes' : 'no',
        before(470),
        'Head of the clinic',
      ]),
    ),
    'vendor-checks': table(
      'id area kind point answer rests_on evidence file file_date checked_by checked_on',
      vendorAreas.map((area, n) => [
        `V${n + 1}`,
        area,
        points[area].kind,
        points[area].point,
        'met',
        'evidence',
        points[area].evidence,
        `vendor/${area}.pdf`,
        before(425 + n),
        'Contract lead',
        before(420),
      ]),
    ),
    asking: table(
      'way role held_on invited answered topic told_on',
      ['Medical director', ...departments.filter(({ profession }) => profession !== 'it').map(({ role }) => role)].flatMap(
        (role, n) => {
          const people = role === 'Medical director' ? 1 : peoplePerDepartment
          return askingWays
            .filter((way) => way !== 'free-channel' || n % 2 === 1)
            .map((way) => [
              way,
              role,
              before(430),
              people,
              way === 'survey' && people > 1 ? people - 1 : way === 'free-channel' ? 2 : people,
              topics[way],
              before(400),
            ])
        },
      ),
    ),
  }
}

const topics: Readonly<Record<(typeof askingWays)[number], string>> = {
  survey: 'attitude, infrastructure, resources',
  interview: 'what must not get worse',
  observation: 'a shift from begin to end',
  'free-channel': 'open question',
}

const points: Readonly<
  Record<(typeof vendorAreas)[number], { readonly kind: string; readonly point: string; readonly evidence: string }>
> = {
  'clinical-safety': {
    kind: 'technical',
    point: 'Safety case and hazard log of this version (DCB0129)',
    evidence: 'safety case 4.2, read with the hazard log',
  },
  'data-protection': { kind: 'contractual', point: 'Processing on behalf of the clinic alone', evidence: 'contract §9' },
  security: { kind: 'technical', point: 'Penetration test within twelve months', evidence: 'report of the tester, summary' },
  interoperability: {
    kind: 'technical',
    point: 'All records through a published interface',
    evidence: 'test export of 20 records',
  },
  usability: { kind: 'technical', point: 'Tested with clinicians of the same kind of clinic', evidence: 'summative test report' },
  accessibility: { kind: 'technical', point: 'WCAG 2.2 AA', evidence: 'conformance report' },
  performance: { kind: 'contractual', point: 'Service level with credits, response times named', evidence: 'contract §11' },
  exit: { kind: 'contractual', point: 'All records handed over in a published format at the end', evidence: 'contract §14' },
}
