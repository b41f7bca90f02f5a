// How figures, times and states are written.
import { html } from './lib/lit-html.js';

const MARKS = {
  up: '●', degraded: '◐', down: '▼', pending: '○', paused: '‖', maintenance: '◇', unknown: '?',
  listening: '●', failed: '▼', expired: '○', succeeded: '●', not_probed: '○',
};

// A state: a shape and a word beside its colour.
export const state = word => html`<span class="state ${word}"><span aria-hidden="true">${MARKS[word] ?? '?'}</span> ${word.replaceAll('_', ' ')}</span>`;

// A percentage is cut off, never rounded up: 100 % only where no decided run failed.
export function percent(share) {
  if (share === undefined || share === null) return 'no decided run';
  if (share >= 1) return '100 %';
  return `${(Math.floor(share * 100_000) / 1_000).toFixed(3)} %`;
}

export function micros(value) {
  if (value === undefined) return '–';
  if (value < 1_000) return `${value} µs`;
  if (value < 1_000_000) return `${three(value / 1_000)} ms`;
  return `${three(value / 1_000_000)} s`;
}

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

// The milliseconds of a duration as the API writes it, such as 1m30s.
export const millis = text => [...text.matchAll(/(\d+)(ms|[smhd])/g)].reduce((sum, [, number, unit]) => sum + number * UNITS[unit], 0);

const three = value => Number(value.toPrecision(3)).toString();

export function length(seconds) {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ${Math.floor(seconds / 60) % 60} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor(seconds / 3_600) % 24} h`;
}

export const since = instant => instant ? length(Math.max(0, (Date.now() - Date.parse(instant)) / 1_000)) : '–';

// How long an incident lasted, or lasts by now.
export const lasted = one => one.to ? length(one.tookSeconds ?? 0) : since(one.from);

// An instant in UTC, without its fraction.
export const at = instant => instant ? html`<time datetime=${instant}>${instant.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}</time>` : '–';

export const reason = word => (word ?? '').replaceAll('_', ' ');

// How an incident ended, where its probe did not get well.
export const endedBy = ({ endedBy: word }) => ['paused', 'deleted'].includes(word) ? ` (${word})` : '';

// The conditions that a result missed, in words.
export const missed = result => (result?.unmet ?? [])
  .map(one => `${one.condition} is ${one.found ?? 'not measured'}, expected ${one.expected}`).join('; ');

export const labels = map => Object.entries(map ?? {}).map(([key, value]) => html`<span class="label">${key}=${value}</span>`);

export const owner = map => map?.owner ?? map?.team ?? '';

export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
