/** The hazard log in this browser: its acts in the name of who works here, the safety officer's signature, and its exports. */

import type { Hand, Step } from '../../../../core/project/acts/hand.ts'
import type { HazardWords } from '../../../../core/project/format/hazard-acts.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import {
  acceptHazard,
  addHazard,
  addHazards,
  changeHazard,
  closeHazard,
  type Settler,
  whyNotSettled,
} from '../../../../core/project/hazards/hazard-acts.ts'
import { hazardsOf } from '../../../../core/project/hazards/log/hazard-log.ts'
import { signHazards } from '../../../../core/project/hazards/safety-page.ts'
import { proposedHazards } from '../../../../core/project/reports/hazard-proposals.ts'
import { hazardsCsv, hazardsMarkdown } from '../../../../core/project/reports/hazard-report.ts'
import { askForSigner } from '../../../people/ask-signer.ts'
import { withKey } from '../../../people/roles.ts'
import { act, type Refusal } from '../../../session/act.ts'
import { hand } from '../../../session/ledger.ts'
import { newSalt } from '../../../session/record-names.ts'
import { openProject, workspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
/** Adds every hazard that the evidence proposes and the log lacks. */
export async function addProposedHazards(): Promise<Refusal> {
  return await act((project, by) =>
    addHazards(project, proposedHazards(project), 'Proposed from the current run and the verdicts of readers', by, newSalt),
  )
}

/** Adds a hazard, or changes the one with this id. */
export async function keepHazard(id: string | null, words: HazardWords, reason: string): Promise<Refusal> {
  return await act((project, by) =>
    id === null ? addHazard(project, words, reason, by, newSalt) : changeHazard(project, id, words, reason, by, newSalt),
  )
}

export async function settleHazard(id: string, how: 'accept' | 'close', reason: string): Promise<Refusal> {
  // Nobody is asked for a key over what can not be signed.
  const hazard = hazardsOf(openProject()).find((each) => each.id === id)
  const fault = hazard && whyNotSettled(openProject(), hazard, how)
  if (fault) return fault
  const settle = how === 'accept' ? acceptHazard : closeHazard
  const title = how === 'accept' ? `Accept the residual risk of ${id}` : `Close ${id}`
  return await signAsOfficer(title, (project, who, by) => settle(project, id, reason, who, by, newSalt))
}

export async function signHazardLog(): Promise<Refusal> {
  return await signAsOfficer('Sign the hazard log as clinical safety officer', (project, { name, role, signer }, by) =>
    signHazards(project, { name, role }, signer, by),
  )
}

/** Asks for the own key, and signs with it under the name that it was enrolled for. */
async function signAsOfficer(title: string, deed: (project: Project, who: Settler, by: Hand) => Promise<Step>): Promise<Refusal> {
  const { person } = workspace()
  if (hand().actor === 'unnamed' || person === null) return 'Say who signs: the page prints the name.'
  const signer = await askForSigner(title)
  if (!signer) return 'Nothing was signed.'
  return await act(async (project, by) => {
    const held = withKey(project, signer, by)
    const name = held.keys.find(({ actor, device }) => actor === by.actor && device === by.device)?.name ?? person.name
    return await deed(held, { name, role: 'Clinical safety officer', signer }, by)
  })
}

export function exportHazards(format: 'csv' | 'markdown'): void {
  const project = openProject()
  if (format === 'csv') download('hazard-log.spreadsheet.csv', hazardsCsv(project), 'text/csv')
  else download('hazard-log.md', hazardsMarkdown(project), 'text/markdown')
}
