// A stream of events, read by fetch so that the token travels in a header.
import { request, texts } from './api.js';

const HEARTBEAT_MILLIS = 15_000;
const MISSED = 2;
const RETRY_MILLIS = 2_000;

export class Live {
  #path;
  #listeners = new Set();
  #last = undefined;
  #heard = Date.now();
  #connected = false;
  #attempt = undefined;
  #stopped = false;
  #timer = undefined;
  #seen = () => {
    if (!document.hidden) this.#look();
  };

  constructor(types) {
    this.asOf = undefined;
    this.#path = `api/v1/events?${types.map(type => `type=${type}`).join('&')}`;
    this.#timer = setInterval(() => this.#look(), 5_000);
    document.addEventListener('visibilitychange', this.#seen);
  }

  // Whether two heartbeats are missing.
  get stale() {
    return !this.#connected || this.#silent;
  }

  get #silent() {
    return Date.now() - this.#heard > MISSED * HEARTBEAT_MILLIS + 1_000;
  }

  // A connection without heartbeats is given up, also after a sleep: the next one begins anew.
  #look() {
    if (this.#connected && this.#silent) this.#giveUp();
    this.#tell('tick');
  }

  #giveUp() {
    this.#last = undefined;
    this.#connected = false;
    this.#attempt?.abort();
  }

  // Calls back with (kind, data): transition, listener, reload, tick.
  listen(call) {
    this.#listeners.add(call);
    return () => this.#listeners.delete(call);
  }

  #tell(kind, data) {
    for (const call of this.#listeners) call(kind, data);
  }

  async run() {
    while (!this.#stopped) {
      try {
        await this.#read();
      } catch (problem) {
        if (problem.status === 403) this.#stopped = true;
      }
      this.#connected = false;
      this.#tell('tick');
      if (!this.#stopped) await new Promise(resume => setTimeout(resume, RETRY_MILLIS));
    }
  }

  stop() {
    this.#stopped = true;
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
    this.#attempt?.abort();
  }

  async #read() {
    const headers = { Accept: 'text/event-stream' };
    if (this.#last) headers['Last-Event-ID'] = this.#last;
    this.#attempt = new AbortController();
    const response = await request(this.#path, { headers, signal: this.#attempt.signal });
    this.#connected = true;
    this.#heard = Date.now();
    this.asOf = new Date();
    if (!this.#last) this.#tell('reload');
    let rest = '';
    for await (const text of texts(response.body)) {
      // What waited for a tab that slept is no news.
      if (this.#silent) return this.#giveUp();
      this.#heard = Date.now();
      this.asOf = new Date();
      const parts = (rest + text.replaceAll('\r', '')).split('\n\n');
      rest = parts.pop();
      for (const part of parts) this.#event(part);
    }
  }

  #event(text) {
    const fields = {};
    for (const line of text.split('\n')) {
      const at = line.indexOf(':');
      if (at > 0) fields[line.slice(0, at)] = line.slice(at + 1).trimStart();
    }
    if (fields.id) this.#last = fields.id;
    if (fields.event === 'lost') this.#tell('reload');
    else if (fields.event && fields.data) this.#tell(fields.event, JSON.parse(fields.data));
  }
}
