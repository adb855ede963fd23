/** The examples that empty pages show, in the words of each page. */
import type { GhostTable } from './ghost.tsx'

export const ghosts = {
  board: {
    says: 'what lines of this board say once there is evidence',
    head: ['Phase', 'Line', 'What it says', 'Evidence'],
    rows: [
      ['Configuration', 'Bottlenecks rebuilt on screens', '1 of 6 is only moved', 'Computed from run #1'],
      ['Pre-launch', 'Allergies reconciled', '2 of 1,204 patients differ', 'Computed from run #1'],
      ['Go-live', 'Help at the elbow', '14 of 14 days covered', 'File shifts.csv, signed'],
    ],
  },
  workflows: {
    says: 'how a workflow is listed',
    head: ['Workflow', 'Steps now', 'Steps next', 'Traced', 'Digitized bottlenecks'],
    rows: [['Medication refill', '9', '7', '8/9', '1']],
  },
  sources: {
    says: 'how files of both systems are listed',
    head: ['Name', 'Side', 'Format', 'Rows', 'Parsed as'],
    rows: [
      ['patients.csv', 'legacy', 'CSV ; windows-1252', '4,813', 'dates day first'],
      ['Patient.ndjson', 'target', 'FHIR R4', '4,811', 'one resource a line'],
    ],
  },
  mapping: {
    says: 'one line of a field map',
    head: ['Legacy', 'Rule', 'Target'],
    rows: [['patients.DOB', 'date, day first', 'Patient.birthDate']],
  },
  findings: {
    says: 'how a finding is counted',
    head: ['Finding', 'Place', 'Count', 'Patients'],
    rows: [['Allergy lost', 'allergies.ALLERGEN', '23 of 3,911', '12']],
  },
  reconcile: {
    says: 'how every record is accounted for',
    head: ['Table', 'Legacy', 'Arrived', 'Merged', 'Excluded', 'Unaccounted'],
    rows: [['allergies', '3,911', '3,880', '8', '20', '3']],
  },
  plan: {
    says: 'what reading a sample proves',
    head: ['Records read', 'All right', 'Then surely'],
    rows: [['59', '59', 'at most 5 % have a harmful error, 95 % sure']],
  },
  records: {
    says: 'how one record is compared',
    head: ['Field', 'Legacy', 'Migrated', 'Verdict'],
    rows: [['Metformin', '500 mg twice a day', '5000 mg twice a day', 'Harmful']],
  },
  risks: {
    says: 'how a risk stands in the register',
    head: ['What can break', 'Likelihood', 'Severity', 'Owner', 'Due'],
    rows: [['Results wait in an inbox that nobody reads', '3', '5', 'Clinical lead', 'two weeks before go-live']],
  },
} as const satisfies Readonly<Record<string, GhostTable>>
