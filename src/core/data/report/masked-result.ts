/** The result of a validation as it may leave the machine that read the files: shapes of values in place of values, no name of an undeclared column. */
import type { Sighting } from '../../finding.ts'
import { maskOf } from '../../mask.ts'
import type { Guess, Structure } from '../model/events.ts'
import type { FixedLayout } from '../model/source.ts'
import type { InputReport, ValidateResult } from '../model/validation.ts'
import { maskedField } from '../schema/undeclared-columns.ts'
import { shownId } from './report-finding.ts'

export function maskedResult({ profiles: _, ...result }: ValidateResult): ValidateResult {
  return {
    ...result,
    inputs: result.inputs.map(maskedInput),
    findings: result.findings.map((finding) => ({ ...finding, sample: finding.sample.map(maskedSighting) })),
    quality: result.quality.map((entry) => ({ ...entry, field: maskedField(entry.field, result.inputs[entry.input]) })),
  }
}

/** Places, facts and the shape of what stood there; ids of resources and keys of patients stay behind. */
export function maskedSighting({ at, evidence, patient: _, patientHash: __, ...sighting }: Sighting): Sighting {
  const { excerpt, facts } = evidence
  return {
    ...sighting,
    at: at.kind === 'cell' ? { ...at, id: shownId(at.id, false) } : at,
    evidence: {
      facts: facts.filter(({ name }) => !/\bid$/i.test(name)),
      ...(excerpt === undefined ? {} : { excerpt: maskOf(excerpt) }),
    },
  }
}

function maskedInput(input: InputReport): InputReport {
  return { ...input, structure: input.structure && maskedStructure(input.structure, input) }
}

/** What says how the file is read; sentences about it may quote the file. */
function maskedStructure(structure: Structure, input: InputReport): Structure {
  const { encoding, dialect, headerChoice, skipChoice, layout } = structure
  const header = structure.header.map((name) => maskedField(name, input))
  return {
    ...structure,
    header,
    labels: header,
    encoding: plain(encoding),
    dialect: plain(dialect),
    headerEvidence: '',
    headerChoice: plain(headerChoice),
    skipChoice: plain(skipChoice),
    skipped: [],
    layout: layout && { ...plain(layout), value: maskedLayout(layout.value, input) },
  }
}

/** Names of a layout that was guessed stood in the first line. */
function maskedLayout(layout: FixedLayout, { undeclared }: InputReport): FixedLayout {
  return {
    ...layout,
    columns: layout.columns.map((column, index) =>
      undeclared?.includes(index + 1) ? { ...column, name: `column ${index + 1}` } : column,
    ),
  }
}

function plain<Value>({ value, confidence, chosen }: Guess<Value>): Guess<Value> {
  return { value, confidence, chosen, evidence: '', alternatives: [] }
}
