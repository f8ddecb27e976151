import { html } from 'hono/html'
import { METHOD_VERSION, rules } from '../../comparison/index.ts'
import type { Place } from './bar.ts'
import { type Html, page } from './page.ts'

const percent = (share: number) => `${Math.round(share * 100)} %`

/** How changes are compared, for who reads a report; the numbers are those that the comparison runs with. */
export function methodPage(place: Place): Html {
  return page(
    'How changes are compared',
    html`<p>Version ${METHOD_VERSION} of the method, in short. Every formula with its sources, test vectors and simulations is in
<code>docs/method.md</code> of the program, beside the code. <a href="/definitions">Definitions</a> says what each word means.</p>
<h2>What is read</h2>
<p>Pull requests into the default branch, or the branches that the owners track: their times, commits, reviews, labels and merges. No code, and
nothing that measures how much AI is used. Bots’ updates, releases, merge-backs and the like are left out, with
<a href="/definitions#left-out">their number and the reason</a>.</p>
<h2 id="evidence">How AI use is read</h2>
<p>From what is already written: marks that tools leave, and what people declare. Each sign has a tier.</p>
<dl class="terms wide-terms">
<dt>E1 attested</dt><dd>A platform or a validated note says so: an agent’s account opened the pull request.</dd>
<dt>E2 written by a tool</dt><dd>The exact mark that a tool leaves, such as its co-author line.</dd>
<dt>E3 declared by a person</dt><dd>A label, a checkbox, a trailer, a button of the check.</dd>
<dt>E4 weak</dt><dd>A branch name, for one. Shown, and never enough alone.</dd>
</dl>
<p>E1 and E2 outrank E3. Where a person’s word contradicts a tool’s mark, the change is in neither group. Marks can be left out and can be forged:
they are what was recorded, not what was done.</p>
<h2>The two groups</h2>
<p><strong>AI recorded</strong> and <strong>no AI recorded</strong>, by what was known when the clock started: when a change became ready for review, for
reverts when it was merged. Later evidence moves no change, since a change that waits for long gathers more commits, and AI would look slow
where it does nothing. The second group is never called “without AI”: silence proves nothing.</p>
<h2>Which changes, and until when</h2>
<p>Reports are made for Mondays, 00:00 UTC. For time and review: changes that became ready in ${rules.readyWeeks} weeks and were watched for
${rules.followUpDays} days. For reverts: merges of the last ${rules.mergedWeeks} weeks, at least ${rules.revertDays} days ago.</p>
<h2>Like with like</h2>
<p>Changes are compared only with others of the same repository, a like size and the same ${rules.blockDays / 7} weeks. If fewer than
${percent(rules.comparableShare)} of those with AI recorded have a counterpart there, sizes are taken more widely, then weeks are left aside, and the report
says so. A 95 % interval stands beside every difference; it takes into account that a person’s changes hang together. The same comparison is made once more with
everybody compared only to themselves, so that lasting differences between people fall out.</p>
<h2 id="reverts">Reverts</h2>
<p>A revert is charged to the change that was reverted, never to whoever pressed the button. Rates by a day count each change for as long as it was
followed. Reverts are rare: to tell 3 from 6 per 1,000 takes thousands of changes in each group.</p>
<h2>From numbers to words</h2>
${statements}
<p>Three outcomes and a look every week are many chances to be fooled. That is why a clear statement needs the
${percent(rules.sureConfidence)} interval, two weeks, and the same people. Repositories get numbers and intervals, and no such words.</p>
<h2>What would change the answer</h2>
<p>Each comparison shows what would follow if 10, 25 or 50 % of the changes with no AI recorded had used it after all, were these typical or the most extreme
ones; and how strongly something unrecorded would have to go with both AI use and the outcome to explain a difference away.</p>
<h2 id="hidden">What is hidden</h2>
<ul>
<li>A group is shown from ${rules.minimumPeople} people and ${rules.minimumChanges} changes on, where nobody made more than ${percent(rules.largestPersonShare)} of it.
Owners may ask for more, never for less.</li>
<li>What is left when shown parts are taken from a shown total must pass the same, or more is hidden.</li>
<li>A new report is published only where enough people, or none, stand behind what came or went in each group. Otherwise the one before
stays, and says so.</li>
<li>Changes are rounded to ${rules.countStep}, people are told as bands, times to two digits.</li>
<li>No dates to choose, no filters by author, team or label, no list of changes with outcomes.</li>
</ul>
<h2>Limits</h2>
<ul>
<li>People who differ in what is not recorded differ in time too. Within one person, the choice of which change to do with AI remains.</li>
<li>Size is taken as it was at the start, and AI may change how large changes are made.</li>
<li>Marks are not use: many tools leave none.</li>
<li>A fix that follows is not counted as a revert.</li>
</ul>
<p><a href="/not-for">What this must not be used for</a>.</p>`,
    place,
  )
}

const statements = html`<dl class="terms wide-terms">
<dt>Not shown</dt><dd>A group is too small to be shown.</dd>
<dt>Too few to tell</dt><dd>Fewer than ${rules.comparableChanges} comparable changes in a group, too few people, fewer than ${rules.minimumEvents} reverts, or an interval so wide that it
says nothing.</dd>
<dt>About the same</dt><dd>The whole 95 % interval is close to “no difference”.</dd>
<dt>No clear difference</dt><dd>The 95 % interval includes “no difference”; it is said what that leaves room for.</dd>
<dt>Signs of …, not settled</dt><dd>The 95 % interval leaves “no difference” out, and something is missing for a clear statement; it is said what.</dd>
<dt>Shorter, longer, fewer, more</dt><dd>The ${percent(rules.sureConfidence)} interval leaves it out, two weeks running, and the same people show it too.</dd>
<dt>Mixed</dt><dd>The groups differ one way and the same people the other way: probably about who uses AI.</dd>
</dl>`
