/** A dump that states its encoding is believed: a picture in one of its cells must not decide how names are read. */
import { expect, test } from 'vitest'
import { statedEncoding } from '../../../../../src/core/data/read/containers/sql/stated-encoding.ts'
import { bytesSource } from '../../../../../src/core/operation.ts'
import { readBack } from '../../reading.ts'

test.each([
  ['/*!40101 SET NAMES utf8mb4 */;', 'utf-8', 'SET NAMES utf8mb4'],
  ['/*!50503 SET NAMES latin1 */;', 'windows-1252', 'SET NAMES latin1'],
  ["SET NAMES 'cp1250' COLLATE 'cp1250_general_ci';", 'windows-1250', 'SET NAMES cp1250'],
  ["SET client_encoding = 'UTF8';", 'utf-8', 'SET client_encoding = UTF8'],
  ["SET client_encoding TO 'LATIN9';", 'iso-8859-15', 'SET client_encoding TO LATIN9'],
  ["SET client_encoding = 'WIN1251';", 'windows-1251', 'SET client_encoding = WIN1251'],
  ["SET client_encoding = 'EUC_JP';", 'euc-jp', 'SET client_encoding = EUC_JP'],
  ["SET client_encoding = 'ISO_8859_5';", 'iso-8859-5', 'SET client_encoding = ISO_8859_5'],
  ['\\encoding KOI8R', 'koi8-r', '\\encoding KOI8R'],
])('%s is %s', (head, name, words) => {
  expect(statedEncoding(`-- a dump\n${head}\nINSERT INTO t VALUES (1);`)).toEqual({ name, words })
})

test.each([
  "SET client_encoding = 'SQL_ASCII';",
  'SET NAMES binary;',
  'SET NAMES klingon;',
  'SET search_path = public;',
  "INSERT INTO t VALUES ('SET NAMES latin1');",
])('%s says nothing of the characters', (head) => {
  expect(statedEncoding(head)).toBeNull()
})

const dump = (names: string, encoding: BufferEncoding): Uint8Array =>
  Buffer.concat([
    Buffer.from(`-- MariaDB dump 10.19\n/*!40101 SET NAMES ${names} */;\nCREATE TABLE \`p\` (\`name\` text, \`scan\` blob);\n`),
    Buffer.from("INSERT INTO `p` VALUES ('Jörg Müller',_binary '", encoding),
    Buffer.from([0xde, 0xad, 0xbe, 0xef, 0xff, 0xd8, 0xff]),
    Buffer.from("'),('Zoë',NULL);\n-- Dump completed\n", encoding),
  ])

test.each([
  ['utf8mb4', 'utf8', 'utf-8'],
  ['latin1', 'latin1', 'windows-1252'],
] as const)('names of a dump in %s are read as such beside the bytes of a picture', async (names, encoding, read) => {
  const back = await readBack(bytesSource('p.sql', dump(names, encoding)))
  expect(back.structure.encoding.value).toBe(read)
  expect(back.structure.encoding.evidence).toBe(`The file says so: SET NAMES ${names}.`)
  expect(back.rows.map(({ cells }) => cells[0])).toEqual(['Jörg Müller', 'Zoë'])
})

test.each([
  ['latin1', 'utf8', 'utf-8', 'latin1 is what old programs state of UTF-8'],
  ['utf8mb4', 'latin1', 'windows-1252', 'the dump was saved again in another encoding'],
] as const)('bytes that contradict %s are read as what they are, and both are named', async (names, encoding, read, _why) => {
  const text = `-- MariaDB dump 10.19\n/*!40101 SET NAMES ${names} */;\nCREATE TABLE \`p\` (\`name\` text);\n`
  const rows = "INSERT INTO `p` VALUES ('Jörg Müller'),('Zoë Ångström'),('François');\n-- Dump completed\n"
  const back = await readBack(bytesSource('p.sql', Buffer.from(text + rows, encoding)))
  expect(back.rows.map(({ cells }) => cells[0])).toEqual(['Jörg Müller', 'Zoë Ångström', 'François'])
  const { value, evidence, alternatives } = back.structure.encoding
  expect(value).toBe(read)
  expect(evidence).toContain(`The file says otherwise: SET NAMES ${names}.`)
  expect(alternatives[0]?.value).toBe(names === 'latin1' ? 'windows-1252' : 'utf-8')
  expect(back.codes).toContain('data/encoding-uncertain')
})
