// Loaded before every script of package.json (`node --import ./node-version.mjs …`), so that an older Node says what is
// wrong in one line, rather than failing on the first thing that it does not know. Plain JavaScript that old versions
// parse too; Node below 18.18 does not know `--import` and refuses the option itself.
const needed = 24

if (Number.parseInt(process.versions.node, 10) < needed) {
  process.stderr.write(
    `What Shipped needs Node ${needed} or newer; this is Node ${process.versions.node} (${process.execPath}). ` +
      'Run "npm ci", which brings its own Node, and start it by an npm script.\n',
  )
  process.exit(1)
}
