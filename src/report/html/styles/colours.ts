/**
 * Two inks that stay apart for every kind of colour vision and in grey, neither of them a judgement; text on its ground has a
 * contrast of at least 4.5, lines and marks of at least 3.
 */
export const colours = `
:root {
  color-scheme: light dark;
  --ground: #ffffff;
  --raised: #f5f6f7;
  --ink: #161c24;
  --soft: #545f6c;
  --rule: #d5dae0;
  --faint: #e7eaed;
  --ai-recorded: #14508c;
  --none-recorded: #a65a00;
  --none-recorded-fill: #f6e6d2;
  --all: #66717e;
  --focus: #14508c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11161b;
    --raised: #1a2128;
    --ink: #e9edf1;
    --soft: #a4afba;
    --rule: #36404a;
    --faint: #28313a;
    --ai-recorded: #76b3f2;
    --none-recorded: #cc8c3f;
    --none-recorded-fill: #43331e;
    --all: #8b97a3;
    --focus: #76b3f2;
  }
}
`
