// One result: a sentence, the evidence, the phases and the drawing.
import { html } from '../lib/lit-html.js';
import { drawing } from '../api.js';
import { at, micros, missed, reason, state } from '../words.js';

const FAULT = {
  failed: 'the target or the path', not_probed: 'nobody was asked; the target is not judged', succeeded: '',
};

export const sentence = result => html`<p class="sentence">
  ${state(result.outcome)} <b>${result.target}</b>
  ${result.outcome === 'succeeded' ? html`connected in ${micros(result.tookMicros)}` : html`<b>${reason(result.reason)}</b> ${result.phase ? html`in ${result.phase}` : ''} after ${micros(result.tookMicros)}`}${result.detail ? html`: ${result.detail}` : ''}
  ${missed(result) ? html`<b>Not as expected:</b> ${missed(result)}` : ''}
  ${FAULT[result.outcome] ? html`<span class="fault">(${FAULT[result.outcome]})</span>` : ''}</p>`;

const pairs = object => Object.entries(object ?? {})
  .filter(([, value]) => value === null || typeof value !== 'object')
  .map(([key, value]) => html`<dt>${key}</dt><dd>${key.endsWith('Micros') ? micros(value) : String(value)}</dd>`);

export const evidence = result => html`
  <h3>Phases</h3>
  <dl class="facts">${(result.phases ?? []).map(phase => html`<dt>${phase.phase}</dt><dd>${micros(phase.tookMicros)}</dd>`)}</dl>
  <h3>Evidence</h3>
  <dl class="facts">${pairs(result.evidence)}</dl>`;

// A picture of the result's packets, as wide as its place. The image is fetched when the node is shown.
export function picture(result, width, put) {
  const path = `api/v1/results/${encodeURIComponent(result.id)}/timeline.svg`;
  drawing(path, width).then(address => put(html`<img class="drawing" src=${address} alt="Drawing of the packets of this result: ${reason(result.reason)}" @load=${() => URL.revokeObjectURL(address)}>`),
    problem => put(html`<p class="problem">The drawing is gone: ${problem.message}</p>`));
}

export const row = (result, open) => html`
  <tr><td>${at(result.startedAt)}</td><td>${state(result.outcome)}</td><td>${reason(result.reason)}</td>
    <td>${result.phase ?? ''}</td><td class="figure">${micros(result.tookMicros)}</td>
    <td class="figure">${micros(result.evidence?.rttMicros)}</td>
    <td><button @click=${() => open(result)}>Show</button></td></tr>`;
