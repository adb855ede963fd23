/** Input files about who decides and who was asked: governance, what the vendor shows or only says, and how the staff was asked. */
import { choice, day, flag, needed, number, text } from './column.ts'
import { inputFile } from './input-file.ts'

/**
 * What has to be decided in every replacement of a clinical system. Our own list, after what DCB0160 (NHS, deployment and use) asks of an organisation
 * and the SAFER guide on organizational responsibilities (ONC) of its leaders.
 */
export const matters = ['scope', 'workflow', 'configuration', 'data', 'access', 'clinical-safety', 'training', 'go-live'] as const

/**
 * What a vendor is asked about. The first six are the assessed sections of the Digital Technology Assessment Criteria (NHS, C1–C4 and D); performance and
 * exit are chapters of "EHR Contracts Untangled" (ONC, 2016).
 */
export const vendorAreas = [
  'clinical-safety',
  'data-protection',
  'security',
  'interoperability',
  'usability',
  'accessibility',
  'performance',
  'exit',
] as const

/** Ways of asking: several, so that who says nothing in one of them is heard in another. */
export const askingWays = ['survey', 'interview', 'observation', 'free-channel'] as const

export const governanceFiles = {
  governance: inputFile({
    kind: 'governance',
    title: 'Governance: who decides what',
    found: 'terms of reference of the project, agreed by the head of the clinic',
    happened: ['agreed_on'],
    key: ['matter'],
    columns: {
      matter: needed(choice(matters, 'what has to be decided')),
      decides: needed(text('role that decides')),
      clinical: needed(flag('that role is a clinician')),
      deputy: text('role that decides when the other is away'),
      escalates_to: text('role that decides when it is disputed'),
      within_days: number('days in which it has to be decided'),
      sponsor: flag('the clinical sponsor: answers for the change before all clinicians'),
      agreed_on: day('when this was agreed'),
      agreed_by: text('who agreed, by name and role'),
    },
    example:
      'matter,decides,clinical,deputy,escalates_to,within_days,sponsor,agreed_on,agreed_by\nworkflow,Nurse lead,yes,Medical director,Head of the clinic,7,no,2025-10-01,Head of the clinic\ngo-live,Medical director,yes,Nurse lead,Head of the clinic,3,yes,2025-10-01,Head of the clinic\n',
  }),
  'vendor-checks': inputFile({
    kind: 'vendor-checks',
    title: 'Vendor check',
    found: 'questions to the vendor, with what was shown',
    happened: ['checked_on'],
    key: ['id'],
    columns: {
      id: needed(text('number')),
      area: needed(choice(vendorAreas, 'what it is about')),
      kind: needed(choice(['contractual', 'technical'], 'stands in the contract, or is a property of the product')),
      point: needed(text('what is asked')),
      answer: needed(choice(['met', 'partly', 'not-met', 'open'], 'answer')),
      rests_on: needed(choice(['evidence', 'claim'], 'seen by somebody of the clinic, or said by the vendor')),
      evidence: text('document, clause or test that was seen'),
      file: text('file, or page of it, in which it stands'),
      file_date: day('day of that file'),
      checked_by: text('role that saw it'),
      checked_on: day('when'),
    },
    example:
      'id,area,kind,point,answer,rests_on,evidence,file,file_date,checked_by,checked_on\nV1,exit,contractual,All records are handed over in a published format,met,evidence,contract §14,contract.pdf,2025-08-20,Contract lead,2025-09-01\nV2,security,technical,A penetration test of this year,met,claim,,,,,\n',
  }),
  asking: inputFile({
    kind: 'asking',
    title: 'How the staff was asked',
    found: 'list of surveys, interviews, observations and open channels, counted by role',
    happened: ['held_on', 'told_on'],
    log: true,
    key: ['way', 'role', 'held_on'],
    columns: {
      way: needed(choice(askingWays, 'how they were asked')),
      role: needed(text('role')),
      held_on: needed(day('last day on which they could answer')),
      invited: needed(number('people who were asked')),
      answered: needed(number('people who answered')),
      topic: text('what about'),
      told_on: day('when they were told what came of it'),
    },
    example:
      'way,role,held_on,invited,answered,topic,told_on\nsurvey,Nurse,2026-03-01,24,15,attitude,2026-03-20\ninterview,Nurse,2026-03-10,6,6,handover of shifts,2026-03-20\n',
  }),
} as const
