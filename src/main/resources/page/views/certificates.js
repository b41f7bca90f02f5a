// Certificates that probes saw, soonest end first.
import { html, render } from '../lib/lit-html.js';
import { ifThere } from '../api.js';
import { at, reason, state } from '../words.js';

const SOON = 14;

const urgency = days => days < 0 ? 'down' : days < SOON ? 'degraded' : 'up';

export function certificates(main) {
  let ended = false;
  ifThere('api/v1/certificates/presented?limit=1000').then(found => {
    if (ended) return;
    render(html`<h1>Certificates</h1>
      ${found?.items.length ? html`<div class="wide"><table><thead><tr><th>Days left</th><th>Ends</th><th>Subject</th><th>Issuer</th><th>Probe</th><th>Address</th><th>Verified</th></tr></thead>
        <tbody>${found.items.map(one => html`<tr><td class="figure">${state(urgency(one.daysLeft))} ${one.daysLeft}</td><td>${at(one.notAfter)}</td><td>${one.subject}</td><td>${one.issuer}</td>
          <td><a href="#/probe/${encodeURIComponent(one.probe)}">${one.probe}</a></td><td>${one.address}</td><td>${one.verified ? 'yes' : reason(one.reason) || 'no'}</td></tr>`)}</tbody></table></div>`
        : html`<p class="empty">No probe has seen a certificate.</p>`}`, main);
  });
  return () => { ended = true; };
}
