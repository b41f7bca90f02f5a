// All probes with their states, kept current by events.
import { get, pages } from './api.js';

const RANK = { down: 0, degraded: 1, pending: 2, up: 3, paused: 4 };
const MANY = 20;

export class Estate {
  #probes = new Map();
  #calls = new Set();
  #waiting = new Set();
  #timer = undefined;
  #again = false;

  constructor(live) {
    this.loaded = false;
    this.loading = undefined;
    // Whether events are missing since the list was read.
    this.old = false;
    live.listen((kind, data) => {
      if (kind === 'reload' || (kind === 'tick' && this.old && !live.stale && !this.loading)) this.#reload();
      if (kind === 'transition') this.#ask(data.probe);
    });
  }

  onChange(call) {
    this.#calls.add(call);
    return () => this.#calls.delete(call);
  }

  #changed() {
    for (const call of this.#calls) call();
  }

  // The screen keeps the old list, greyed, until the new one is complete.
  #reload() {
    this.old = true;
    this.#changed();
    return this.load();
  }

  // Reads the whole list, and once more where that is asked for meanwhile.
  async load() {
    this.#again = true;
    this.loading ??= this.#readAgain();
    return this.loading;
  }

  async #readAgain() {
    try {
      while (this.#again) {
        this.#again = false;
        await this.#read();
      }
      this.old = false;
    } finally {
      this.loading = undefined;
      this.#changed();
    }
  }

  async #read() {
    const found = new Map();
    for await (const page of pages('api/v1/probes')) {
      for (const probe of page) found.set(probe.name, probe);
      if (!this.loaded) {
        this.#probes = found;
        this.#changed();
      }
    }
    this.#probes = found;
    this.loaded = true;
  }

  // Reads one probe again. Many changes at once read the list instead.
  #ask(name) {
    this.#waiting.add(name);
    this.#timer ??= setTimeout(() => this.#readWaiting(), 150);
  }

  async #readWaiting() {
    const names = [...this.#waiting];
    this.#waiting.clear();
    this.#timer = undefined;
    if (names.length > MANY) return this.load();
    await Promise.all(names.map(name => this.refresh(name)));
  }

  async refresh(name) {
    try {
      this.#probes.set(name, await get(`api/v1/probes/${encodeURIComponent(name)}`));
    } catch (problem) {
      if (problem.status !== 404) return;
      this.#probes.delete(name);
    }
    this.#changed();
  }

  probe(name) {
    return this.#probes.get(name);
  }

  counts() {
    const counts = {};
    for (const { state } of this.#probes.values()) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  }

  reasons() {
    return [...new Set([...this.#probes.values()].map(probe => probe.last?.reason).filter(Boolean))].sort();
  }

  // Down first, then degraded; the longest first.
  list({ state, reason, label, text }) {
    const [key, value] = (label ?? '').split('=');
    const words = (text ?? '').toLowerCase();
    return [...this.#probes.values()]
      .filter(probe => (!state || probe.state === state)
        && (!reason || probe.last?.reason === reason)
        && (!key || (value === undefined ? key in (probe.labels ?? {}) : probe.labels?.[key] === value))
        && (!words || `${probe.name} ${probe.target} ${probe.last?.detail ?? ''}`.toLowerCase().includes(words)))
      .sort((a, b) => (RANK[a.state] ?? 9) - (RANK[b.state] ?? 9)
        || (a.stateSince ?? '').localeCompare(b.stateSince ?? '') || a.name.localeCompare(b.name));
  }
}
