/** V6: roles and separation of duties (trust.md §9). Where roles are granted they are enforced; where none is, what is not kept apart is stated. */
import { digestOf } from '../../canonical.ts'
import { originFaults } from '../../readiness/kept-files/signed-origin.ts'
import { acceptedWorkIn } from '../duties/held-work.ts'
import { judgeRoles, type RoleGrant } from '../duties/roles.ts'
import { waiverFaults } from '../duties/sign-waiver.ts'
import { duties, excusedBy, waiversIn } from '../duties/waivers.ts'
import type { Project } from '../format/project.ts'
import { settlingFaults } from '../hazards/hazard-signature.ts'
import { safetyFaults } from '../hazards/safety-page.ts'
import { nameOf, type Place, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { sharingIn } from '../sharing/sharing.ts'
import type { Verifier } from '../signing/signature.ts'
import type { AcceptedWork, Waiver } from '../signing/signature-page.ts'
import { brokenDuty } from './broken-duty.ts'
import { checkSeparation } from './check-separation.ts'

export async function checkRoles(
  project: Project,
  entries: readonly LedgerEntry[],
  place: Place,
  verifier: Verifier,
): Promise<Verdict> {
  const { grants, refused } = await judgeRoles(project, entries, verifier)
  const [first] = [...refused].sort(([a], [b]) => a - b)
  if (first) {
    const [index, why] = first
    return { ok: false, first: place(index), why: `Entry ${nameOf(entries[index])} does not count: ${why}.` }
  }
  const [fault] = await waiverFaults(project.manifest.id, entries, verifier)
  if (fault) {
    const [at, why] = fault
    return { ok: false, first: place(at), why: `The waiver ${nameOf(entries[at])} does not count: ${why}.` }
  }
  const [origin] = await originFaults(project, entries, verifier)
  if (origin) {
    const [at, why] = origin
    return { ok: false, first: place(at), why: `The signed origin ${nameOf(entries[at])} does not count: ${why}.` }
  }
  const [safety] = await safetyFaults(project, entries, verifier)
  if (safety) {
    const [at, why] = safety
    return { ok: false, first: place(at), why: `The safety signature ${nameOf(entries[at])} does not count: ${why}.` }
  }
  const [settled] = await settlingFaults(project, entries, verifier)
  if (settled) {
    const [at, why] = settled
    return { ok: false, first: place(at), why: `The settled hazard ${nameOf(entries[at])} does not count: ${why}.` }
  }
  const [shared] = entries.some(({ action }) => action.startsWith('private-'))
    ? (await sharingIn(project, entries, verifier)).faults
    : []
  if (shared) {
    const [at, why] = shared
    return { ok: false, first: place(at), why: `The sharing of the private part ${nameOf(entries[at])} does not count: ${why}.` }
  }
  // Before roles were granted anybody could waive; where they are, it is an owner's to give.
  const counts = (waiver: LedgerEntry): boolean => grants.length === 0 || grants.some((grant) => isOwners(grant, waiver))
  const excused = excusedBy(entries, counts)
  const waived = entries.flatMap((entry) => waiversIn([entry]).map((waiver) => ` ${waiverWords(waiver, counts(entry))}`)).join('')
  const held = acceptedWorkIn(entries)
    .map((work) => ` ${heldWords(work)}`)
    .join('')
  const apart = checkSeparation(project, entries, place, excused)
  if (!apart.ok) return apart
  if (grants.length === 0)
    return { ok: true, why: `No role is granted, so every role is open to everybody; ${apart.why}${waived}` }
  return (
    brokenDuty(project, entries, place, excused) ?? {
      ok: true,
      why: `${grants.length} roles granted, every entry allowed; ${apart.why}${waived}${held} S6 and S8 stand in no ledger and are not judged.`,
    }
  )
}

function isOwners({ role, actor, device, key }: RoleGrant, waiver: LedgerEntry): boolean {
  const { publicKey } = waiver
  return (
    role === 'owner' &&
    actor === waiver.actor &&
    device === waiver.device &&
    publicKey !== undefined &&
    digestOf(publicKey) === key
  )
}

function waiverWords({ duty, by, reason }: Waiver, counts: boolean): string {
  const not = !duties.some((each) => each === duty)
    ? ' This excuses nothing: it can not be waived.'
    : counts
      ? ''
      : ' This does not count: roles were granted since, and nobody with that key is owner.'
  return `${duty} was waived by ${by}: ${reason}.${not}`
}

function heldWords({ device, entries, by, reason }: AcceptedWork): string {
  return `${entries} held back of ${device} ${entries === 1 ? 'was' : 'were'} accepted by ${by}: ${reason}.`
}
