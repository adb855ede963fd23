/** A real FHIR server in a process of its own: the router of an open-source server with its memory repository, on the loopback. Prints its address. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core'
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router'
import { root } from '../../../scripts/setup.mjs'

const definitions = join(root, 'node_modules', '@medplum', 'definitions', 'dist', 'fhir', 'r4')
const read = (name) => JSON.parse(readFileSync(join(definitions, name), 'utf8'))
for (const name of ['profiles-types.json', 'profiles-resources.json']) indexStructureDefinitionBundle(read(name))
indexSearchParameterBundle(read('search-parameters.json'))

const router = new FhirRouter()
const repository = new MemoryRepository()
const prefix = '/fhir'

const server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk) => {
    text += chunk
  })
  request.on('end', async () => {
    const url = new URL(request.url, 'http://loopback')
    const pathname = url.pathname.slice(prefix.length)
    const query = Object.fromEntries(url.searchParams)
    const body = text === '' ? undefined : JSON.parse(text)
    const { method, headers } = request
    const asked = { method, url: `${pathname}${url.search}`, pathname: '', body, params: {}, query, headers }
    // What goes wrong inside is an answer as well.
    const [outcome, resource] = await router
      .handleRequest(asked, repository)
      .catch((error) => [error.outcome ?? { resourceType: 'OperationOutcome' }])
    const status = resource === undefined ? (outcome?.id === 'not-found' ? 404 : 400) : outcome.id === 'created' ? 201 : 200
    response.writeHead(status, { 'Content-Type': 'application/fhir+json' }).end(JSON.stringify(resource ?? outcome))
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}${prefix}\n`))
process.on('SIGTERM', () => process.exit(0))
