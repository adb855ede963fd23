/** A consumer in strict TypeScript under Node. */
import { openAsBlob, readFileSync } from 'node:fs'
import { InvalidInput, reportText, type ValidationReport, validateTable } from 'carryover'

try {
  const dataPackage: object = JSON.parse(readFileSync('samples/data/datapackage.json', 'utf8'))
  const data = await openAsBlob('samples/data/patients.csv')
  const report: ValidationReport = await validateTable({ name: 'patients.csv', data }, { package: dataPackage })
  const codes: readonly string[] = report.findings.map((finding) => finding.code)
  console.log(report.inputs[0]?.records, codes.length > 0, reportText(report, 'sarif').includes('"2.1.0"'))
} catch (error) {
  console.log(error instanceof InvalidInput ? `${error.place}: ${error.message}` : error)
}
