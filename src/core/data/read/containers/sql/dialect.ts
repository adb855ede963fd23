/** Which database wrote a dump, as far as its text says so: how a string is escaped depends on it. */
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlserver' | 'sqlite' | 'standard'

export const dialectNames: Readonly<Record<SqlDialect, string>> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
  sqlserver: 'SQL Server',
  sqlite: 'SQLite',
  standard: 'standard SQL',
}

/** Comments, and commands of psql, may stand above the first statement. */
const above = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/;?|#[^\n]*(?:\n|$)|\\(?:restrict|connect|encoding)[^\n]*\n)+/
const firstStatements = new RegExp(
  [
    String.raw`^(?:(?:create|drop|alter)\s+(?:or\s+replace\s+)?(?:global\s+|local\s+|temporary\s+|temp\s+|unlogged\s+)*(?:table|database|schema|sequence|extension|type|view|index|function|procedure|role|user)\s+\S`,
    String.raw`insert\s+(?:ignore\s+|or\s+\w+\s+)?into\s+\S`,
    String.raw`insert\s+(?:["\x60[]|\w+(?:\.\w+)?\s*\()`,
    String.raw`(?:replace\s+into|lock\s+tables|delimiter|use)\s+\S`,
    String.raw`copy\s+\S+\s*(?:\([^)]*\)\s*)?from\s+stdin`,
    String.raw`set\s+(?:names|ansi_nulls|quoted_identifier|nocount|identity_insert|@|session\b|sql_mode|foreign_key_checks|time_zone|\w+\s*(?:=|to)\s)`,
    String.raw`(?:begin\s+transaction|start\s+transaction|begin|commit)\s*;`,
    String.raw`pragma\s+\w+`,
    String.raw`select\s+pg_catalog\.)`,
  ].join('|'),
  'i',
)

/** Whether text from the head of a file is an SQL script; byte order marks and NULs are taken out before. */
export function looksLikeDump(text: string): boolean {
  return firstStatements.test(text.replace(above, ''))
}

/** @param text the head of the dump */
export function dialectOf(text: string): SqlDialect {
  if (
    /^\s*copy\s+\S+\s*(\([^)]*\)\s*)?from\s+stdin/im.test(text) ||
    /PostgreSQL database dump|\bpg_catalog\b|standard_conforming_strings/.test(text)
  )
    return 'postgresql'
  if (
    /^-- (MySQL|MariaDB|phpMyAdmin)|\/\*![0-9]{5}|\bENGINE\s*=\s*\w+|\binsert\s+(ignore\s+)?into\s+`|create\s+table\s+(if\s+not\s+exists\s+)?`/im.test(
      text,
    )
  )
    return 'mysql'
  if (
    /^\s*GO\s*$/im.test(text) ||
    /\[dbo\]|SET\s+(ANSI_NULLS|QUOTED_IDENTIFIER|IDENTITY_INSERT)|\binsert\s+(into\s+)?\[/i.test(text)
  )
    return 'sqlserver'
  return /^\s*pragma\s/im.test(text) ? 'sqlite' : 'standard'
}
