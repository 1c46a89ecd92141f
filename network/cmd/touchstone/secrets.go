package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// secrets is the folder of the keys that make a state folder worth guarding:
// each is made once, readable by its owner only, and never printed.
type secrets string

func (s secrets) walletKey() string   { return filepath.Join(string(s), "wallet.key") }
func (s secrets) checkKeys() string   { return filepath.Join(string(s), "checking.keys") } // the verifiers'
func (s secrets) masterKeys() string  { return filepath.Join(string(s), "master.keys") }
func (s secrets) scanSecret() string  { return filepath.Join(string(s), "scan.secret") }
func (s secrets) actsKey() string     { return filepath.Join(string(s), "acts.key") }
func (s secrets) checkpoint() string  { return filepath.Join(string(s), "checkpoint.key") }
func (s secrets) reader() string      { return filepath.Join(string(s), "reader.json") }
func (s secrets) platformKey() string { return filepath.Join(string(s), "platform.apikey") }

// demoKey holds the API key of a demo account.
func (s secrets) demoKey(role string) string { return filepath.Join(string(s), "demo-"+role+".apikey") }

// make creates the keys that are not there yet, but for those of unit codes: the gateway knows their form.
func (s secrets) make() error {
	if err := os.MkdirAll(string(s), 0o700); err != nil {
		return err
	}
	return errors.Join(once(s.walletKey()), once(s.scanSecret()), once(s.actsKey()), once(s.checkpoint()))
}

// once writes 32 random bytes in hex. A crash leaves the old
// state or the new one, for a key that is half written would be lost data.
func once(file string) error {
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	return writeSecret(file, hex.EncodeToString(key)+"\n")
}

// writeSecret replaces a file by one that only its owner can read.
func writeSecret(file, content string) error {
	draft, err := os.CreateTemp(filepath.Dir(file), ".new-")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(draft.Name()) }()
	_, err = draft.WriteString(content)
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), file)
}
