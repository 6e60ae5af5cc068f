/** A browser without a screen: keeps cookies per origin, follows redirects and `Refresh`. */
export class CssBrowser {
  readonly #jar = new Map<string, Map<string, string>>();
  /** Where the last page came from. */
  url = '';

  async get(url: string, accept = 'text/html'): Promise<Response> {
    return this.#send(url, { headers: { accept } });
  }

  /** Submits a form of the page that is open. */
  async submit(url: string, fields: Readonly<Record<string, string>>): Promise<Response> {
    return this.#send(new URL(url, this.url).href, {
      method: 'POST',
      headers: { accept: 'text/html', origin: new URL(url, this.url).origin },
      body: new URLSearchParams(fields),
    });
  }

  async postJson(url: string, body: unknown): Promise<Response> {
    return this.#send(url, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  cookie(origin: string, name: RegExp): string | undefined {
    const cookies = this.#jar.get(new URL(origin).origin) ?? new Map<string, string>();
    return [...cookies].find(([key]) => name.test(key))?.[1];
  }

  setCookie(origin: string, name: string, value: string): void {
    this.#cookies(origin).set(name, value);
  }

  #cookies(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const cookies = this.#jar.get(origin) ?? new Map<string, string>();
    this.#jar.set(origin, cookies);
    return cookies;
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const cookies = this.#cookies(url);
    const headers = new Headers(init.headers);
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/iu.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    this.url = url;
    return response;
  }
}
