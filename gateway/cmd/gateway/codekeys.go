package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/touchstone-trace/touchstone/verifier/rules/seal"
)

type codeKeysCommand struct {
	Keys     string `required:"" help:"The gateways' TOUCHSTONE_MASTER_KEYS_FILE."                                                  type:"path"`
	Checking string `required:"" help:"File to write for verifiers, readable by its owner only: their TOUCHSTONE_MASTER_KEYS_FILE." type:"path"`
}

// Run makes the keys of unit codes, and from them those that verifiers check by. Where one key makes serials and PINs,
// batches to come get an epoch with a key for each; what was printed before stays as it is.
func (k codeKeysCommand) Run() error {
	content, err := os.ReadFile(k.Keys)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	before := strings.TrimSpace(string(content))
	codes, err := splitCodes(before)
	if err != nil {
		return fmt.Errorf("%s: %w", k.Keys, err)
	}
	checking, err := seal.CheckingForm(codes)
	if err != nil {
		return fmt.Errorf("%s: %w", k.Keys, err)
	}
	if err := writeSecret(k.Checking, checking+"\n"); err != nil || codes == before {
		return err
	}
	return writeSecret(k.Keys, codes+"\n")
}

// splitCodes adds an epoch with two keys where the newest has one, or none is there.
func splitCodes(codes string) (string, error) {
	var epochs []seal.Epoch
	if codes != "" {
		var err error
		if epochs, err = seal.ParseEpochs(codes); err != nil {
			return "", err
		}
	}
	number, current := uint32(0), seal.Epoch{}
	for _, e := range epochs {
		if number = max(number, e.Number); !e.Retired && e.Number >= current.Number {
			current = e
		}
	}
	if current.Split() {
		return codes, nil
	}
	var keys [2][32]byte
	for i := range keys {
		if _, err := rand.Read(keys[i][:]); err != nil {
			return "", err
		}
	}
	added := fmt.Sprintf("%d:%x+%x:lettered", number+1, keys[0], keys[1])
	return strings.TrimPrefix(codes+","+added, ","), nil
}
