// Managed listeners: behaviour, accept queue, open connections, faults of a proxy.
import { html, render } from '../lib/lit-html.js';
import { all, get, send } from '../api.js';
import { Live } from '../live.js';
import { paced } from '../paced.js';
import { at, state } from '../words.js';

// Their events are many, so only this view reads them.
export function listeners(main, { argument, may }) {
  const live = new Live(['listener']);
  let found = [];
  let connections;
  let message;
  let failure;
  let ended = false;
  let isRead = false;

  async function load() {
    isRead = true;
    failure = undefined;
    try {
      found = await all('api/v1/listeners');
      connections = argument ? (await get(`api/v1/listeners/${encodeURIComponent(argument)}/connections?limit=100`)).items : undefined;
    } catch (problem) {
      failure = problem.status === 404 ? `No listener is named ${argument}.` : problem.message;
      connections = undefined;
    }
    draw();
  }

  async function act(method, path) {
    message = undefined;
    try {
      await send(method, `api/v1/listeners/${path}`);
    } catch (problem) {
      message = problem.message;
    }
    await load();
  }

  const faults = one => (one.behaviour.faults ?? []).map(fault => html`<li>${fault.name ?? fault.type}: ${fault.type} ${fault.direction?.replaceAll('_', ' ')}</li>`);

  const queue = one => one.acceptQueue ? `${one.acceptQueue.length} of ${one.acceptQueue.limit + 1}` : '–';

  const part = one => html`
    <tr><td class="part">at ${one.replica}</td><td>${state(one.state)}${one.reason ? html` ${one.reason}` : ''}</td><td>${one.address ?? '–'}</td><td></td>
      <td class="figure">${queue(one)}</td><td class="figure">${one.connections?.active ?? 0}</td><td class="figure">${one.connections?.accepted ?? 0}</td><td></td></tr>`;

  const row = one => html`
    <tr><td><a href="#/listeners/${encodeURIComponent(one.name)}" aria-current=${one.name === argument ? 'true' : 'false'}>${one.name}</a></td>
      <td>${state(one.state)}${one.reason ? html` ${one.reason}` : ''}</td><td>${one.address ?? one.bind}</td>
      <td>${one.behaviour.type}${one.behaviour.to ? ` to ${one.behaviour.to}` : ''}${one.behaviour.faults?.length ? html`<ul>${faults(one)}</ul>` : ''}</td>
      <td class="figure">${queue(one)}</td>
      <td class="figure">${one.connections?.active ?? 0}</td><td class="figure">${one.connections?.accepted ?? 0}</td>
      <td>${may.operate ? html`
        <button @click=${() => act('POST', `${encodeURIComponent(one.name)}/${one.state === 'paused' ? 'resume' : 'pause'}`)}>${one.state === 'paused' ? 'Resume' : 'Pause'}</button>
        ${one.connections?.active ? html`<button @click=${() => act('DELETE', `${encodeURIComponent(one.name)}/connections?end=rst`)}>End connections</button>` : ''}` : ''}</td></tr>${(one.replicas ?? []).map(part)}`;

  function draw() {
    if (ended) return;
    render(html`<h1>Listeners</h1>${message ?? failure ? html`<p class="problem" role="alert">${message ?? failure}</p>` : ''}
      ${found.length ? html`<div class="wide"><table><thead><tr><th>Name</th><th>State</th><th>Address</th><th>Behaviour</th><th>Accept queue</th><th>Open</th><th>Accepted</th><th><span class="hidden">Actions</span></th></tr></thead>
        <tbody>${found.map(row)}</tbody></table></div>` : html`<p class="empty">No listener is open.</p>`}
      ${connections ? html`<h2>Connections of ${argument}</h2>${connections.length ? html`<div class="wide"><table><thead><tr><th>Remote address</th><th>Accepted</th><th>Bytes in</th><th>Bytes out</th><th>End</th></tr></thead>
        <tbody>${connections.map(one => html`<tr><td>${one.remoteAddress}</td><td>${at(one.acceptedAt)}</td><td class="figure">${one.bytesIn ?? 0}</td><td class="figure">${one.bytesOut ?? 0}</td><td>${one.end ?? 'open'}</td></tr>`)}</tbody></table></div>`
        : html`<p class="empty">No connection is open or recorded.</p>`}` : ''}`, main);
  }

  const again = paced(load, 300, 1_000);
  // No event counts the bytes of an open connection.
  const isMoving = () => connections?.some(one => !one.end);
  live.listen(kind => {
    if (kind === 'reload') load();
    if (kind === 'listener') again.ask();
    // Without a stream, such as beyond the limit of subscribers, they are read all the same.
    if (kind === 'tick' && (!isRead || live.stale || isMoving())) again.ask();
  });
  live.run();
  return () => {
    ended = true;
    again.end();
    live.stop();
  };
}
