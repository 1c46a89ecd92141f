// An intent is one thing that somebody wants to happen once. Its Idempotency-Key stays the same for as long as what is
// sent stays the same, however often it is sent, and is a new one as soon as that changes or has happened.
export class Intent {
  private key = '';
  private body = '';

  keyFor(body: unknown): string {
    const text = JSON.stringify(body) ?? '';
    if (!this.key || text !== this.body) {
      this.key = crypto.randomUUID();
      this.body = text;
    }
    return this.key;
  }

  happened(): void {
    this.key = '';
  }
}
