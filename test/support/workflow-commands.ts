/** A command to the runner, as it reads one out of a line of a step's output. */
export interface WorkflowCommand {
  readonly name: string
  /** Decoded. */
  readonly message: string
}

/**
 * Every command that the runner would find in the output of a step (actions/runner, ActionCommand.cs): `::name …::text`
 * at the start of a line, after white space; `##[name …]text` anywhere in one. Names are taken for commands whether the
 * runner knows them or not, because it has learnt new ones before.
 */
export function findCommands(output: string): WorkflowCommand[] {
  return output
    .split(/\r\n|\r|\n/)
    .map(findCommand)
    .filter((command) => command !== undefined)
}

function findCommand(line: string): WorkflowCommand | undefined {
  const [, name, text] =
    /^[\s\uFEFF]*::(.*?)::(.*)$/su.exec(line) ?? /##\[(.*?)\](.*)$/su.exec(line) ?? []
  if (name === undefined || text === undefined) return undefined
  return { name: name.split(' ', 1)[0] ?? '', message: decode(text) }
}

function decode(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}
