/** The same tables as CSV and as the scripts that three databases write of them. */

export type Value = string | number | boolean | null

export interface TestTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
}

const csvCell = (value: Value): string => {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 't' : 'f'
  const text = String(value)
  return text === '' || /[",\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function asCsv({ columns, rows }: TestTable): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('')
}

/** `pg_dump`, plain. */
export function asCopy(tables: readonly TestTable[]): string {
  const cell = (value: Value): string => {
    if (value === null) return String.raw`\N`
    if (typeof value === 'boolean') return value ? 't' : 'f'
    return String(value)
      .replaceAll('\\', '\\\\')
      .replaceAll('\t', String.raw`\t`)
      .replaceAll('\n', String.raw`\n`)
      .replaceAll('\r', String.raw`\r`)
  }
  const name = (text: string): string => (/^[a-z_]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`)
  const parts = tables.map(
    ({ name: table, columns, rows }) => `CREATE TABLE public.${name(table)} (
${columns.map((column) => `    ${name(column)} text`).join(',\n')},
    CONSTRAINT odd CHECK ((id > 0))
);

COPY public.${name(table)} (${columns.map(name).join(', ')}) FROM stdin;
${rows.map((row) => `${row.map(cell).join('\t')}\n`).join('')}\\.

`,
  )
  return `--
-- PostgreSQL database dump
--

\\restrict abc123

SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE FUNCTION public.bump() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO visit VALUES (1, 'it''s; no row');
  RETURN NEW;
END;
$body$;

${parts.join('')}ALTER TABLE ONLY public.visit ADD CONSTRAINT visit_pkey PRIMARY KEY (id);
-- PostgreSQL database dump complete
`
}

/** `mysqldump`, several rows in a statement. */
export function asMysql(tables: readonly TestTable[]): string {
  const cell = (value: Value): string => {
    if (value === null) return 'NULL'
    if (typeof value === 'number') return String(value)
    if (typeof value === 'boolean') return value ? "'t'" : "'f'"
    const text = value
      .replaceAll('\\', '\\\\')
      .replaceAll("'", String.raw`\'`)
      .replaceAll('"', String.raw`\"`)
      .replaceAll('\n', String.raw`\n`)
      .replaceAll('\r', String.raw`\r`)
    return `'${text}'`
  }
  const parts = tables.map(({ name, columns, rows }) => {
    const inserts: string[] = []
    for (let at = 0; at < rows.length; at += 7)
      inserts.push(
        `INSERT INTO \`${name}\` VALUES ${rows
          .slice(at, at + 7)
          .map((row) => `(${row.map(cell).join(',')})`)
          .join(',')};`,
      )
    return `DROP TABLE IF EXISTS \`${name}\`;
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE \`${name}\` (
${columns.map((column) => `  \`${column.replaceAll('`', '``')}\` varchar(200) DEFAULT 'a,b' COMMENT 'x (y)'`).join(',\n')},
  PRIMARY KEY (\`id\`),
  KEY \`later\` (\`id\`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES \`${name}\` WRITE;
${inserts.join('\n')}
UNLOCK TABLES;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=\`root\`@\`localhost\`*/ /*!50003 TRIGGER tr AFTER INSERT ON ${name} FOR EACH ROW BEGIN
  INSERT INTO \`${name}\` VALUES (9999);
END */;;
CREATE PROCEDURE p() BEGIN
  INSERT INTO \`${name}\` VALUES (9999);
END;;
DELIMITER ;
`
  })
  return `-- MySQL dump 10.13  Distrib 8.0.36\n# another comment\n${parts.join('')}-- Dump completed on 2024-05-01  8:00:00\n`
}

/** "Generate scripts" of SQL Server Management Studio: no semicolons, one statement per row. */
export function asSqlServer(tables: readonly TestTable[]): string {
  const cell = (value: Value): string => {
    if (value === null) return 'NULL'
    if (typeof value === 'number') return Number.isInteger(value) ? String(value) : `CAST(${value} AS Decimal(10, 2))`
    if (typeof value === 'boolean') return value ? "N't'" : "N'f'"
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return `CAST(N'${value}' AS Date)`
    return `N'${value.replaceAll("'", "''")}'`
  }
  const name = (text: string): string => `[${text.replaceAll(']', ']]')}]`
  const parts = tables.map(
    ({ name: table, columns, rows }) => `CREATE TABLE [dbo].${name(table)}(
${columns.map((column) => `\t${name(column)} [nvarchar](200) NULL`).join(',\r\n')},
 CONSTRAINT [PK_${table}] PRIMARY KEY CLUSTERED ([id] ASC)
) ON [PRIMARY]
GO
SET IDENTITY_INSERT [dbo].${name(table)} ON
${rows
  .map(
    (row, at) =>
      `INSERT [dbo].${name(table)} (${columns.map(name).join(', ')}) VALUES (${row.map(cell).join(', ')})\n${at % 5 === 4 ? 'GO\n' : ''}`,
  )
  .join('')}SET IDENTITY_INSERT [dbo].${name(table)} OFF
GO
CREATE PROCEDURE [dbo].[p_${table}] AS
BEGIN
  INSERT [dbo].${name(table)} VALUES (9999);
  SELECT 1;
END
GO
`,
  )
  return `USE [clinic]\nGO\nSET ANSI_NULLS ON\nGO\n${parts.join('')}`
}

const words = [
  'Ann O’Neil',
  "O'Neil",
  'José "Pepe" Ñíguez',
  'two\nlines',
  'a\ttab',
  'back\\slash',
  'semi;colon',
  '',
  '  spaced ',
  'comma, x',
  '-- no comment',
  '/* none */',
  "it''s",
  'end\\',
  '日本語',
  '(a,b)',
  "');DROP TABLE visit;--",
  'a\nGO\nb',
  '\\.',
  '\\N',
  'null',
  'x\r\ny',
  '$$',
]

/** Two tables with everything in their texts that means something to SQL, and with findings. */
export function nastyTables(rows = 120): readonly TestTable[] {
  const word = (at: number): string => words[at % words.length] ?? ''
  return [
    {
      name: 'patient',
      columns: ['id', 'name', 'born', 'weight', 'active', 'Free Text'],
      rows: Array.from({ length: rows }, (_, i) => [
        i === 40 ? 39 : i + 1,
        i % 11 === 3 ? null : word(i),
        i % 17 === 5 ? '2020-13-45' : i % 9 === 1 ? null : `19${10 + (i % 80)}-0${1 + (i % 9)}-1${i % 10}`,
        i % 7 === 2 ? null : 40 + i / 4,
        i % 3 === 0 ? null : i % 3 === 1,
        word(i * 7 + 3),
      ]),
    },
    {
      name: 'visit',
      columns: ['id', 'patient', 'at', 'a "quoted", name'],
      rows: Array.from({ length: rows }, (_, i) => [
        i + 1,
        i % 13 === 4 ? 90_000 : (i % rows) + 1,
        `2024-0${1 + (i % 9)}-0${1 + (i % 9)} 08:30:00`,
        word(i * 5 + 1),
      ]),
    },
  ]
}
