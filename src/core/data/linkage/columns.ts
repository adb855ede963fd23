/** Which column of a table holds which fact about a patient: found by its name, proved by its cells, shown with the evidence. */

import { type LinkColumns, type LinkField, linkFields } from './linkage-types.ts'
import { birthOf, type DateOrder, sexOf } from './normalise.ts'

/** Names without blanks and signs, best first. */
const names: Readonly<Record<LinkField, readonly RegExp[]>> = {
  id: [/^(id|patientid|personid|recordid|uuid|guid|patid|pid)$/],
  given: [/^(first|firstname|given|givenname|forename|fname|firstnm|vorname|prenom)$/, /^(pat|patient)?(first|given)name/],
  family: [/^(last|lastname|family|familyname|surname|lname|lastnm|nachname|nom)$/, /^(pat|patient)?(last|family|sur)name/],
  maiden: [/^(maiden|maidenname|formername|previousname|birthname|prevlastname|formerlastname|alias)$/, /maiden|former/],
  birth: [
    /^(dob|birthdate|dateofbirth|birthdt|birthday|born|bornon|geb|gebdat|gebdatum|geburtsdatum|geburtstag|geboren|bdate|naissance)$/,
    /birth|dob|geburt|naissance/,
  ],
  sex: [/^(sex|gender|administrativesex|patientsex|sexatbirth|geschlecht)$/, /sex|gender/],
  nationalId: [
    /^(ssn|nhs|nhsnumber|nationalid|socialsecuritynumber|socialsecurity|nino|bsn|ahv|personnummer|ihi|medicare)$/,
    /nhsn|ssn|nationalid|socialsec/,
  ],
  phone: [/^(phone|telephone|tel|mobile|cell|homephone|phonehome|phonenumber|cellphone|telephonenumber)$/, /phone|mobile|^tel/],
  address: [/^(address|street|address1|addressline1|addr|addr1|streetaddress|line1|strasse)$/, /street|address(line)?1?$/],
  postcode: [/^(zip|zipcode|postcode|postalcode|plz|postal)$/, /zip|postcode|postalcode/],
  mrn: [
    /^(mrn|medicalrecordnumber|chart|chartno|chartnumber|hospitalnumber|patientno|patientnumber|patno|recordno)$/,
    /mrn|chartn|medicalrecord/,
  ],
}

export interface FoundColumn {
  readonly field: LinkField
  readonly column: string
  readonly evidence: string
}

export interface FoundColumns {
  readonly found: readonly FoundColumn[]
  readonly dateOrder: DateOrder
  /** Sentences about what was chosen and is not in the file. */
  readonly problems: readonly string[]
}

/** @param sample cells of the first records; @param chosen columns that a person named */
export function findColumns(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  chosen: LinkColumns = {},
  dateOrder?: DateOrder,
): FoundColumns {
  const found: FoundColumn[] = []
  const problems: string[] = []
  for (const field of linkFields) {
    const wanted = chosen[field]
    if (wanted !== undefined) {
      if (header.includes(wanted)) found.push({ field, column: wanted, evidence: 'chosen' })
      else problems.push(`The column "${wanted}" chosen for ${field} is not in the file.`)
      continue
    }
    const column = byName(field, header, sample, new Set(found.map((one) => one.column)))
    if (column) found.push({ field, ...column })
  }
  const birth = found.find(({ field }) => field === 'birth')
  const cells = birth ? cellsOf(sample, header.indexOf(birth.column)) : []
  return { found, dateOrder: dateOrder ?? orderOf(cells), problems }
}

function byName(
  field: LinkField,
  header: readonly string[],
  sample: readonly (readonly string[])[],
  taken: ReadonlySet<string>,
): { readonly column: string; readonly evidence: string } | null {
  for (const pattern of names[field])
    for (const column of header) {
      if (taken.has(column) || !pattern.test(column.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''))) continue
      const proof = proofOf(field, cellsOf(sample, header.indexOf(column)))
      if (proof !== null) return { column, evidence: `its name; ${proof}` }
    }
  return null
}

function cellsOf(sample: readonly (readonly string[])[], column: number): string[] {
  return sample.map((cells) => cells[column]?.trim() ?? '').filter((cell) => cell !== '')
}

/** What the cells say for the column; null where they speak against it. */
function proofOf(field: LinkField, cells: readonly string[]): string | null {
  if (cells.length === 0) return 'no filled cell among the first records'
  const share = (test: (cell: string) => boolean): number => cells.filter(test).length / cells.length
  if (field === 'birth') {
    const dates = share((cell) => birthOf(cell, 'day-first') !== null)
    return dates >= 0.8 ? `${Math.round(dates * 100)} % of its first cells are dates` : null
  }
  if (field === 'sex') {
    const kinds = new Set(cells.map((cell) => sexOf(cell))).size
    return kinds <= 6 ? `${kinds} different values` : null
  }
  if (field === 'given' || field === 'family' || field === 'maiden')
    return share((cell) => /\p{L}/u.test(cell)) >= 0.8 ? 'its cells hold letters' : null
  if (field === 'phone') return share((cell) => cell.replace(/\D/g, '').length >= 6) >= 0.8 ? 'its cells hold digits' : null
  return `${cells.length} filled cells among the first records`
}

/** Which part of a date comes first, proved by parts above 12; day first where nothing proves it. */
function orderOf(cells: readonly string[]): DateOrder {
  let first = 0
  let second = 0
  for (const cell of cells) {
    const parts = /^(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}/.exec(cell)
    if (Number(parts?.[1]) > 12) first++
    if (Number(parts?.[2]) > 12) second++
  }
  return second > first ? 'month-first' : 'day-first'
}
