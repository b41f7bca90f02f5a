// The shell: header, routes, token, and the title with the number of probes that are down.
import { html, render } from './lib/lit-html.js';
import { ifThere, keepToken, onUnauthorized, publicStatus, readStatus, token } from './api.js';
import { Live } from './live.js';
import { Estate } from './estate.js';
import { now } from './views/now.js';
import { probe } from './views/probe.js';
import { incidents } from './views/incidents.js';
import { certificates } from './views/certificates.js';
import { listeners } from './views/listeners.js';
import { check } from './views/check.js';
import { status } from './views/status.js';

const VIEWS = { '': now, probe, incidents, certificates, listeners, check };
const NAMES = [['', 'Now'], ['incidents', 'Incidents'], ['certificates', 'Certificates'], ['listeners', 'Listeners'], ['check', 'Check']];

const live = new Live(['transition']);
const estate = new Estate(live);
const context = { live, estate, may: { operate: false }, go: to => { location.hash = to; } };
let close = () => undefined;
let asking;

// #/view/argument?filters
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, ...rest] = path.split('/');
  return { view: Object.hasOwn(VIEWS, view) ? view : undefined, argument: rest.map(decoded).join('/'), query: new URLSearchParams(query) };
}

// An address may come from anywhere: what is badly encoded stays as it is.
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function unknown(place) {
  render(html`<h1>No such view</h1><p>The page has no view at <code>${location.hash}</code>. <a href="#/">See all probes</a>.</p>`, place);
}

function show() {
  close();
  document.getElementById('failure').hidden = true;
  const { view, argument, query } = route();
  const place = document.createElement('div');
  document.getElementById('main').replaceChildren(place);
  close = (view === undefined ? unknown : VIEWS[view])(place, { ...context, argument, query }) ?? (() => undefined);
  header();
}

function header() {
  const { view } = route();
  const down = estate.counts().down ?? 0;
  document.title = down > 0 ? `(${down}) Sonde` : 'Sonde';
  document.body.classList.toggle('stale', (live.stale || estate.old) && estate.loaded);
  render(html`
    <strong class="brand"><a href="#/">Sonde</a></strong>
    <nav aria-label="Views">${NAMES.map(([id, name]) => html`
      <a href="#/${id}" aria-current=${view === id || (id === '' && view === 'probe') ? 'page' : 'false'}>${name}</a>`)}
      <a href="swagger-ui.html">API</a>
    </nav>
    <p class="as-of" role="status">${live.asOf
      ? html`${live.stale ? 'No connection. ' : estate.old && estate.loaded ? 'Loading anew. ' : ''}As of ${live.asOf.toISOString().slice(0, 19).replace('T', ' ')} UTC`
      : 'Connecting'}</p>`, document.getElementById('header'));
}

// Asks for a token once, however many requests wait for it.
// isRefused: whether there was one
function askForToken(isRefused) {
  asking ??= new Promise(resolve => {
    const place = document.getElementById('dialog');
    const submit = event => {
      event.preventDefault();
      keepToken(new FormData(event.target).get('token').trim());
      place.querySelector('dialog').close();
      render(html``, place);
      asking = undefined;
      resolve();
    };
    keepToken(undefined);
    render(html`<dialog aria-labelledby="ask"><form @submit=${submit}>
      <h2 id="ask">A token is needed</h2>
      <p>${isRefused ? 'The service refuses the token. ' : ''}The token is kept for this tab only.</p>
      <label>Token <input name="token" type="password" autocomplete="off" required></label>
      <button>Continue</button></form></dialog>`, place);
    const dialog = place.querySelector('dialog');
    dialog.addEventListener('cancel', event => event.preventDefault());
    dialog.showModal();
  });
  return asking;
}

onUnauthorized(askForToken);

// A request that fails is said on the screen, not only in the console.
window.addEventListener('unhandledrejection', event => {
  event.preventDefault();
  if (event.reason?.name !== 'AbortError') failed(event.reason);
});

function failed(problem) {
  const place = document.getElementById('failure');
  place.textContent = problem instanceof TypeError ? 'The service cannot be reached.' : problem?.message ?? 'Something failed.';
  place.hidden = false;
}

const open = token() ? undefined : await publicStatus();
if (open) {
  const signIn = () => askForToken().then(() => location.reload());
  const place = document.createElement('div');
  document.getElementById('main').replaceChildren(place);
  render(html`<strong class="brand">Sonde</strong>`, document.getElementById('header'));
  status(place, { read: readStatus, first: open, signIn });
} else {
  const caller = await ifThere('api/v1/caller');
  context.may = { operate: ['operator', 'admin'].includes(caller?.role) };
  window.addEventListener('hashchange', () => {
    show();
    document.getElementById('main').focus();
  });
  live.listen(header);
  estate.onChange(header);
  show();
  live.run();
}
