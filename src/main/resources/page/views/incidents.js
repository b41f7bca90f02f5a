// Incidents of all probes, newest first.
import { html, render } from '../lib/lit-html.js';
import { ifThere } from '../api.js';
import { paced } from '../paced.js';
import { at, endedBy, labels, lasted, reason } from '../words.js';

export function incidents(main, { live, query }) {
  let found;
  let ended = false;
  const window = () => query.get('since') ?? '-7d';

  async function load() {
    found = await ifThere(`api/v1/incidents?since=${encodeURIComponent(window())}&limit=200${query.get('label') ? `&label=${encodeURIComponent(query.get('label'))}` : ''}`);
    draw();
  }

  function choose(since) {
    query.set('since', since);
    history.replaceState(undefined, '', `#/incidents?${query}`);
    load();
  }

  function draw() {
    if (ended) return;
    render(html`<h1>Incidents</h1>
      <div class="counts" role="group" aria-label="Window">${[['-24h', '24 hours'], ['-7d', '7 days'], ['-30d', '30 days']].map(([since, name]) => html`
        <button aria-pressed=${window() === since} @click=${() => choose(since)}>${name}</button>`)}</div>
      ${found?.items.length ? html`<div class="wide"><table><thead><tr><th>Probe</th><th>From</th><th>To</th><th>Length</th><th>Reason</th><th>Detail</th><th>Labels</th></tr></thead>
        <tbody>${found.items.map(one => html`<tr><td><a href="#/probe/${encodeURIComponent(one.probe)}?result=${one.firstResultId}">${one.probe}</a></td>
          <td>${at(one.from)}</td><td>${one.to ? html`${at(one.to)}${endedBy(one)}` : html`<b>open</b>`}</td><td class="figure">${lasted(one)}</td>
          <td>${reason(one.reason)}${one.phase ? ` in ${one.phase}` : ''}</td><td>${one.detail}</td><td>${labels(one.labels)}</td></tr>`)}</tbody></table></div>`
        : html`<p class="empty">${found ? 'No incident began or lasted in this window.' : 'The service keeps no incidents.'}</p>`}`, main);
  }

  // An incident is in the database within a second of its transition.
  const again = paced(load, 1_000, 5_000);
  const quiet = live.listen(kind => {
    if (kind === 'transition' || kind === 'reload') again.ask();
    if (kind === 'tick') draw();
  });
  load();
  return () => {
    ended = true;
    quiet();
    again.end();
  };
}
