// Server-sent events of the admin API, by `fetch`: an EventSource could not send the admin token.

import { api } from "./api.js";

const LONGEST_WAIT_MS = 10_000;

/**
 * Listens for as long as the page is open, and again after a break.
 * `told(kind, data)` is called for each event, `changed(text)` when the connection changes.
 */
export class Events {
  constructor(told, changed) {
    this.told = told;
    this.changed = changed;
    this.world = "";
    this.everywhere = true;
    this.controller = null;
  }

  /** Listens to every world, or where the server knows only one at a time, to this one. */
  async listen(world) {
    if (this.world === world || (this.everywhere && this.controller)) {
      this.world = world;
      return;
    }
    this.world = world;
    this.controller?.abort();
    this.controller = new AbortController();
    await this.#again(this.controller.signal);
  }

  async #again(signal) {
    let wait = 500;
    while (!signal.aborted) {
      try {
        const query = this.everywhere ? {} : { world: this.world };
        const stream = await api.streamEvents({ query, signal, stream: true });
        this.changed("live");
        wait = 500;
        await this.#read(stream);
      } catch (error) {
        if (signal.aborted) return;
        if (error.status === 501) {
          this.everywhere = false;
          continue;
        }
      }
      this.changed("disconnected");
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  async #read(stream) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const frames = (text + value).split("\n\n");
      text = frames.pop();
      frames.forEach((frame) => this.#tell(frame));
    }
  }

  #tell(frame) {
    const kind = /^event: (.*)$/m.exec(frame);
    const data = /^data: (.*)$/m.exec(frame);
    if (kind && data) this.told(kind[1], JSON.parse(data[1]));
  }
}
