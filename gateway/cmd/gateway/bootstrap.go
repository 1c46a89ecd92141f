package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/service"
	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

type bootstrapCommand struct {
	KeyFile string `required:"" help:"File that the platform account's API key is written to, readable by its owner only." type:"path"`
	NameZh  string `            help:"The platform's name in Chinese."                                                                 default:"试金石平台"`
	NameEn  string `            help:"The platform's name in English."                                                                 default:"Touchstone platform"`
}

// Run may be repeated: what is done stays as it is.
func (b bootstrapCommand) Run(ctx context.Context) error {
	return migrated(ctx, func(s *system) error {
		if err := b.registerPlatform(ctx, s); err != nil {
			return err
		}
		return b.makeAccount(ctx, s)
	})
}

// registerPlatform enrols the operator and enters its party, the first one on
// the ledger.
func (b bootstrapCommand) registerPlatform(ctx context.Context, s *system) error {
	id := s.config.PlatformParty
	if err := s.enrolPlatform(ctx); err != nil {
		return err
	}
	party := trace.Party{ID: id, Name: trace.Text{ZhCN: b.NameZh, En: b.NameEn}, MSP: trace.PlatformMSP, Identity: id,
		Roles: []trace.Role{trace.RolePlatform}}
	for attempt := 1; ; attempt++ {
		_, err := s.client.Submit(ctx, record.Call{Party: id, Transaction: trace.RegisterParty, Request: party})
		if err == nil || trace.CodeOf(err) == trace.PartyExists {
			return nil
		}
		if trace.CodeOf(err) != "" || attempt == 10 {
			return fmt.Errorf("register the platform's party: %w", err)
		}
		s.log.Warn("the ledger does not take the platform's party yet", "error", err)
		if !wait.For(ctx, 2*time.Second) {
			return ctx.Err()
		}
	}
}

// makeAccount writes the key down before it makes the account, so that no crash
// leaves an account whose key nobody has.
func (b bootstrapCommand) makeAccount(ctx context.Context, s *system) error {
	old, err := os.ReadFile(b.KeyFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, _, known, err := s.store.AccountByKey(ctx, service.HashKey(strings.TrimSpace(string(old)))); err != nil ||
		known {
		return err
	}
	key := service.NewKey()
	if err := writeSecret(b.KeyFile, key+"\n"); err != nil {
		return err
	}
	name := s.config.PlatformParty
	for n := 2; ; n++ {
		made, err := s.store.CreateAccount(
			ctx,
			record.Account{Name: name, Party: s.config.PlatformParty, Role: trace.RolePlatform},
			service.HashKey(key),
		)
		if made || err != nil {
			return err
		}
		name = fmt.Sprintf("%s-%d", s.config.PlatformParty, n)
	}
}

// writeSecret replaces a file by one that only its owner can read. A crash leaves the old file or the new one, for a
// key that is half written would be lost goods.
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
