/** Which artifact, by digest, stands behind which kind of evidence, and whether it still counts. */

import { digestOf, utf8 } from '../../canonical.ts'
import { counted } from '../../counted.ts'
import { isAssignment } from '../../data/baseline/acceptance.ts'
import { type FieldLine, readMapping } from '../../data/crosswalk/mapping/mapping.ts'
import { introductions } from '../../project/duties/roles.ts'
import { paths } from '../../project/format/documents.ts'
import { changeWords, inputChange } from '../../project/format/inputs-changed.ts'
import type { Project } from '../../project/format/project.ts'
import type { RunFinding, RunSummary } from '../../project/format/run.ts'
import { jsonOf } from '../../project/format/save.ts'
import { hazardsOf, standingActs } from '../../project/hazards/log/hazard-log.ts'
import { isLogSigned } from '../../project/hazards/safety-page.ts'
import { unnamed } from '../../project/ledger/actor-slug.ts'
import type { LedgerEntry } from '../../project/ledger/ledger.ts'
import { mappingDigest, openedWorkflow } from '../../project/runs/opened-inputs.ts'
import { schemasDigest } from '../../project/runs/run-summary.ts'
import { eventsOfDraw, sampleExtended } from '../../project/sample/draw-events.ts'
import { changeSinceDraw } from '../../project/sample/since-draw.ts'
import { mappingDigest as mappingAct } from '../../project/signing/signature.ts'
import { hazardFault } from '../../project/verify/check-hazards.ts'
import { projectTrouble } from '../../project/verify/ledger-trouble.ts'
import { dayText } from '../../values/day.ts'
import { keptKit, kitMade } from '../downtime/kit-record.ts'
import { type InputKind, inputFiles, inputKindNames, inputPath } from '../input-files/files.ts'
import type { InputFile } from '../input-files/input-file.ts'
import { exampleReason, isExample } from '../kept-files/examples.ts'
import { goLiveConflict } from '../kept-files/go-live.ts'
import { goLiveNamed } from '../kept-files/go-live-moves.ts'
import { inputActs, lastPut, otherFile, putOn } from '../kept-files/input-acts.ts'
import { isEmpty, missingColumns, openedInput, refusedWords } from '../kept-files/opened.ts'
import { actOrigin, fileOrigin, runOrigin, type Witness } from '../kept-files/origin.ts'
import { currentPairSearch } from '../kept-files/pair-search.ts'
import { templateMaps, templateReason } from '../kept-files/template-maps.ts'
import { boardLogPath } from '../log/board-log.ts'
import { closedByNothing, registerRows } from '../log/risks.ts'
import { type Artifact, digestOfRecord, type EvidenceOf, type Given, type Kind, kinds } from '../model/artifact.ts'
import type { Origin } from '../model/origin-kind.ts'
import { isPairingCode } from '../model/pairing-codes.ts'
import { notAgreed } from './agreements.ts'
import { askedChecks } from './asked-checks.ts'
import { maybeMedicines } from './maybe-medicines.ts'
import { reviewResult, signedResult } from './signed-claims.ts'

/** Everything a project can be judged by. A kind that is not there has no artifact. */
export interface Evidence {
  readonly artifacts: ReadonlyMap<Kind, Artifact>
  /** Values by kind, limited to the named ones: asking for another is an error of the criterion. */
  given<K extends Kind>(code: string, needs: readonly K[]): Given<K>
}

const namelessReason = 'somebody who gave no name typed in it: say who works here, and save it again'

/** The latest complete run; a cancelled or failed one is never evidence. */
export function evidenceRun(project: Pick<Project, 'runs'>, has: (run: RunSummary) => boolean): RunSummary | null {
  return project.runs.filter((run) => !run.partial && has(run)).reduce<RunSummary | null>(later, null)
}

function later(held: RunSummary | null, run: RunSummary): RunSummary {
  return held === null || run.number > held.number ? run : held
}

/** Entries that set a project up; a ledger of nothing else holds no decision yet. */
const setUp: ReadonlySet<string> = new Set([
  ...inputActs,
  goLiveNamed,
  // Whoever introduces a device or a key has decided nothing yet.
  ...introductions,
  ...['salt-set', 'role-granted'],
  // What the board writes by itself is nobody's decision.
  ...['gate-changed', 'risk-opened', 'risk-closed'],
])

/** What verifying the whole project gave, keys and signatures included: the first thing that does not stand, in words. */
export interface Verification {
  readonly broken: string | null
  /** What was computed here; absent where nobody can tell, as on the command line. */
  readonly witness?: Witness
}

/** @param verification null where nobody has verified the project: its signatures then count for nothing */
export function gather(project: Project, verification: Verification | null): Evidence {
  const found = new Collection()
  const templates = templateMaps(project)
  // A map that nobody changed since it came with a template says nothing about this clinic.
  const pairs = project.workflows.filter(({ id }) => !templates.has(id)).map(openedWorkflow)
  if (pairs.length > 0)
    found.add(
      'workflows',
      pairs.map((pair) => pair.workflow),
      {
        digest: digestOfRecord(pairs.map((pair) => pair.digest)),
        from: pairs.map((pair) => ({ name: pair.workflow.id, digest: pair.digest })),
        origin: mapsOrigin(project, verification),
      },
    )
  const mapping = mappingDigest(project.mapping)
  const read = readMapping(new Map([...project.mapping].map(([path, text]) => [path, utf8(text)])))
  gatherRuns(project, found, { verification, templates, fields: read.mapping.fields })
  if (mapping !== null) {
    const act = { actions: ['mapping-confirmed'], digest: mappingAct(project.mapping) }
    const origin = actOrigin(project, 'mapping/fields.csv', 'somebody stands for the mapping as it is', [act])
    found.add('mapping', { fields: read.mapping.fields, problems: read.problems }, { digest: mapping, origin })
  }
  const { plan, draw } = project.review
  const last = lastEntries(project.ledger)
  const wall = (action: string): string | null => last.get(action)?.time.wall ?? null
  const locked = plan && [{ actions: ['plan-locked'], digest: digestOf(jsonOf(plan)) }]
  if (plan && locked)
    found.add('plan', plan, {
      date: wall('plan-locked'),
      origin: actOrigin(project, 'review/plan.json', 'the locked plan', locked),
    })
  const moved = draw && changeSinceDraw(project)
  if (draw)
    found.add('draw', draw, {
      date: wall('sample-drawn'),
      from: [{ name: 'frame', digest: draw.frame }],
      stale: moved,
      origin: actOrigin(project, 'review/draw.json', 'the drawn sample', [
        // A full review extends the list that was drawn; the ledger names both.
        { actions: ['sample-drawn', sampleExtended], digest: digestOf(jsonOf(draw)) },
      ]),
    })
  const trouble = projectTrouble(project) ?? withoutStop(verification?.broken ?? null)
  const review = reviewResult(project)
  const judged = project.review.events.reduce((latest, { at }) => (at.wall > latest ? at.wall : latest), '')
  if (review)
    found.add('verdicts', review, {
      digest: digestOfRecord(project.review.events),
      date: judged,
      stale: trouble ?? moved,
      origin: verdictsOrigin(project),
    })
  const signed = signedResult(project)
  if (signed)
    found.add('signatures', signed, {
      stale: unverified(verification) ?? signed.notCovered,
      date: signed.last,
      origin: { kind: 'recorded', what: 'signatures that were verified' },
    })
  // Accepting nothing is an answer as soon as there are findings that could be accepted.
  if (evidenceRun(project, () => true)) {
    const acts = project.baseline.map((each) => ({
      actions: [isAssignment(each) ? 'finding-assigned' : 'finding-accepted'],
      digest: digestOf(jsonOf(each)),
      ...(isAssignment(each) ? {} : { by: each.by }),
    }))
    const accepted = project.baseline.some((each) => !isAssignment(each))
    const what = accepted ? 'findings accepted by name' : 'no finding was accepted'
    found.add('baseline', project.baseline, { origin: actOrigin(project, 'baseline.json', what, acts) })
  }
  if (project.ledger.some((entry) => !setUp.has(entry.action)))
    found.add(
      'ledger',
      { entries: project.ledger, trouble },
      {
        digest: digestOfRecord([project.ledger.map((entry) => entry.hash), trouble]),
        origin: { kind: 'recorded', what: 'every entry by its hash' },
      },
    )
  gatherHazards(project, found)
  gatherInputs(project, found, verification === null ? undefined : verification.broken)
  return found
}

function unverified(verification: Verification | null): string | null {
  if (verification === null) return 'the signatures have not been verified yet'
  return verification.broken === null ? null : `the project does not verify: ${withoutStop(verification.broken)}`
}

function withoutStop<T extends string | null>(sentence: T): T | string {
  return sentence === null ? sentence : sentence.replace(/\.$/, '')
}

function lastEntries(ledger: readonly LedgerEntry[]): ReadonlyMap<string, LedgerEntry> {
  return new Map(ledger.map((entry) => [entry.action, entry]))
}

/** Maps count as computed where the last complete run judged them as they are. */
function mapsOrigin(project: Project, verification: Verification | null): Origin {
  const run = evidenceRun(project, (each) => each.workflows.length > 0)
  if (run && workflowsChanged(project, run) === null) return runOrigin(project, run, verification ?? {})
  return { kind: 'drawn', what: 'the maps' }
}

/** Of the sample that lies here: what nobody gave a name to is no reading of a named person. */
function verdictsOrigin(project: Project): Origin {
  const what = 'verdicts of named readers'
  const nameless = eventsOfDraw(project).filter(({ by }) => by === unnamed).length
  return nameless === 0
    ? { kind: 'recorded', what }
    : { kind: 'unanswered', what: 'verdicts', why: `${counted(nameless, 'line')} by a reader who gave no name` }
}

function gatherInputs(project: Project, found: Collection, broken: string | null | undefined): void {
  const [put, last] = [putOn(project.ledger), lastPut(project.ledger)]
  for (const kind of inputKindNames) {
    const bytes = project.other.get(inputPath(kind))
    if (bytes === undefined) continue
    const { table, digest } = openedInput(kind, bytes)
    const outside = otherFile(last.get(inputPath(kind)) ?? [], digest)
    const origin = fileOrigin(project, kind, digest, broken)
    const nameless = origin.kind === 'typed' && origin.by === null ? namelessReason : null
    const own = otherGoLive(project, kind, bytes) ?? notAgreed(project, kind) ?? outside ?? nameless
    const stale = isExample(project, kind) ? exampleReason : own
    const file: InputFile = inputFiles[kind]
    // A file that no entry names is at most as old as the project.
    const since = put.get(`${inputPath(kind)} ${digest}`) ?? project.manifest.created
    const date = (file.log ? table.newest : null) ?? since
    found.add(kind, table, { digest, date, newest: table.newest, from: [{ name: inputPath(kind), digest }], stale, origin })
  }
  gatherRisks(project, found)
  gatherKit(project, found)
}

/** Hazards are what their acts in the ledger make of them: what lies beside it is not read as one. */
function gatherHazards(project: Project, found: Collection): void {
  if (!project.other.has(paths.hazards)) return
  const fault = hazardFault(project)
  const hazards = hazardsOf(project)
  found.add(
    'hazards',
    { hazards, signed: isLogSigned(project) },
    {
      date: standingActs(project).reduce<string | null>((latest, { at }) => (latest === null || at > latest ? at : latest), null),
      stale: withoutStop(fault?.why ?? null),
      origin:
        fault === null ? { kind: 'recorded', what: 'acts on hazards, each by name' } : { kind: 'dropped', file: paths.hazards },
    },
  )
}

function gatherKit(project: Project, found: Collection): void {
  const kit = keptKit(project)
  if (!kit) return
  const entry = project.ledger.findLast(({ action, digest }) => action === kitMade && digest === kit.digest)
  const { record, digest, stale } = kit
  const origin: Origin = entry
    ? { kind: 'recorded', what: 'the kit as it was made' }
    : { kind: 'dropped', file: 'readiness/downtime-kit.json' }
  found.add('kit', record, { digest, stale, date: entry?.time.wall ?? project.manifest.created, from: record.from, origin })
}

/** Go-live is stated once: where `board.json` still names another day, nothing counts that rests on the milestones. */
function otherGoLive(project: Project, kind: InputKind, bytes: Uint8Array): string | null {
  return kind === 'milestones' ? goLiveConflict(openedInput('milestones', bytes).table.rows, project.board.goLive) : null
}

/** The register is one: the lines of the file, and the risks that failing indicators opened. */
function gatherRisks(project: Project, found: Collection): void {
  const rows = registerRows(project)
  const bytes = project.other.get(inputPath('risks'))
  const file = bytes && openedInput('risks', bytes)
  const was = found.artifacts.get('risks')
  const here = new Set([...found.artifacts.values()].flatMap(({ stale, digest }) => (stale === null ? [digest] : [])))
  const stale = was?.stale ?? closedByNothing(project, file?.table.rows ?? [], here)
  if (rows.length === 0 && stale === null) return
  const opened = digestOfRecord(rows)
  const table = file?.table ?? { rows: [], missing: [], problems: [], unknown: [], refused: null, newest: null, readAs: [] }
  found.add(
    'risks',
    { ...table, rows: [...table.rows, ...rows] },
    {
      digest: digestOfRecord([file?.digest ?? null, opened]),
      from: [...(file ? [{ name: inputPath('risks'), digest: file.digest }] : []), { name: boardLogPath, digest: opened }],
      date: was?.date ?? null,
      newest: was?.newest ?? null,
      stale,
      origin: was?.origin ?? { kind: 'recorded', what: 'risks that the board opened and closed' },
    },
  )
}

interface RunGrounds {
  readonly verification: Verification | null
  readonly templates: ReadonlySet<string>
  readonly fields: readonly FieldLine[]
}

function gatherRuns(project: Project, found: Collection, { verification, templates, fields }: RunGrounds): void {
  const workflowRun = evidenceRun(project, (run) => run.workflows.some(({ id }) => !templates.has(id)))
  if (workflowRun) {
    const { workflows } = workflowRun
    const findings = workflowRun.findings.filter((finding) => finding.code.startsWith('workflow/'))
    found.add(
      'comparison',
      { findings, workflows },
      {
        ...runParts(project, workflowRun, verification),
        from: workflows.map(({ id, digest }) => ({ name: id, digest })),
        stale:
          workflowsChanged(project, workflowRun) ??
          templateReason(
            templates,
            workflows.map(({ id }) => id),
          ),
      },
    )
  }
  const dataRun = evidenceRun(project, (run) => run.inputs.length > 0)
  if (dataRun) {
    const { inputs, notEvaluated } = dataRun
    const findings = dataRun.findings.filter((finding) => isDataCheck(finding))
    const from = [...inputDigests(dataRun), { name: 'schemas', digest: dataRun.schemas }]
    found.add(
      'validation',
      { inputs, findings, notEvaluated, asked: askedChecks(project) },
      {
        ...runParts(project, dataRun, verification),
        // What is asked for follows from the schemas and readings, so the digest is the one of before it was said.
        digest: digestOfRecord([{ inputs, findings, notEvaluated }, from]),
        from,
        stale:
          sourcesChanged(project, dataRun) ?? (dataRun.schemas === schemasDigest(project) ? null : changed('a schema', dataRun)),
      },
    )
  }
  const pairRun = evidenceRun(project, (run) => run.pairing !== null)
  if (pairRun?.pairing) {
    const findings = pairRun.findings.filter((finding) => isPairingCode(finding.code))
    const mapping = mappingDigest(project.mapping)
    const pairSearch = currentPairSearch(project)
    found.add(
      'pairing',
      {
        pairing: pairRun.pairing,
        findings,
        ...(pairSearch && { pairSearch }),
        maybeMedicines: maybeMedicines(project.sources, fields),
      },
      {
        ...runParts(project, pairRun, verification),
        from: [...inputDigests(pairRun), ...(pairRun.mapping === null ? [] : [{ name: 'mapping', digest: pairRun.mapping }])],
        stale: sourcesChanged(project, pairRun) ?? (pairRun.mapping === mapping ? null : changed('the mapping', pairRun)),
      },
    )
  }
}

function isDataCheck(finding: RunFinding): boolean {
  return !finding.code.startsWith('workflow/') && !isPairingCode(finding.code)
}

function runParts(
  project: Project,
  run: RunSummary,
  verification: Verification | null,
): Pick<Artifact, 'run' | 'date' | 'origin'> {
  return { run: run.number, date: run.started, origin: runOrigin(project, run, verification ?? {}) }
}

function inputDigests(run: RunSummary): readonly { readonly name: string; readonly digest: string }[] {
  return run.inputs.map((input) => ({ name: input.name, digest: prefixed(input.sha256) }))
}

/** Sources and runs may write digests with or without the name of the algorithm. */
function prefixed(digest: string): string {
  return digest.includes(':') ? digest : `sha256:${digest}`
}

function sourcesChanged(project: Project, run: RunSummary): string | null {
  const change = inputChange(project.sources, run)
  if (!change) return null
  return change.how === 'changed' || change.how === 'read otherwise'
    ? `${changeWords(change)} since run ${run.number} of ${dayText(run.started)}`
    : `${changeWords(change)} after run ${run.number}`
}

function workflowsChanged(project: Project, run: RunSummary): string | null {
  const judged = new Map(run.workflows.map(({ id, digest }) => [id, digest]))
  for (const documents of project.workflows) {
    const digest = judged.get(documents.id)
    judged.delete(documents.id)
    if (digest === undefined) return `workflow ${documents.id} was added after run ${run.number}`
    if (openedWorkflow(documents).digest !== digest) return changed(`workflow ${documents.id}`, run)
  }
  const [gone] = judged.keys()
  return gone === undefined ? null : `workflow ${gone} was removed after run ${run.number}`
}

function changed(what: string, run: RunSummary): string {
  return `${what} changed since run ${run.number} of ${dayText(run.started)}`
}

/** Collects artifacts with their values, typed by kind. */
class Collection implements Evidence {
  private readonly values: Partial<EvidenceOf> = {}
  readonly artifacts = new Map<Kind, Artifact>()

  add<K extends Kind>(
    kind: K,
    value: EvidenceOf[K],
    about: Partial<Omit<Artifact, 'kind' | 'origin'>> & Pick<Artifact, 'origin'>,
  ): void {
    Object.assign(this.values, { [kind]: value })
    this.artifacts.set(kind, {
      kind,
      digest: about.digest ?? digestOfRecord([value, about.from ?? []]),
      run: about.run ?? null,
      date: about.date ?? null,
      from: about.from ?? [],
      newest: about.newest ?? null,
      stale: about.stale ?? null,
      origin: about.origin,
    })
  }

  given<K extends Kind>(code: string, needs: readonly K[]): Given<K> {
    return givenOf(this.values, code, needs)
  }
}

/** A file that is there and says nothing: as if it were not there. */
export class NoRow extends Error {}

/** Gives a criterion the values it named and no others. */
export function givenOf<K extends Kind>(values: Partial<EvidenceOf>, code: string, needs: readonly K[]): Given<K> {
  const allowed: ReadonlySet<Kind> = new Set(needs)
  return {
    value<N extends K>(kind: N): EvidenceOf[N] {
      const held: Partial<EvidenceOf>[N] = values[kind]
      if (!allowed.has(kind)) throw new Error(`${code} does not name ${kind} among its needs`)
      if (held === undefined) throw new Error(`there is no ${kinds[kind].label.toLowerCase()}`)
      const missing = missingColumns(held)
      if (missing.length > 0)
        throw new Error(`${kinds[kind].label}: the column ${missing.map((name) => `“${name}”`).join(', ')} is missing`)
      const refused = refusedWords(held)
      if (refused !== null) throw new Error(`${kinds[kind].label}: ${refused}`)
      if (isEmpty(held)) throw new NoRow(`${kinds[kind].label}: the file holds a head and no row`)
      return held
    },
  }
}
