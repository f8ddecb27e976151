import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { GitError, openRepository } from '../../src/git/index.ts'
import {
  isolatedEnvironment,
  TestRepository,
  temporaryDirectory,
  withGit,
} from '../support/git-repository.ts'

describe('what a clone is', () => {
  test('a plain clone', async () => {
    const source = new TestRepository()
    source.commit({ message: 'One\n' })
    const { directory, environment } = source
    expect(await openRepository(directory, { environment })).toEqual({
      directory,
      environment,
      gitDirectory: join(directory, '.git'),
      bare: false,
      shallow: false,
      partial: false,
      filters: [],
      objectFormat: 'sha1',
      notesRefs: [],
      warnings: [],
    })
  })

  test('a directory inside a clone stands for the clone', async () => {
    const { directory, environment } = repositoryWithCommit()
    const inside = join(directory, 'a', 'b')
    mkdirSync(inside, { recursive: true })
    const repository = await openRepository(inside, { environment })
    expect(repository.gitDirectory).toBe(join(directory, '.git'))
  })

  test('a bare repository', async () => {
    const source = new TestRepository({ bare: true })
    source.commit({ message: 'One\n' })
    const repository = await openRepository(source.directory, { environment: source.environment })
    expect(repository).toMatchObject({ bare: true, gitDirectory: source.directory })
  })

  test('a worktree of another clone', async () => {
    const source = repositoryWithCommit()
    const tree = join(source.home, 'tree')
    source.git(['worktree', 'add', '--quiet', '--detach', tree])
    const repository = await openRepository(tree, { environment: source.environment })
    expect(repository.gitDirectory).toBe(join(source.directory, '.git', 'worktrees', 'tree'))
  })

  test.each(['with spaces and $HOME `ls`', 'new\nline', '-C', 'trailing newline\n', 'é 🚢'])(
    'a directory called %j',
    async (name) => {
      const source = new TestRepository({ name })
      source.commit({ message: 'One\n' })
      const repository = await openRepository(source.directory, { environment: source.environment })
      // Git's own last newline is cut, and no more; a name that ends in one keeps it.
      expect(repository.gitDirectory).toBe(join(source.directory, '.git'))
    },
  )

  test('a shallow clone, with what to do about it', async () => {
    const source = new TestRepository()
    source.commitMany(3)
    const directory = source.clone('shallow', '--depth=1')
    const repository = await openRepository(directory, { environment: source.environment })
    expect(repository).toMatchObject({ shallow: true, partial: false })
    expect(repository.warnings).toEqual([
      'the clone is shallow, older commits are not in it; run "git fetch --unshallow" in it to get them',
    ])
  })

  test.each(['blob:none', 'tree:0'])('a partial clone without %s', async (filter) => {
    const source = new TestRepository()
    source.commitFile('a.txt', 'one\n')
    source.git(['config', 'uploadpack.allowFilter', 'true'])
    const directory = source.clone('partial', `--filter=${filter}`, '--no-checkout')
    expect(await openRepository(directory, { environment: source.environment })).toMatchObject({
      shallow: false,
      partial: true,
      filters: [filter],
      warnings: [],
    })
  })

  test('a SHA-256 repository', async () => {
    const source = new TestRepository({ objectFormat: 'sha256' })
    source.commit({ message: 'One\n' })
    const repository = await openRepository(source.directory, { environment: source.environment })
    expect(repository.objectFormat).toBe('sha256')
  })

  test('a repository with history on a branch that HEAD does not name', async () => {
    const source = new TestRepository()
    source.commit({ message: 'One\n', branch: 'topic' })
    await expect(
      openRepository(source.directory, { environment: source.environment }),
    ).resolves.toMatchObject({ bare: false })
  })

  test('a repository whose only commit is a detached HEAD', async () => {
    const source = repositoryWithCommit()
    source.git(['update-ref', '--no-deref', 'HEAD', 'HEAD'])
    source.git(['update-ref', '-d', 'refs/heads/main'])
    await expect(
      openRepository(source.directory, { environment: source.environment }),
    ).resolves.toMatchObject({ bare: false })
  })
})

describe('the variables of the caller', () => {
  test('GIT_DIR and its like do not lead to another repository', async () => {
    const source = repositoryWithCommit()
    const other = repositoryWithCommit()
    const environment = {
      ...source.environment,
      GIT_DIR: join(other.directory, '.git'),
      GIT_WORK_TREE: other.directory,
      GIT_OBJECT_DIRECTORY: '/nowhere',
      GIT_TRACE: '1',
    }
    const repository = await openRepository(source.directory, { environment })
    expect(repository.gitDirectory).toBe(join(source.directory, '.git'))
  })

  test('settings that the caller gives git stay in force', async () => {
    const source = repositoryWithCommit()
    const environment = {
      ...withGit(source.environment, OTHER_OWNER),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: source.directory,
    }
    await expect(openRepository(source.directory, { environment })).resolves.toBeDefined()
  })
})

describe('what cannot be opened, and what to do', () => {
  test('a directory that does not exist', async () => {
    const home = temporaryDirectory()
    const directory = join(home, 'no\nwhere')
    expect(await failure(directory, isolatedEnvironment(home))).toMatchObject({
      reason: 'no-directory',
      message: `${home}/no where does not exist; name the directory of a clone`,
      cause: { code: 'ENOENT' },
    })
  })

  test('a file', async () => {
    const home = temporaryDirectory()
    const file = join(home, 'file')
    writeFileSync(file, '')
    expect(await failure(file, isolatedEnvironment(home))).toMatchObject({
      reason: 'no-directory',
      message: `${file} is not a directory; name the directory of a clone`,
    })
  })

  test('a link that leads in a circle', async () => {
    const home = temporaryDirectory()
    const link = join(home, 'link')
    symlinkSync(link, link)
    expect(await failure(link, isolatedEnvironment(home))).toMatchObject({
      reason: 'no-directory',
      message: `${link} cannot be opened (ELOOP)`,
    })
  })

  test('a directory that is no repository', async () => {
    const home = temporaryDirectory()
    expect(await failure(home, isolatedEnvironment(home))).toMatchObject({
      reason: 'no-repository',
      message: `${home} is not a git repository; name the directory of a clone`,
      cause: { reason: 'failed' },
    })
  })

  test('a repository in a format that this git does not know', async () => {
    const source = repositoryWithCommit()
    source.git(['config', 'core.repositoryFormatVersion', '99'])
    const error = await failure(source.directory, source.environment)
    expect(error.reason).toBe('no-repository')
    expect(error.message).toMatch(/cannot be read: git rev-parse ended with 128: Expected git repo/)
  })

  test('a repository without commits', async () => {
    const source = new TestRepository()
    expect(await failure(source.directory, source.environment)).toMatchObject({
      reason: 'no-commits',
      message: `${source.directory} has no commits yet; name a clone with history`,
    })
  })

  test('a repository of somebody else', async () => {
    const source = repositoryWithCommit()
    const environment = withGit(source.environment, OTHER_OWNER)
    expect(await failure(source.directory, environment)).toMatchObject({
      reason: 'unsafe-ownership',
      message:
        `${source.directory} belongs to another user, so git does not read it; if you trust it, run: ` +
        `git config --global --add safe.directory ${source.directory}`,
    })
  })

  test('a repository of somebody else, as the first gits that checked have it', async () => {
    const source = repositoryWithCommit()
    const complaint = `fatal: unsafe repository ('${source.directory}' is owned by someone else)`
    const script = `case "$*" in *" version") echo git version 2.35.2;; *) echo "${complaint}" >&2; exit 128;; esac`
    const error = await failure(source.directory, withGit(source.environment, script))
    expect(error.reason).toBe('unsafe-ownership')
    expect(error.message).toContain(`--add safe.directory '${source.directory}'`)
  })

  test('no git', async () => {
    const source = repositoryWithCommit()
    const environment = { ...source.environment, PATH: temporaryDirectory() }
    expect(await failure(source.directory, environment)).toMatchObject({
      reason: 'no-git',
      message: 'git was not found on the PATH; install git 2.30 or later',
      cause: { code: 'ENOENT' },
    })
  })

  test('a git that may not be run', async () => {
    const source = repositoryWithCommit()
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'git'), 'not a program')
    chmodSync(join(directory, 'git'), 0o644)
    const environment = { ...source.environment, PATH: directory }
    expect(await failure(source.directory, environment)).toMatchObject({
      reason: 'no-git',
      message: 'git could not be started (EACCES)',
    })
  })

  test.each(['2.29.9', '1.8.3.1', '2.9 (Apple Git-1)'])('git %s is too old', async (version) => {
    const source = repositoryWithCommit()
    const environment = withGit(source.environment, `echo "git version ${version}"`)
    expect(await failure(source.directory, environment)).toMatchObject({
      reason: 'old-git',
      message: `the git on the PATH is too old (git version ${version}); install git 2.30 or later`,
    })
  })

  test('a program called git that is another', async () => {
    const source = repositoryWithCommit()
    const error = await failure(source.directory, withGit(source.environment, 'echo hello'))
    expect(error).toMatchObject({ reason: 'old-git' })
  })

  test('a git that never stops talking is not collected', async () => {
    const source = repositoryWithCommit()
    const error = await failure(source.directory, withGit(source.environment, 'exec yes'))
    expect(error).toMatchObject({ reason: 'too-large' })
  })
})

/** The installed git, made to believe that every directory is somebody else's. */
const OTHER_OWNER =
  'export PATH=$(echo "$PATH" | cut -d: -f2-) GIT_TEST_ASSUME_DIFFERENT_OWNER=1; exec git "$@"'

function repositoryWithCommit(): TestRepository {
  const repository = new TestRepository()
  repository.commit({ message: 'One\n' })
  return repository
}

async function failure(
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<GitError> {
  try {
    await openRepository(directory, { environment })
  } catch (error) {
    if (error instanceof GitError) return error
    throw error
  }
  throw new Error(`${directory} was opened`)
}
