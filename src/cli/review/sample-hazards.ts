/** `carryover sample hazards`: the flags of the hazard log; projects are opened only when it runs. */
import { type Command, Option } from 'commander'
import type { HazardFormat } from './hazards-printed.ts'

export function addHazardLog(sample: Command): void {
  sample
    .command('hazards')
    .argument('<project>', 'a project folder or a .carryover file')
    .description('the hazard log: risks, controls, what is accepted, and causes without a hazard')
    .addOption(
      new Option('--format <format>', 'text, csv, markdown or json; json where the result goes to another program').choices([
        'text',
        'csv',
        'markdown',
        'json',
      ]),
    )
    .addHelpText(
      'after',
      '\nExample:\n  carryover sample hazards riverside --format markdown\n(carryover example --out riverside writes that project)\n',
    )
    .action(async (path: string, { format }: { readonly format?: HazardFormat }) => {
      const { printHazards } = await import('./hazards-printed.ts')
      await printHazards(path, format)
    })
}
