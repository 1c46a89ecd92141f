// What is done when a session ends in the middle of work: whoever listens asks the person to sign in, and every
// request that was refused goes on once he has.
type Waiting = { resolve: () => void };

let waiting: Waiting[] = [];
let ask: () => void = () => {};

export function onSessionEnded(listener: () => void): () => void {
  ask = listener;
  return () => { ask = () => {}; };
}

export function signedInAgain(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push({ resolve });
    ask();
  });
}

export function goOn(): void {
  const all = waiting;
  waiting = [];
  for (const w of all) w.resolve();
}
