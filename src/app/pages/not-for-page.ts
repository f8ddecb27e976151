import { html } from 'hono/html'
import type { Place } from './bar.ts'
import { type Html, page } from './page.ts'

/** What this must not be used for, what it cannot tell, and whom to ask. */
export function notForPage(place: Place): Html {
  return page(
    'What this must not be used for',
    html`<p>These pages compare kinds of changes: those with AI recorded beside those with none. They were made so that they cannot tell one
person from another. Keep it that way in how you use them.</p>
<h2>Never</h2>
<ul>
<li><strong>To judge a person.</strong> Not in a review, for pay or promotion, in hiring or in letting go. No number here is about a person,
and none can be turned into one.</li>
<li><strong>As a target.</strong> Neither a share of AI recorded, nor a time, nor a rate. A share that is rewarded measures who writes down the
mark, and a time that is rewarded measures how work is cut into pieces.</li>
<li><strong>To put teams or repositories in an order.</strong> Their work differs in more than AI. Among many, some look far off by chance, which
is why a repository’s numbers stand beside each other by name and without a verdict.</li>
<li><strong>To demand or to forbid AI.</strong> Nothing is recorded of most use. Who is checked by marks leaves them out, or sets them.</li>
<li><strong>To watch.</strong> Who opens a page of an account is in its access log, which its members can read.</li>
</ul>
<h2>What it cannot tell</h2>
<ul>
<li><strong>Whether AI caused a difference.</strong> People choose when to use it, and for which work. Like is compared with like as far as that is
recorded: repository, size, weeks, and the same people.</li>
<li><strong>Whether AI was used where nothing is recorded.</strong> “No AI recorded” holds changes on which it was used without a trace. Each report
says what would follow if much of it were so.</li>
<li><strong>Whether the work was good.</strong> Time to merge, review rounds and reverts are what can be counted. A fix that follows is not
counted, nor what was learned, nor whether the change was needed.</li>
<li><strong>Anything about few people.</strong> A group is shown only from 5 people and 20 changes on, and where nobody made most of it. Where you
know who uses AI in a group of five you still learn something about these five. No threshold mends that; you must.</li>
</ul>
<h2>If somebody uses it so all the same</h2>
<ul>
<li>Show them this page. It is part of what your organisation installed.</li>
<li>Ask the owners of the account: they can close the numbers, for everybody, in the settings, and every change of a setting is announced
to all who see the page.</li>
<li>Look at the self-audit that is printed with every report: there the owners have said who sees what, and whether any number is tied to pay or
reviews.</li>
<li>Ask your works council or whoever answers for data protection. What is stored, why and for how long is on
<a href="/stored">a page of its own</a>.</li>
<li>You can see, take with you and erase what is recorded in your own changes: <a href="/mine">mine</a>.</li>
</ul>`,
    place,
  )
}
