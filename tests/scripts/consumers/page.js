/** A consumer in plain JavaScript in a page that Vite builds. */
import { drawSample, validateTable } from 'carryover'

const schema = { primaryKey: 'id', fields: [{ name: 'id' }] }
const report = await validateTable({ name: 'a.csv', data: new Blob(['id\n1\n1\n']), schema })
const { records } = drawSample({ units: [{ id: 'a' }, { id: 'b' }], seed: '01234567890123456789', n: 1 })
globalThis.said = [...report.findings.map(({ code }) => code), String(records.length)]
