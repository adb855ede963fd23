/** A server as a process of its own, so that it can be killed and its memory read: people with sessions, one project, one line of JSON. */

import { sessionCookie } from '../../src/team/server/gate.ts'
import { startTeamServer } from '../../src/team/server/team-server.ts'
import { EmbeddedDatabase } from '../../src/team/store/embedded.ts'
import { PostgresDatabase } from '../../src/team/store/postgres.ts'

const [folder = '', url = '', schema = '', people = '1', port = '0'] = process.argv.slice(2)
const said: string[] = []
const database =
  url === ''
    ? await EmbeddedDatabase.open({ folder, say: (sentence) => said.push(sentence) })
    : await PostgresDatabase.open({ url, schema })
const serving = await startTeamServer({
  database,
  dataFolder: folder,
  appFolder: null,
  host: '127.0.0.1',
  port: Number(port),
  origin: null,
  tls: null,
  say: (sentence) => said.push(sentence),
})
const cookies: string[] = []
for (let index = 0; index < Number(people); index++) {
  const id = `person-${index}`
  const [known] = await database.query(null, 'person', [id])
  if (!known)
    await database.transaction(null, [{ name: 'make-person', values: [id, `Person ${index}`, `person-${index}`, false, 1] }])
  serving.state.parts.people.noteActor(`person-${index}`, id)
  cookies.push(`${sessionCookie(serving.state.parts.ways)}=${await serving.state.sessions.begin(id, 'load')}`)
}
await database.transaction(null, [
  { name: 'make-project', values: ['load', 'Load', 'person-0', 1] },
  ...cookies.map((_, index) => ({ name: 'join-member' as const, values: ['load', `person-${index}`, 'data', 'invite', 1] })),
])
await (await serving.state.room('load'))?.endMove()
process.stdout.write(`${JSON.stringify({ origin: serving.origin, cookies, said })}\n`)
process.on(
  'SIGTERM',
  () =>
    void serving
      .close()
      .then(() => database.close())
      .then(() => process.exit(0)),
)
