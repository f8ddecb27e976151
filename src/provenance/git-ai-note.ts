import type {
  AuthorshipNote,
  AuthorshipNoteFormat,
  InvalidAuthorshipNote,
} from './authorship-note.ts'

/** Longest note that is read, in UTF-16 code units. The longest seen in 21,870 public notes is 3.2 million. */
const MAX_LENGTH = 16 * 1024 * 1024

/** Tools named per note, and the longest name of one: a note is untrusted and its text is passed on. */
const MAX_TOOLS = 32
const MAX_TOOL_LENGTH = 64

/** git-ai's own test presets, committed by its developers: they stand for no real tool. */
const TEST_TOOLS: ReadonlySet<string> = new Set(['mock_ai', 'test-agent'])

/** How versions before `h_` keys marked a person's lines: as the key itself, or as the tool of a record. */
const PERSON = 'human'

type Records = Readonly<Record<string, unknown>>

/** Records of sessions. `prompts` is required by the standard, `sessions` came with git-ai 1.4.0. */
interface Metadata {
  readonly prompts: Records
  readonly sessions: Records
}

/** Every 3.x.y reads alike: the standard calls keys, divider and structure stable until the next major version. */
const SUPPORTED_SCHEMA = /^authorship\/3\.\d+\.\d+$/

/**
 * Reader of the notes of git-ai, Authorship Log `authorship/3.0.0` (specs/git_ai_standard_v3.0.0.md in
 * git-ai-project/git-ai): attested lines by file, a line `---`, a JSON object with the sessions.
 *
 * - Lines attested to a session are AI, also where the session's record is missing: 5,043 of the keys in 21,870
 *   public notes do not resolve. Then the tool is not known.
 * - No attested line and no session: git-ai ran on the commit and recorded no AI. Lines attested to people only say
 *   the same, and more: somebody was seen typing.
 * - A session without attested lines is neither. The standard keeps the records of sessions whose lines were
 *   rewritten or moved away, and a session that only deleted lines can attest none.
 * - Only test tools: neither, for the note was made by hand.
 *
 * Ranges out of order, keys without a record and a `base_commit_sha` of another commit are common in notes that
 * git-ai itself wrote and change none of this.
 */
export const gitAiNotes: AuthorshipNoteFormat = {
  id: 'git-ai',
  ref: 'refs/notes/ai',
  read: readGitAiNote,
}

function readGitAiNote(text: string): AuthorshipNote | InvalidAuthorshipNote {
  if (text.length > MAX_LENGTH) return { invalid: 'the note is longer than 16 MiB' }
  const divider = findDivider(text)
  if (divider === -1) return { invalid: 'the line "---" before the metadata is missing' }
  const keys = readAttestedKeys(text.slice(0, divider))
  if ('invalid' in keys) return keys
  const metadata = readMetadata(text.slice(divider + 3))
  if ('invalid' in metadata) return metadata
  return weigh(keys, metadata)
}

/** Index of the first line that is exactly `---`; only a carriage return may follow, as git-ai's reader has it. */
function findDivider(text: string): number {
  for (
    let at = text.startsWith('---') ? 0 : nextDash(text, 0);
    at !== -1;
    at = nextDash(text, at)
  ) {
    const end = text.charAt(at + 3) === '\r' ? at + 4 : at + 3
    if (end >= text.length || text.charAt(end) === '\n') return at
  }
  return -1
}

function nextDash(text: string, from: number): number {
  const newline = text.indexOf('\n---', from)
  return newline === -1 ? -1 : newline + 1
}

interface AttestedKeys {
  /** Keys of AI sessions, each once. */
  readonly sessions: ReadonlySet<string>
  /** True when lines are attested to a known person. */
  readonly people: boolean
}

/** Reads `  <key> <ranges>` under a path in column 0. Of the ranges only the alphabet is checked: no line is looked up. */
function readAttestedKeys(section: string): AttestedKeys | InvalidAuthorshipNote {
  const sessions = new Set<string>()
  let people = false
  let path = false
  for (const line of section.split('\n')) {
    if (!line.startsWith('  ')) {
      path ||= line.trim() !== ''
      continue
    }
    const entry = line.slice(2).trimEnd()
    if (entry === '') continue
    const space = entry.indexOf(' ')
    const ranges = entry.slice(space + 1)
    if (space < 1 || ranges === '' || /[^\d,-]/.test(ranges)) {
      return { invalid: 'an attestation is not a key and line ranges' }
    }
    if (!path) return { invalid: 'an attestation stands before any file' }
    const key = entry.slice(0, space)
    if (key.startsWith('h_') || key === PERSON) people = true
    else sessions.add(key)
  }
  return { sessions, people }
}

/** Checked by hand: to load zod takes longer than to load everything else that assessing commits needs. */
function readMetadata(json: string): Metadata | InvalidAuthorshipNote {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return { invalid: 'the metadata is not JSON' }
  }
  const { schema_version: version, prompts, sessions = {} } = isRecords(value) ? value : {}
  if (typeof version !== 'string' || !isRecords(prompts) || !isRecords(sessions)) {
    return { invalid: 'the metadata lacks its schema version or its sessions' }
  }
  if (!SUPPORTED_SCHEMA.test(version)) return { invalid: 'the schema version is not authorship/3' }
  return { prompts, sessions }
}

/** Whether a value that was JSON is an object, and no array. */
function isRecords(value: unknown): value is Records {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function weigh(keys: AttestedKeys, { prompts, sessions }: Metadata): AuthorshipNote {
  const attested = new Set<string>()
  let { people } = keys
  let assisted = false
  for (const key of keys.sessions) {
    const tool = toolOf(key.startsWith('s_') ? sessions : prompts, key)
    if (tool === PERSON) people = true
    else if (tool === undefined) assisted = true
    else if (!TEST_TOOLS.has(tool)) {
      assisted = true
      if (attested.size < MAX_TOOLS) attested.add(tool)
    }
  }
  if (assisted) return note('assisted', 'lines are attested to an AI session', [...attested])

  const recorded = new Set([...Object.values(prompts), ...Object.values(sessions)].map(toolName))
  recorded.delete(PERSON)
  if (recorded.size === 0) {
    return people
      ? note('unassisted', 'lines are attested to people and none to an AI session')
      : note('unassisted', 'no AI session is recorded')
  }
  return [...recorded].every((tool) => tool !== undefined && TEST_TOOLS.has(tool))
    ? note('unknown', 'only a test tool is recorded')
    : note('unknown', 'an AI session is recorded, but no lines of it are attested')
}

function note(
  finding: AuthorshipNote['finding'],
  reason: string,
  tools: readonly string[] = [],
): AuthorshipNote {
  return { finding, tools, reason }
}

/** The tool of a key's record; a session's key is `s_<session>::t_<trace>`. Undefined where it does not resolve. */
function toolOf(records: Records, key: string): string | undefined {
  const trace = key.indexOf('::')
  const id = trace === -1 ? key : key.slice(0, trace)
  return Object.hasOwn(records, id) ? toolName(records[id]) : undefined
}

/** Undefined where the record names no tool: it is a session all the same, whoever ran it. */
function toolName(record: unknown): string | undefined {
  const agent = isRecords(record) ? record.agent_id : undefined
  const name = isRecords(agent) ? agent.tool : undefined
  if (typeof name !== 'string') return undefined
  const tool = name.trim().toLowerCase()
  return tool !== '' && tool.length <= MAX_TOOL_LENGTH ? tool : undefined
}
