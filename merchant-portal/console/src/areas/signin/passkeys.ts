// Passkeys, as browsers write them in JSON (WebAuthn Level 3).
type Options = Record<string, unknown>;

export function canPasskey(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

export async function makePasskey(options: Options): Promise<Options> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  return asJSON(await navigator.credentials.create({ publicKey }));
}

export async function usePasskeyOf(options: Options): Promise<Options> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  return asJSON(await navigator.credentials.get({ publicKey }));
}

function asJSON(credential: Credential | null): Options {
  return (credential as PublicKeyCredential).toJSON() as Options;
}

// leftIt tells whether the person closed the browser's question, which is no error.
export function leftIt(error: unknown): boolean {
  return error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);
}
