import { describe, expect, test } from 'vitest'
import { type FileKind, fileKind } from '../../src/delivery/file-kind.ts'

const paths: Readonly<Record<FileKind, readonly string[]>> = {
  counted: [
    'src/index.ts',
    'README.md',
    'docs/guide.md',
    'Dockerfile',
    'package.json',
    'go.mod',
    'Cargo.toml',
    'requirements.txt',
    'Manifest.md',
    'dist/index.js',
    'src/lock.ts',
    'src/vendor.ts',
    'src/generated.ts',
    'src/snapshot.ts',
    'src/minify.js',
    'migrations/0001_initial.py',
    'config/locales/de.yml',
    'test/fixtures/input.json',
    'a/b/c/.gitignore',
    'lock',
    '',
  ],
  generated: [
    'src/__generated__/types.ts',
    'api/generated/client.go',
    'static/app.min.js',
    'static/app.min.css',
    'static/app.js.map',
    'proto/service.pb.go',
    'proto/service_pb2.py',
    'proto/service_pb2_grpc.pyi',
    'proto/service_grpc_pb.js',
    'lib/model.g.dart',
    'lib/model.freezed.dart',
    'Form1.Designer.cs',
    'internal/kind_string.go',
    'apis/v1/zz_generated.deepcopy.go',
    'src/schema.generated.ts',
    'web/next-env.d.ts',
    'src/routeTree.gen.ts',
  ],
  lock: [
    'package-lock.json',
    'web/pnpm-lock.yaml',
    'yarn.lock',
    'bun.lockb',
    'deno.lock',
    'crates/a/Cargo.lock',
    'Gemfile.lock',
    'composer.lock',
    'poetry.lock',
    'uv.lock',
    'pylock.toml',
    'pylock.dev.toml',
    'go.sum',
    'mix.lock',
    'Package.resolved',
    'Podfile.lock',
    'packages.lock.json',
    'gradle.lockfile',
    '.terraform.lock.hcl',
    'flake.lock',
    'MODULE.bazel.lock',
    'Manifest.toml',
    'vendor/package-lock.json',
  ],
  vendored: [
    'vendor/github.com/pkg/errors/errors.go',
    'third_party/zlib/zlib.h',
    'Third-Party/zlib.h',
    'node_modules/left-pad/index.js',
    'app/bower_components/jquery/jquery.js',
    'ios/Pods/AFNetworking/AFHTTPClient.m',
    '.yarn/releases/yarn-4.0.0.cjs',
    'gradlew',
    'mvnw.cmd',
    'gradle/wrapper/gradle-wrapper.jar',
    '.pnp.cjs',
    'vendor/app.min.js',
  ],
  snapshot: [
    'src/__snapshots__/app.test.ts.snap',
    'src/app.test.ts.snap',
    'tests/snapshots/case.snap',
    'tests/Case.approved.txt',
    'tests/Case.verified.json',
    'web/__screenshots__/home.png',
    'test/goldens/button.png',
    'vendor/lib/__snapshots__/x.snap',
  ],
}

describe.each(Object.entries(paths))('%s', (kind, examples) => {
  test.each(examples)('%s', (path) => {
    expect(fileKind(path)).toBe(kind)
  })
})

test('a path of a megabyte takes no time to speak of', () => {
  expect(fileKind(`${'a/'.repeat(500_000)}b`)).toBe('counted')
  expect(fileKind('.min'.repeat(250_000))).toBe('counted')
})
