package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/audit"
	"github.com/touchstone-trace/touchstone/gateway/enrol"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/network/topology"
	"github.com/touchstone-trace/touchstone/verifier/program/peers"
)

type identityCommand struct {
	Folder string `required:"" help:"Folder of the auditor's own that the identity and what renews it are written to." type:"path"`
}

// reader is whom an auditor reads the ledger as. No party can have a name with a dot.
const reader = "auditor.reader"

// Run enrols the reader, or renews it in the last quarter of its certificate's life. It is no party of the ledger, and
// the platform never has its key: what seals it lies in the same folder.
func (i identityCommand) Run(ctx context.Context) error {
	profile, err := topology.ReadProfile(os.Getenv("TOUCHSTONE_PROFILE"))
	if err != nil {
		return err
	}
	key, err := i.key()
	if err != nil {
		return err
	}
	wallet, err := enrol.Open(
		enrol.Options{Profile: profile, Vault: vault(filepath.Join(i.Folder, "identity.sealed")), Key: key},
	)
	if err != nil {
		return err
	}
	if _, err := wallet.Enrol(ctx, enrol.Request{Party: reader, MSP: trace.AuditorMSP, Name: reader}); err != nil {
		return fmt.Errorf("enrol the auditor's reader: %w", err)
	}
	id, err := wallet.Identity(ctx, reader)
	if err != nil {
		return err
	}
	content, err := peers.Encode(peers.Identity{MSP: id.MSP, Certificate: id.Certificate, Key: id.Key})
	if err != nil {
		return err
	}
	return write(filepath.Join(i.Folder, "identity.json"), append(content, '\n'))
}

func write(file string, content []byte) error {
	return audit.Replace(file, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// key is made once.
func (i identityCommand) key() ([]byte, error) {
	file := filepath.Join(i.Folder, "identity.key")
	text, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		key := make([]byte, 32)
		if _, err := rand.Read(key); err != nil {
			return nil, err
		}
		return key, write(file, []byte(hex.EncodeToString(key)+"\n"))
	}
	if err != nil {
		return nil, err
	}
	return hex.DecodeString(strings.TrimSpace(string(text)))
}

// vault keeps one sealed identity, in a file.
type vault string

var _ enrol.Vault = vault("")

func (v vault) Identity(_ context.Context, party string) (id record.SealedIdentity, found bool, err error) {
	content, err := os.ReadFile(string(v))
	if errors.Is(err, os.ErrNotExist) {
		return id, false, nil
	}
	if err == nil {
		err = json.Unmarshal(content, &id)
	}
	return id, err == nil && id.Party == party, err
}

func (v vault) SaveIdentity(_ context.Context, id record.SealedIdentity, _ time.Time) (bool, error) {
	content, err := json.Marshal(id)
	if err != nil {
		return false, err
	}
	return true, write(string(v), content)
}
