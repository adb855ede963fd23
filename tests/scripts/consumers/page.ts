/** A consumer in strict TypeScript in a page that Vite builds. */
import { type ResourceOptions, validateResources, validateTable } from 'carryover'

const options: ResourceOptions = { settings: { 'best-practice': 'warning' } }
const resources = await validateResources([{ resourceType: 'Patient', birthDate: '1990-13-01' }], options)
const table = await validateTable({
  name: 'a.csv',
  data: new Blob(['id,born\n1,1990-02-30\n1,1990-01-01\n']),
  schema: { primaryKey: 'id', fields: [{ name: 'id' }] },
})
const said: string[] = [...resources.findings, ...table.findings].map(({ code }) => code)
Object.assign(globalThis, { said })
